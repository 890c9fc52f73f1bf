"""A run, resolved: everything that follows from a configuration before anything is computed."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from boltzwall.build.magnet import build_magnet, build_noise
from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.build.place import Place, constant
from boltzwall.build.transport import KINETIC, builder_of, kinetic_builder_of
from boltzwall.build.warming import build_warming
from boltzwall.build.waveforms import Waveforms
from boltzwall.config import Config, sections
from boltzwall.config.files import file_digests
from boltzwall.dynamics.steady_electrons import CoupledModel
from boltzwall.io.headline import title_of
from boltzwall.io.settings import Settings
from boltzwall.numerics.evolution import Accuracy
from boltzwall.physics.llg import Magnet
from boltzwall.physics.waveforms import Modulated, Waveform
from boltzwall.result import provenance
from boltzwall.transport.model import KineticModel, TransportModel
from boltzwall.typing import Ends, Vectors


@dataclass(frozen=True)
class Problem:
    """One run or one transport solution.

    Attributes:
        place: the wire from its beginning, its files read.
        start: M in the cells at the start, and ``ends`` at both ends of the wire, where the texture
            is a known function.
    """

    config: Config
    place: Place
    waveforms: Waveforms
    start: Vectors
    ends: Ends | None

    @classmethod
    def of(cls, config: Config, magnetisation: Any = None) -> "Problem":
        """Resolve a configuration.

        Arguments:
            magnetisation: unit vectors (cells, 3) instead of the configured texture.

        Raises:
            InputError: a file or ``magnetisation`` cannot be used.
        """
        start, ends = build_magnetisation(config, magnetisation)
        return cls(config, Place.of(config), Waveforms.of(config.drive), start, ends)

    @property
    def dynamics(self) -> sections.Dynamics:
        """How the run goes in time."""
        return self.config.dynamics

    @property
    def update(self) -> float | None:
        """The tolerance of a held torque; None: the electrons at every stage."""
        update = self.config.transport.update
        return None if update == "stage" else float(update)

    @property
    def nominal_resistance_area(self) -> float:
        """L/σ in Ω m²: of the wire at T_ref, without what makes it uneven."""
        return self.config.wire.length / float(self.config.material.conductivity or math.nan)

    @property
    def kinetic(self) -> bool:
        """Whether the electrons take a kinetic solution."""
        return self.config.transport.model in KINETIC

    def electrons(self, offset: float = 0.0) -> TransportModel:
        """The electrons of the wire from ``offset`` in m on."""
        build = builder_of(self.config.transport.model).electrons
        return build(self.config, self.place.at_start().moved(offset))

    def kinetic_electrons(self) -> KineticModel:
        """The same, of a kinetic model.

        Raises:
            InputError: the model is none.
        """
        build = kinetic_builder_of(self.config.transport.model).electrons
        return build(self.config, self.place.at_start())

    def magnet(self, offset: float = 0.0) -> Magnet:
        """The magnetisation's constants and fields of the wire from ``offset`` in m on."""
        place = self.place.moved(offset)
        return build_magnet(self.config, place, self.waveforms, self.start)

    def coupled(self, offset: float = 0.0) -> CoupledModel:
        """Electrons and magnetisation of the wire from ``offset`` in m on."""
        place, dynamics = self.place.moved(offset), self.dynamics
        warming = build_warming(place)
        if warming is not None:
            place = place.unscaled()
        return CoupledModel(
            electrons=builder_of(self.config.transport.model).electrons(self.config, place),
            waveform=self._electric_waveform(),
            magnet=build_magnet(self.config, place, self.waveforms, self.start),
            accuracy=Accuracy(
                constant(dynamics.relative_tolerance),
                constant(dynamics.absolute_tolerance),
                constant(self.waveforms.breaks(dynamics.end_time)),
            ),
            noise=build_noise(dynamics, self.config.wire, place),
            semi_implicit=dynamics.method == "semi-implicit",
            warming=warming,
        )

    def _electric_waveform(self) -> Waveform:
        """Of the current: under a voltage the resistance has its say, once it is known."""
        if self.config.drive.voltage is None:
            return self.waveforms.electric
        return Modulated(self.waveforms.electric, constant([0.0, 1.0]), constant([1.0, 1.0]))

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """What a Dataset says about itself, as far as it follows from the configuration alone."""
        transport = self.config.transport
        configuration, files = self.config.filled(), file_digests(self.config)
        return {
            "title": title_of(Settings.of_sections(configuration)),
            **provenance(configuration),
            **({"input_files": files} if files else {}),
            "model": transport.model,
            "calibrated": transport.calibrated(),
            "assumed": "; ".join(self.config.assumed()),
            **builder_of(transport.model).attributes(self.config, self.place),
        }
