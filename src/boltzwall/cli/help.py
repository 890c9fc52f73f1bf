"""The help of the commands: whole sentences, and arguments without the names of Python's types."""

import re

from typer.core import TyperCommand, TyperGroup

from boltzwall.cli.interrupts import InterruptedRunError

# The types of ctx and formatter are click's, or those of typer's own copy of it.

_TYPE = re.compile(r" <[^>]*>$")


class Command(TyperCommand):
    """A command whose help calls an argument what its metavar says, not "<list[Path]>"."""

    def format_options(self, ctx, formatter):  # type: ignore[no-untyped-def]
        rows: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and param.param_type_name == "argument":
                rows["Arguments"].append((_TYPE.sub("", record[0]), record[1]))
            elif record is not None:
                rows["Options"].append(record)
        for title, records in rows.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class Commands(TyperGroup):
    """The group of commands; an interrupt leaves it as the package's own error."""

    def invoke(self, ctx):  # type: ignore[no-untyped-def]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise InterruptedRunError("Interrupted.") from None

    def format_commands(self, ctx, formatter):  # type: ignore[no-untyped-def]
        """What each command does, not cut at the width of the terminal."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, (one.help or "").partition("\n\n")[0]) for name, one in found if one]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
