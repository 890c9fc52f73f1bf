"""The kinetic torque in magnum.np: a transverse wall in a strip 100 nm wide, and what it costs.

    pip install -e '.[magnumnp]'
    python -m validation.strip [--streams N] [--widths 10 40] [--no-speed]

The wall moves below Walker's breakdown with βu/α: once by the torque of Zhang and Li with the u and
β of a wide wall, [C5], and once by the kinetic one. Prints both tables.
"""

import argparse
import time
from typing import Any

import numpy as np

from boltzwall.adapters.magnumnp import MagnumTorque
from boltzwall.build.consistent import build_carriers, conduction_attributes
from boltzwall.config import load_config
from boltzwall.relations import wide_wall_beta, xi_of, zhang_li_velocity

DAMPING, EXCHANGE, SATURATION, HARD = 0.5, 13e-12, 8e5, 4e5
CURRENT, KELVIN = -1e12, 300.0
SETTLED, END, SAVED = 1.5e-10, 2e-10, 2.5e-11  # s
SPEED_TIME = 1e-11  # s of the strip of 256 × 64 cells


def configuration(streams: int) -> dict[str, Any]:
    """Permalloy at 300 K under a current along −x."""
    return {
        "material": {"preset": "permalloy", "saturation_magnetisation": SATURATION},
        "temperature": {"kind": "uniform", "value": KELVIN},
        "drive": {"current_density": CURRENT},
        "transport": {"model": "consistent", "streams": streams, "momentum_nodes": 8},
    }


def wide_wall(config: dict[str, Any]) -> tuple[float, float]:
    """u in m/s and β of a wide wall, [C5]."""
    resolved = load_config(config)
    metal = resolved.material
    polarisation = conduction_attributes(build_carriers(resolved), KELVIN)["polarisation"]
    beta = wide_wall_beta(xi_of(metal.exchange_splitting, metal.spin_flip_time))
    return zhang_li_velocity(polarisation, CURRENT, SATURATION, beta), beta


class Strip:
    """A strip of magnum.np with a head-to-head wall in its middle.

    Arguments:
        cells: along x and y. edges: of a cell, m.
        width: Δ of the wall in m, which the easy-axis anisotropy A/Δ² gives it.
    """

    def __init__(
        self, cells: tuple[int, int], edges: tuple[float, float, float], width: float
    ) -> None:
        import magnumnp
        import torch

        self.code, self.width = magnumnp, width
        self.length = cells[0] * edges[0]
        self.state = magnumnp.State(magnumnp.Mesh((*cells, 1), edges))
        self.state.material = {
            "Ms": SATURATION, "A": EXCHANGE, "alpha": DAMPING, "b": 1.0,
            "Ku": EXCHANGE / width**2, "Ku_axis": [1.0, 0.0, 0.0],
            "Kh": -HARD, "Kh_axis": [0.0, 0.0, 1.0],
        }  # fmt: skip
        s = (edges[0] * (np.arange(cells[0]) + 0.5) - 0.5 * self.length) / width
        m = np.stack([-np.tanh(s), 1.0 / np.cosh(s), 0.0 * s], axis=-1)
        self.state.m = torch.tensor(
            np.ascontiguousarray(np.broadcast_to(m[:, None, None], (*cells, 1, 3)))
        )
        self.terms = [
            magnumnp.ExchangeField(),
            magnumnp.UniaxialAnisotropyField(),
            magnumnp.UniaxialAnisotropyField(Ku="Kh", Ku_axis="Kh_axis"),
        ]

    def zhang_li(self, u: float, beta: float) -> Any:
        """Its torque of Zhang and Li: b j ∂xM − b j ξ M×∂xM, so that bj = −u."""
        self.state.material["xi"] = beta
        self.state.j = self.state.Constant([-u, 0.0, 0.0])
        return self.code.SpinTorqueZhangLi()

    def position(self) -> float:
        """q in m, [B11]."""
        return 0.5 * self.length * float(self.state.m[..., 0].mean())

    def velocity(self, torque: Any) -> float:
        """The wall's, in m/s, once it is steady."""
        solver = self.code.LLGSolver([*self.terms, torque])
        times, places = [], []
        for number in range(1, round(END / SAVED) + 1):
            solver.step(self.state, SAVED)
            if number * SAVED > 0.999 * SETTLED:
                times.append(number * SAVED)
                places.append(self.position())
        return float(np.polyfit(times, places, 1)[0])


def velocities(widths: list[float], streams: int) -> None:
    """A wall across a strip of one row of 100 nm, across which M does not change, 512 nm long."""
    config = configuration(streams)
    u, beta = wide_wall(config)
    print(f"u = {u:.4f} m/s, beta = {beta:.5f}, {streams} streams; beta u/alpha = "
          f"{beta * u / DAMPING:.4f} m/s\n", flush=True)  # fmt: skip
    print("| wall | Zhang and Li, m/s | kinetic, m/s | ratio | solves | held to |")
    print("|---|---|---|---|---|---|")
    for width in widths:
        cells, edges = (256, 1), (2e-9, 100e-9, 5e-9)
        strip = Strip(cells, edges, width)
        local = strip.velocity(strip.zhang_li(u, beta))
        torque = MagnumTorque(config)
        kinetic = Strip(cells, edges, width).velocity(torque)
        print(f"| {width * 1e9:g} nm | {local:.4f} | {kinetic:.4f} | {kinetic / local:.4f} | "
              f"{torque.solves} | {100 * torque.largest_error:.2g} % |", flush=True)  # fmt: skip


def speed(streams: int) -> None:
    """256 × 64 cells of 4 nm with the demagnetising field, after compilation."""
    config = configuration(streams)
    u, beta = wide_wall(config)
    print(f"\n| 256 x 64 cells, {streams} streams | s per ns | processor s per ns | solves |")
    print("|---|---|---|---|")
    found = {}
    for name in ("Zhang and Li", "kinetic"):
        strip = Strip((256, 64), (4e-9, 4e-9, 5e-9), 20e-9)
        strip.terms.append(strip.code.DemagField())
        kinetic = name == "kinetic"
        torque = MagnumTorque(config) if kinetic else strip.zhang_li(u, beta)
        solver = strip.code.LLGSolver([*strip.terms, torque])
        solver.step(strip.state, 1e-13)
        begun, used = time.perf_counter(), time.process_time()
        before = torque.solves if kinetic else 0
        solver.step(strip.state, SPEED_TIME)
        wall, cpu = time.perf_counter() - begun, time.process_time() - used
        solves = torque.solves - before if kinetic else 0
        found[name] = cpu
        scale = 1e-9 / SPEED_TIME
        print(f"| {name} | {wall * scale:.1f} | {cpu * scale:.1f} | {solves} |", flush=True)
    print(f"\nspeed of the kinetic run over that of Zhang and Li, by processor time: "
          f"{found['Zhang and Li'] / found['kinetic']:.2f}")  # fmt: skip


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=8)
    parser.add_argument("--widths", type=float, nargs="*", default=[10.0, 20.0, 40.0], help="nm")
    parser.add_argument("--no-speed", action="store_true", help="the velocities alone")
    chosen = parser.parse_args()
    import magnumnp

    magnumnp.set_log_level(40)
    magnumnp.constants.gamma = 2.21e5
    velocities([1e-9 * width for width in chosen.widths], chosen.streams)
    if not chosen.no_speed:
        speed(chosen.streams)


if __name__ == "__main__":
    main()
