"""The collective coordinates q and φ: closed forms, the inputs that they take and refuse."""

import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall import collective_coordinates
from boltzwall.build.problem import Problem
from boltzwall.errors import InputError
from boltzwall.plot import plot_wall_motion
from boltzwall.simulation.collective_wall import build_wall
from tests.systems.walls import MU0, Walker
from tests.walls import EASY, GAMMA, MS, STIFFNESS, WIDTH, Sections, wall


def walker(hard, damping, reverse=False):
    return Walker(damping, STIFFNESS, EASY, hard, MS, reverse=reverse)


def driven(field=0.0, **drive):
    return {"magnetic_field": (0.0, 0.0, field), **drive}


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("share", [-0.7, 0.3, 0.99])
def test_steady_field(share, reverse):
    exact = walker(1e5, 0.3, reverse)
    field = share * exact.walker_field
    config = wall(1e5, 0.3, 2e-8, drive=driven(field), texture={"reverse": reverse})
    found = collective_coordinates(config)
    assert float(found.wall_velocity[-1]) == pytest.approx(exact.steady_velocity(field), rel=1e-8)
    assert float(found.wall_tilt[-1]) == pytest.approx(0.5 * np.arcsin(share), rel=1e-8)
    assert float(found.wall_width[-1]) == pytest.approx(exact.width(found.wall_tilt[-1]))
    assert found.attrs["walker_field"] == pytest.approx(exact.walker_field, rel=1e-8)


def test_turning_wall():
    """Over one turn of φ by π far above Walker, with K⊥ ≪ K."""
    exact = walker(10.0, 0.2)
    field = 3.0 * exact.walker_field
    period = exact.period(field)
    found = collective_coordinates(wall(10.0, 0.2, drive=driven(field)), times=[0.0, period])
    assert float(np.ptp(found.wall_tilt.values)) == pytest.approx(np.pi, rel=1e-5)
    moved = float(np.ptp(found.wall_position.values)) / period
    assert moved == pytest.approx(exact.turning_velocity(field), rel=1e-4)


