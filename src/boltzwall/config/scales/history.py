"""What about a given T(x, t) deserves a second look."""

from collections.abc import Iterator

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.common import hottest


def history_warnings(config: Config) -> Iterator[str]:
    """A T(x, t) of a file that reaches the Curie temperature."""
    curie = config.material.curie_temperature
    if curie is None or not isinstance(config.temperature, sections.HistoryTemperature):
        return
    highest = hottest(config)
    if highest >= curie:
        yield (
            f"T of `temperature.path` reaches {highest:.4g} K, above the Curie temperature of "
            f"{curie:.4g} K (`material.curie_temperature`): it is no ferromagnet there. Ms stays "
            "at 5 % of its value at `field.reference_temperature`, and what M does means nothing."
        )
