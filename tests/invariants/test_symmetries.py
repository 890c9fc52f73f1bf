"""What must not change: rigid rotations and frames, spin conventions, the method of solution."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from tests.compare import assert_close_to_largest
from tests.invariants.states import solve_all, state
from tests.systems.textures import RandomTexture, turn
from tests.wires import Wire

BASE = Wire(RandomTexture(1))
VECTORS = ("spin", "spin_flux", "spin_streaming", "spin_end", "equilibrium_spin")
SCALARS = ("density", "charge_flux", "heat_flux", "charge_streaming", "charge_end")


def _turned(wire, axis, angle):
    """The solution where M is turned rigidly, and the turn itself."""

    def rotation(vectors):
        return turn(np.asarray(vectors), np.asarray(axis), np.asarray(angle))

    m, ends = rotation(wire.magnetisation), rotation(wire.ends)
    return solve_all(wire.model(), jnp.asarray(m), jnp.asarray(ends)), rotation


@pytest.mark.parametrize(
    ("vector", "axis"),
    [
        ("polarised-phase", (1.0, 2.0, -0.5)),
        ("rotating", (1.0, 2.0, -0.5)),
        ("z-axis", (0.0, 0.0, 1.0)),
    ],
)
@pytest.mark.parametrize("angle", [0.9, np.pi])
def test_a_rigid_rotation_turns_the_solution_with_it(vector, axis, angle):
    """The frames (M, e₁, e₂) of the cells, which jump at M_z = 0, must not show either."""
    wire = BASE.but(vector=vector)
    turned, rotation = _turned(wire, axis, angle)
    before = state(wire)
    for name in VECTORS:
        expected = rotation(getattr(before["moments"], name))
        assert_close_to_largest(getattr(turned["moments"], name), expected, 1e-11, name)
    for name in SCALARS:
        expected = getattr(before["moments"], name)
        assert_close_to_largest(getattr(turned["moments"], name), expected, 1e-10, name)
    for name in ("torque_total", "torque_total_eq17", "spin_accumulation_eq16"):
        assert_close_to_largest(turned[name], rotation(before[name]), 1e-10, name)
    assert_close_to_largest(turned["G"], rotation(before["G"]), 1e-11)


def test_only_the_z_axis_closure_knows_a_direction_of_space():
    wire = BASE.but(vector="z-axis")
    turned, rotation = _turned(wire, (1.0, 0.0, 0.0), 0.9)
    difference = turned["moments"].spin - rotation(state(wire)["moments"].spin)
    assert np.abs(difference).max() > 0.1 * np.abs(state(wire)["moments"].spin).max()


def test_conventions_differ_by_the_sign_of_u_alone():
    """`moment` is `as-printed` at −u wherever <G> is along |g0| M."""
    wire = BASE.but(convention="as-printed")
    reversed_u = eqx.tree_at(lambda m: m.electrons.spinor_velocity, wire.model(), replace_fn=_minus)
    printed = solve_all(reversed_u, wire.magnetisation, wire.ends)
    moment = state(BASE)
    for name in (*VECTORS, *SCALARS):
        ours, theirs = getattr(moment["moments"], name), getattr(printed["moments"], name)
        assert_close_to_largest(ours, theirs, 1e-12, name)
    assert_close_to_largest(moment["torque_total"], printed["torque_total"], 1e-12)


def test_the_moment_density_is_minus_the_spin_density():
    """With <G> = g0 ẑ (spin) and −g0 ẑ (moment) the physics is the same: G changes sign only."""
    moment = state(BASE.but(vector="z-axis"))
    spin = state(BASE.but(vector="z-axis", convention="as-printed"))
    assert_close_to_largest(moment["F"], spin["F"], 1e-12)
    assert_close_to_largest(moment["G"], -spin["G"], 1e-12)
    assert_close_to_largest(moment["moments"].charge_flux, spin["moments"].charge_flux, 1e-12)
    assert_close_to_largest(moment["torque_total"], -spin["torque_total"], 1e-12)


def test_both_methods_give_one_solution_where_both_apply():
    """Marching, whose iterated field term leaves 1e-10, and the boundary-value solve."""
    march, solved = state(BASE), state(BASE.but(inflow="characteristic"))
    for name in (*VECTORS, *SCALARS):
        ours, theirs = getattr(march["moments"], name), getattr(solved["moments"], name)
        assert_close_to_largest(ours, theirs, 1e-8, name)
    assert_close_to_largest(march["moments"].spin, solved["moments"].spin, 5e-10)
    assert_close_to_largest(march["moments"].density, solved["moments"].density, 5e-10)


def _minus(value):
    return -value