@pytest.mark.parametrize("reverse", [False, True])
def test_current(reverse):
    """v = βu/α below Walker; without a hard axis both rates are constant."""
    texture = {"reverse": reverse}
    config = wall(5e4, 0.2, 1e-8, transport={"u": 50.0, "beta": 0.3}, texture=texture)
    assert float(collective_coordinates(config).wall_velocity[-1]) == pytest.approx(75.0, rel=1e-6)
    free = collective_coordinates(wall(0.0, 0.2, texture=texture), u=-80.0, beta=0.05)
    forward, turn = walker(0.0, 0.2, reverse).free_rates(0.0, -80.0, 0.05)
    np.testing.assert_allclose(free.wall_velocity, forward, rtol=1e-9)
    np.testing.assert_allclose(free.wall_tilt, turn * free.time, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("hard", [10.0, 1e5, 1e6])
@pytest.mark.parametrize("beta", [0.0, 0.7])
def test_walker_velocity(hard, beta):
    """The closed form is the largest of Δ sin 2φ, and for K⊥ ≪ K that of a constant Δ."""
    found = build_wall(Problem.of(boltzwall.load_config(wall(hard, 0.3)))).walker_velocity(
        jnp.asarray(beta)
    )
    exact = walker(hard, 0.3)
    assert float(found) == pytest.approx(exact.walker_velocity(beta), rel=1e-7)
    if hard == 10.0:
        rigid = 0.3 * 2.21e5 * WIDTH * exact.anisotropy_field / (2.0 * abs(beta - 0.3))
        assert float(found) == pytest.approx(rigid, rel=1e-4)


def test_quantities_of_the_wall():
    """Energy, steady and mean velocity, against their own formulas."""
    model, exact = build_wall(Problem.of(boltzwall.load_config(wall(1e5, 0.3)))), walker(1e5, 0.3)
    quarter = jnp.asarray(0.5 * np.pi)
    assert float(model.energy(quarter)) == pytest.approx(4.0 * np.sqrt(STIFFNESS * 2.0 * EASY))
    field, u, beta = (jnp.asarray(v) for v in (1e4, 30.0, 0.1))
    tilt = jnp.asarray(0.5 * np.arcsin(1e4 / exact.walker_field))
    still = jnp.zeros(())
    steady = float(model.steady_velocity(tilt, field, still, still))
    assert steady == pytest.approx(exact.steady_velocity(1e4), rel=1e-6)
    mean = float(model.mean_velocity(field, u, beta))
    assert mean == pytest.approx(exact.free_rates(1e4, 30.0, 0.1)[0])


@pytest.mark.parametrize(("ramp", "half"), [("ramp", 0.09375), ("linear", 0.125)])
def test_waveforms(ramp, half):
    """∫u dt and ∫H dt of a pulse and either ramp, in the midst of them and after their ends.

    Half-way, ∫f dt of a ramp is 3/32 of its duration, s³ − s⁴/2, and 1/8 of it in a straight line.
    """
    drive = driven(
        2e4, electric_waveform="pulse", electric_start=1e-10, electric_duration=3e-10,
        electric_rise=5e-11, magnetic_waveform=ramp, magnetic_duration=4e-10,
    )  # fmt: skip
    config = wall(0.0, 0.1, transport={"u": 100.0, "beta": 0.04}, drive=drive)
    found = collective_coordinates(config, times=[0.0, 2e-10, 1e-9])
    for k, (field, u) in enumerate(((half * 4e-10, 7.5e-11), (8e-10, 3e-10)), start=1):
        moved, turned = walker(0.0, 0.1).free_rates(2e4 * field, 100.0 * u, 0.04)
        position, tilt = found.wall_position.values, found.wall_tilt.values
        assert position[k] - position[0] == pytest.approx(moved, rel=1e-8)
        assert tilt[k] - tilt[0] == pytest.approx(turned, rel=1e-8)


def test_start():
    """q and φ of the texture; after a relaxation with a hard axis φ is out of it."""
    bloch = {"kind": "bloch", "width": WIDTH, "centre": 90e-9, "tilt": 0.2}
    first = collective_coordinates(wall(2e4, texture=bloch)).isel(time=0)
    assert float(first.wall_position) == pytest.approx(90e-9)
    assert float(first.wall_tilt) == pytest.approx(0.5 * np.pi + 0.2)
    relaxed = wall(2e4, texture=bloch, dynamics={"relax": True})
    assert float(collective_coordinates(relaxed).wall_tilt[0]) == pytest.approx(np.pi)


def test_local_demagnetising_factors():
    """A square wire has N_y = N_z = ½: K falls and K⊥ rises by µ0Ms²/4."""
    base = wall(
        0.0, wire={"width": 10e-9, "thickness": 10e-9}, field={"demagnetising": "local"},
        material={"uniaxial_anisotropy": 5e5},
    )  # fmt: skip
    model = build_wall(Problem.of(boltzwall.load_config(base)))
    shape = 0.25 * MU0 * MS**2
    assert float(model.easy) == pytest.approx(5e5 - shape, rel=1e-6)
    assert float(model.hard) == pytest.approx(shape, rel=1e-6)
    with pytest.raises(InputError, match="easy"):
        collective_coordinates(
            base | {"material": {**base["material"], "uniaxial_anisotropy": 1e5}}
        )


def computed(times=None):
    """What `solve_transport` and runs tell of a torque."""
    if times is None:
        return xr.Dataset({"effective_velocity": ((), 60.0), "effective_beta": ((), 0.02)})
    factor = np.linspace(0.0, 1.0, times.size)
    return xr.Dataset(
        {
            "effective_velocity": ("time", 60.0 * factor),
            "effective_beta": ("time", np.where(factor > 0.0, 0.02, np.nan)),
        },
        {"time": times},
    )


def test_computed_torque():
    """u and β of a Dataset, with the waveform or as they went in time."""
    config = wall(0.0, 0.1, transport={"u": 1.0})
    config["transport"] = {"model": "consistent"}
    exact = walker(0.0, 0.1)
    found = collective_coordinates(config, computed())
    moved = exact.free_rates(0.0, 60.0, 0.02)[0] * 1e-9
    assert float(np.ptp(found.wall_position.values)) == pytest.approx(moved, rel=1e-8)
    found = collective_coordinates(config, computed(np.linspace(0.0, 1e-9, 11)), beta=0.02)
    assert float(np.ptp(found.wall_position.values)) == pytest.approx(0.5 * moved, rel=1e-8)
    with pytest.raises(InputError, match=r"Argument `u` must be given"):
        collective_coordinates(config)
    with pytest.raises(InputError, match="effective_velocity"):
        collective_coordinates(config, xr.Dataset())
    with pytest.raises(InputError, match="Argument `u` must be finite"):
        collective_coordinates(config, np.nan, 0.1)


def test_without_electrons():
    config = wall(0.0, drive=driven(1e3)) | {"transport": {"model": "none"}}
    assert float(collective_coordinates(config).wall_velocity[-1]) > 0.0
    with pytest.raises(InputError, match=r"Argument `beta` must be given"):
        collective_coordinates(config, 10.0)


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ({"texture": {"kind": "uniform"}}, "texture.kind"),
        ({"texture": {"kind": "head-to-head", "width": WIDTH}}, "field.easy_axis"),
        ({"field": {"easy_axis": (1.0, 0.0, 0.0)}}, "field.easy_axis"),
        ({"field": {"hard_axis": (0.0, 0.0, 1.0)}}, "field.hard_axis"),
        ({"field": {"uniaxial_anisotropy": False}}, "field.uniaxial_anisotropy"),
        (
            {"field": {"cubic_anisotropy": True}, "material": {"cubic_anisotropy": 1e4}},
            "field.cubic_anisotropy",
        ),
        ({"material": {"damping": 0.0}}, "material.damping"),
        ({"drive": {"magnetic_region": (0.0, 1e-7)}}, "drive.magnetic_field"),
        ({"profile": {"kind": "notch", "width": 1e-8, "depth": 0.1}}, "profile.kind"),
        ({"profile": {"kind": "pinning", "width": 1e-8, "anisotropy_factor": 2.0}}, "same K"),
        (
            {
                "field": {"demagnetising": "full"},
                "wire": {"width": 1e-8, "thickness": 1e-8},
            },
            "field.demagnetising",
        ),
    ],
)
def test_refusals(sections, words):
    with pytest.raises(InputError, match=words):
        collective_coordinates(wall(1e4, **sections))


