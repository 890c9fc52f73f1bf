"""The base of the sections of a configuration."""

from typing import TYPE_CHECKING, Any, NoReturn, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from boltzwall.config.messages import from_validation
from boltzwall.errors import InputError

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

FROM_OTHERS: Any = None  # default of a key that validation fills in from other keys


class _Answering(ModelMetaclass):
    """Calling the class answers wrong values in the words of this package, not in pydantic's."""

    def __call__(self, *arguments: Any, **keys: Any) -> Any:
        if arguments:
            raise InputError(
                f"{self.__name__} takes its parts by name, such as wire={{...}}, but a value "
                "without a name was given. `load_config` takes a mapping or a path."
            )
        try:
            return super().__call__(**keys)
        except ValidationError as error:
            raise InputError(from_validation(error, cast("type[BaseModel]", self), keys)) from None


class Section(BaseModel, metaclass=_Answering):
    """Base of the sections: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)

    def fill(self, key: str, value: object) -> None:
        """Set a key that follows from others; only validation does this."""
        self.__dict__[key] = value

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        _refuse(name)

    def __delattr__(self, name: str) -> NoReturn:
        _refuse(name)


def _refuse(name: str) -> NoReturn:
    raise InputError(
        f"A configuration must not be changed in place, but `{name}` was assigned. "
        '`config.replace("section.key", value)` returns a changed one.'
    )
