"""The section [transport]: how the electrons are treated."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, model_validator

from boltzwall.config import kinds
from boltzwall.config.closures import CLOSURES
from boltzwall.config.sections.section import FROM_OTHERS, Section

ClosureName = Literal["as-printed", "repaired-signs", "activated"]
EquilibriumVector = Literal["polarised-phase", "unit-phase", "polarised", "rotating", "z-axis"]

_DEFAULT_NODES = {"consistent": 32}
_OTHER_NODES = 64


def _of(*models: str) -> Any:
    """A maker of keys that only these models have."""

    def key(default: Any, description: str) -> Any:
        extra: dict[str, Any] = {"models": list(models)}
        text = f"{', '.join(models)}: {description}"
        return Field(default, description=text, json_schema_extra=extra)

    return key


_published, _consistent = _of("published"), _of("consistent")


class Transport(Section):
    """How the electrons are treated."""

    model: Literal["published", "consistent", "zhang-li", "bauer", "none"] = Field(
        "published",
        description='"published": the paper\'s equations; "consistent": the same with its signs, '
        'conservation laws and forces repaired, linear in the drives; "zhang-li": the torque '
        '−u ∂xM + βu M×∂xM; "bauer": the same form for the heat current; "none": no electrons',
    )
    u: kinds.Speed | None = _of("zhang-li")(
        None,
        "u of the torque, as it is, divided by nothing; positive moves a wall to +x; instead of "
        "polarisation and `drive.current_density`",
    )
    polarisation: kinds.Number | None = _of("zhang-li")(
        None, "P in u = −µ_B P j/(e Ms (1 + β²)), with `drive.current_density`"
    )
    spin_conversion: kinds.Number | None = _of("bauer")(
        None, "P' in u = −µ_B P' S q/(e Ms ℒ T), q the heat current of the electrons"
    )
    beta: kinds.Number | None = _of("zhang-li", "bauer")(
        None, "β of the torque; without it, ξ/(1 + ξ²) with ξ = Jτ_sf/ħ"
    )
    closure: ClosureName | None = _published(
        None,
        "a name for several of the settings below, which it gives where you do not: "
        + "; ".join(f'"{name}", {closure.description}' for name, closure in CLOSURES.items()),
    )
    momentum_window: kinds.Window = _published((0.9, 1.6), "[p_min, p_max] in units of p_F")
    equilibrium_vector: EquilibriumVector = _published(
        "polarised-phase",
        '<G>: "unit-phase" Re(e^{iJx/ħv}) M, "polarised-phase" |g0| Re(e^{iJx/ħv}) M, '
        '"polarised" |g0| M, "rotating" |g0| M(0) turned about M, or "z-axis" g0 ẑ',
    )
    spin_convention: Literal["moment", "as-printed"] = _published(
        "moment", '"moment": G is a moment density; "as-printed": the paper\'s signs'
    )
    reference_density: kinds.Density | None = _published(
        None, "n_ref, which gives ∫G dp/p_F its unit; without it, n_F"
    )
    inflow: Literal["left", "characteristic"] = _published(
        "left", '"left": march from x = 0; "characteristic": data at both ends'
    )
    momentum_nodes: Annotated[int, kinds.Whole(4, 4096)] = Field(
        FROM_OTHERS,
        description="nodes in p; without it, 64 with the published model and 32, half of them for "
        "each spin, with the consistent one, which takes even numbers",
    )
    momentum_rule: Literal["gauss", "uniform"] = _published(
        "gauss", '"gauss" (nodes a multiple of 4) or "uniform"'
    )
    streams: Annotated[int, kinds.Whole(2, 64, even=True)] = _consistent(
        8, "directions of motion, an even number: 2 for 1D electrons, more for 3D ones"
    )
    boundary: Literal["bulk", "reservoir"] = _consistent(
        "bulk",
        '"bulk": the wire goes on beyond both ends; "reservoir": electrons enter in equilibrium',
    )
    exchange_force: StrictBool = _consistent(
        True, "keep the force of a turning M on the spins, exact for wires of many free paths"
    )
    pumping: StrictBool = _consistent(
        False,
        "let the spin that a moving M pumps act back on it in runs, one more solution each time; "
        "electrons with time_dependent do so anyway",
    )
    channel_density: kinds.ChannelDensity | None = _consistent(
        None, "n_ch, channels per cross-section, only with 2 streams; without it, k_F²/6π"
    )
    momentum_time_majority: kinds.PositiveTime = _consistent(
        FROM_OTHERS, "τ_-, of the majority; without it, the material's, or material.momentum_time"
    )
    momentum_time_minority: kinds.PositiveTime = _consistent(
        FROM_OTHERS, "τ_+, of the minority; without it, the material's, or material.momentum_time"
    )
    time_dependent: StrictBool = Field(False, description="keep ∂t in the transport equations")
    initial_distribution: Literal["equilibrium", "steady"] = Field(
        "equilibrium",
        description='F and G at the start, only with time_dependent: "equilibrium", <F> and <G>, '
        'or "steady" for the first magnetisation',
    )
    update: kinds.Update = Field(
        "stage",
        description='"stage": solve for the electrons at every stage of a time step, or a '
        "tolerance: as often as the torque between two solutions stays so close to it, relative "
        "to its largest value",
    )

    @model_validator(mode="after")
    def _fill_from_closure(self) -> Self:
        if self.closure is not None:
            for key, value in CLOSURES[self.closure].settings.items():
                if key not in self.model_fields_set:
                    self.fill(key, value)
        return self

    @model_validator(mode="after")
    def _fill_from_model(self) -> Self:
        if "momentum_nodes" not in self.model_fields_set:
            self.fill("momentum_nodes", _DEFAULT_NODES.get(self.model, _OTHER_NODES))
        return self

    def foreign_keys(self) -> frozenset[str]:
        """The keys that belong to another model than the chosen one; none without electrons."""
        if self.model == "none":
            return frozenset()
        keys = type(self).model_fields
        return frozenset(k for k in keys if models_of(k) and self.model not in models_of(k))

    @property
    def goes_alone(self) -> bool:
        """Whether runs would only wait for one another in a batch, or no batch takes them."""
        return self.model == "consistent" or self.time_dependent

    def calibrated(self) -> str:
        """On what the closure was calibrated; "" if nothing here is."""
        if self.closure is None:
            return ""
        closure = CLOSURES[self.closure]
        unchanged = self.reference_density == closure.settings["reference_density"]
        return closure.calibrated if unchanged else ""


def models_of(key: str) -> tuple[str, ...]:
    """The only models that have this key of [transport]; none for a key of all models."""
    extra = Transport.model_fields[key].json_schema_extra
    return tuple(str(name) for name in extra["models"]) if isinstance(extra, dict) else ()  # type: ignore[union-attr]