@pytest.mark.parametrize("times", [[], [1e-9, 0.0], [-1e-9, 0.0], [0.0, np.nan], [[0.0], [1.0]]])
def test_times(times):
    with pytest.raises(InputError, match="Argument `times`"):
        collective_coordinates(wall(), times=times)
    assert collective_coordinates(wall(), times=2e-10).time.size == 1


def test_dataset_that_is_no_run():
    with pytest.raises(InputError, match="Argument `config`"):
        collective_coordinates(xr.Dataset())


def test_figure():
    """One curve of each Dataset in each of four panels; a Dataset without a wall is told."""
    one = collective_coordinates(wall(2e4, drive=driven(1e3)))
    figure = plot_wall_motion([one, one], ["run", "model"])
    panels = figure.axes
    assert [len(panel.get_lines()) for panel in panels] == [2, 2, 2, 2]
    assert "ns" in panels[3].get_xlabel()
    assert "nm" in panels[3].get_ylabel()
    with pytest.raises(InputError, match="labels"):
        plot_wall_motion([one], [])
    with pytest.raises(InputError, match="run"):
        plot_wall_motion([xr.Dataset()], ["run"])


ALONG_X = {
    "easy_axis": (1.0, 0.0, 0.0), "hard_axis": (0.0, 0.0, 1.0),
    "exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True,
}  # fmt: skip
CHIRAL: Sections = {
    "material": {"interfacial_dmi": 1e-4, "spin_hall_angle": 0.1},
    "texture": {"reverse": True},  # D > 0 prefers σ cos φ = −1
    "wire": {"thickness": 1e-9},
    "field": {"interfacial_dmi": True},
}


def spin_orbit_velocity(current):
    """At rest tan φ = h/(αd) and |v| = Δ d |sin φ|, h = γ0½πH_DL, d = γ0½πD/(µ0MsΔ)."""
    push = GAMMA * 0.5 * np.pi * 1.054571817e-34 * 0.1 * current
    push /= 2.0 * 1.602176634e-19 * MU0 * MS * 1e-9
    pull = GAMMA * 0.5 * np.pi * 1e-4 / (MU0 * MS * WIDTH)
    return WIDTH * pull * np.sin(np.arctan(push / (0.3 * pull)))


def heavy(current):
    field = {"spin_orbit_torque": True, "heavy_metal_current_density": current}
    return CHIRAL | {"field": CHIRAL["field"] | field}


# The kind of wall, the sections, the regime, its velocity in m/s; None: γ0ΔH/α for 500 A/m.
TOLD = [
    ("neel", {"drive": driven(500.0)}, "steady", None),
    ("bloch", {"drive": driven(500.0), "field": {"hard_axis": (1.0, 0.0, 0.0)}}, "steady", None),
    ("head-to-head", {"drive": {"magnetic_field": (500.0, 0.0, 0.0)}, "field": ALONG_X},
     "steady", None),
    ("neel", CHIRAL | {"drive": driven(-500.0)}, "steady", None),
    ("neel", heavy(5e10), "steady", spin_orbit_velocity(5e10)),
    ("neel", {"drive": driven(5e4)}, "precessing", Walker(0.3, STIFFNESS, EASY, 1e3, MS)
     .turning_velocity(5e4)),
    ("neel", {"transport": {"u": 20.0}}, "pinned", 0.0),
    ("neel", {}, "pinned", 0.0),
]  # fmt: skip


@pytest.mark.slow_but("neel-sections0-steady-None")
@pytest.mark.parametrize(("kind", "sections", "regime", "velocity"), TOLD)
def test_regime_and_velocity_are_told_as_of_a_run(kind, sections, regime, velocity):
    texture = sections.get("texture", {}) | {"kind": kind, "width": WIDTH}
    hard = 1e3 if regime == "precessing" else 5e4
    if "interfacial_dmi" in sections.get("material", {}):
        hard = 0.0
    end = 2e-9 if regime == "precessing" else 2e-8
    found = collective_coordinates(wall(hard, 0.3, end, **sections | {"texture": texture}))
    assert found.attrs["wall_regime"] == regime
    assert found["mean_velocity"].attrs["units"] == "m s-1"
    expected = velocity
    if velocity is None:
        expected = GAMMA * float(found["wall_width"][-1]) * 500.0 / 0.3
    (told,) = found["mean_velocity"].values
    assert abs(told) == pytest.approx(expected, rel=0.01, abs=1e-3)
    assert np.isfinite(found["precession_frequency"].values[0]) == (regime == "precessing")
