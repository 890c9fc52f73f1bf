"""What the shell's Tab key offers; each list is made only when it is asked for."""

from collections.abc import Iterator


def keys(incomplete: str) -> Iterator[str]:
    """`section.key=` for `--set`, and the values of a key that has named ones."""
    from boltzwall.config import Config
    from boltzwall.config.literals import choices_of
    from boltzwall.config.messages import section_models

    name, equals, _ = incomplete.partition("=")
    for section, models in section_models(Config).items():
        for model in models:
            for key, info in model.model_fields.items():
                full = f"{section}.{key}"
                if equals and full == name:
                    yield from (f"{full}={choice}" for choice in choices_of(info))
                elif not equals and full.startswith(incomplete):
                    yield f"{full}="


def examples(incomplete: str) -> Iterator[str]:
    """The names that `init` knows."""
    from boltzwall.config.templates import names

    return _beginning(names(), incomplete)


def materials(incomplete: str) -> Iterator[str]:
    """The material presets."""
    from boltzwall import materials as presets

    return _beginning(presets.names(), incomplete)


def closures(incomplete: str) -> Iterator[str]:
    """The named closures of the published model."""
    from boltzwall.config.closures import CLOSURES

    return _beginning(tuple(CLOSURES), incomplete)


def formats(incomplete: str) -> Iterator[str]:
    """The formats of `export`."""
    from boltzwall.cli.export import SUFFIXES

    return _beginning(tuple(SUFFIXES), incomplete)


def publications(incomplete: str) -> Iterator[str]:
    """The publications of `reproduce`."""
    from boltzwall.cli.reproduction import PUBLICATIONS

    return _beginning(PUBLICATIONS, incomplete)


def reproduced_models(incomplete: str) -> Iterator[str]:
    """The models of `reproduce`."""
    from boltzwall.cli.reproduction import MODELS

    return _beginning(MODELS, incomplete)


def _beginning(names: tuple[str, ...], incomplete: str) -> Iterator[str]:
    return (name for name in names if name.startswith(incomplete))
