"""The substrate's responses, and a wire on them, against a solver of the whole cross-section."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.heat import Layered, Substrate
from boltzwall.substrates import Layer, Medium, half_space_rise, layered_response, layered_terms
from tests.heat.wires import (
    CAPACITY,
    CELLS,
    CONDUCTIVITY,
    THICKNESS,
    Asked,
    half_space,
    number,
    warmed,
)
from tests.reference.strip_on_substrate import CrossSection, growing_times

WIDTH, FLUX = 200e-9, 5e9
SILICA, SILICON = Medium(1.4, 730 * 2200.0), Medium(148.0, 712 * 2330.0)
TIMES = growing_times(1e-11, 2e-8, 12)
LATER = TIMES > 2e-10


def reference(*layers, far=3e-6, finest=3e-9):
    """Rise in K at TIMES."""
    return CrossSection(WIDTH, FLUX, layers, far, finest).mean_rise(TIMES)


def test_a_half_space():
    found = reference((SILICA.conductivity, SILICA.capacity, np.inf))
    s = SILICA.diffusivity * TIMES / WIDTH**2
    known = FLUX * WIDTH / SILICA.conductivity * half_space_rise(s)
    assert found[LATER] == pytest.approx(known[LATER], rel=1e-2)


@pytest.mark.parametrize("thickness", [50e-9, 300e-9])
def test_a_film_on_a_half_space(thickness):
    layers = (
        (SILICA.conductivity, SILICA.capacity, thickness),
        (SILICON.conductivity, SILICON.capacity, np.inf),
    )
    film = Layer(SILICA, thickness, SILICON)
    found = reference(*layers, far=2e-5)
    known = FLUX * layered_response(TIMES, WIDTH, film)
    assert found[LATER] == pytest.approx(known[LATER], rel=1e-2)
    terms = layered_terms(film, WIDTH)
    assert terms.error < 2e-3
    assert terms.at(TIMES) * FLUX == pytest.approx(known, rel=2e-3)


def test_a_membrane():
    """The sheet as a mesh whose last layer ends where it does."""
    nitride, thickness = Medium(3.2, 3000.0 * 700.0), 100e-9
    section = CrossSection(
        WIDTH, FLUX, ((nitride.conductivity, nitride.capacity, np.inf),), 3e-6, 3e-9
    )
    object.__setattr__(section, "_down", lambda: np.linspace(0.0, thickness, 25))
    found = section.mean_rise(TIMES)
    known = FLUX * layered_response(TIMES, WIDTH, Layer(nitride, thickness, None))
    assert found[LATER] == pytest.approx(known[LATER], rel=1e-2)


@pytest.mark.slow
@pytest.mark.parametrize("film", [None, Layer(SILICA, 50e-9, SILICON)], ids=["plain", "film"])
def test_a_wire_that_holds_heat(film):
    """The wire of 20 nm as cells on the mesh, against the model with one T and its memory.

    The model spreads the flux evenly under the wire. A metal on an oxide carries heat across itself
    to its edges, where it leaves faster: it stays up to 4 % cooler than that, as docs/heat.md says.
    """
    silica = (SILICA.conductivity, SILICA.capacity)
    layers: tuple[tuple[float, float, float], ...] = ((*silica, np.inf),)
    substrate: Substrate = half_space(*silica)
    far = 3e-6
    if film is not None:
        layers = ((*silica, film.thickness), (SILICON.conductivity, SILICON.capacity, np.inf))
        terms, far = layered_terms(film, WIDTH), 2e-5
        amplitudes = np.repeat(terms.amplitudes[:, None], CELLS, axis=1)
        instant = np.full(CELLS, terms.instant)
        substrate = Layered(number(0.0), *map(jnp.asarray, (terms.rates, amplitudes, instant)))
    own = (CONDUCTIVITY, CAPACITY, THICKNESS)
    columns, metal = (
        CrossSection(WIDTH, FLUX, layers, far, 3e-9, own, sideways).mean_rise(TIMES)
        for sideways in (False, True)
    )
    wire = Asked(substrate=substrate).wire()
    for index in (40, TIMES.size - 1):
        rise = float(warmed(wire, float(TIMES[index])).temperature[0]) - 300.0
        assert rise == pytest.approx(columns[index], rel=1e-2)
        assert 1.0 < rise / metal[index] < 1.05
