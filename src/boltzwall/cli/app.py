"""The commands and their options. What a command needs is imported when it runs."""

import contextlib
import functools
import signal
import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

from boltzwall.cli import completion
from boltzwall.cli.help import Command, Commands
from boltzwall.cli.interrupts import InterruptedRunError
from boltzwall.environment import end_command, hasten_command
from boltzwall.errors import BoltzwallError

_SET = typer.Option(
    "--set",
    metavar="KEY=VALUE",
    help='Replace a key, such as wire.cells=200 or temperature.value="300 K"; may be repeated.',
    autocompletion=completion.keys,
)
_OVERWRITE = typer.Option("--overwrite", help="Replace the output if it exists.")
_QUIET = typer.Option("--quiet", "-q", help="Show no progress.")
_CONFIG = typer.Argument(
    metavar="CONFIG.toml", help="Configuration; without it, the paper's wall at 2 K/nm."
)
_RESULT = typer.Argument(metavar="FILE.nc", help="A result of boltzwall.")

ConfigFile = Annotated[Path | None, _CONFIG]
Overrides = Annotated[list[str] | None, _SET]
Overwrite = Annotated[bool, _OVERWRITE]
Quiet = Annotated[bool, _QUIET]
Result = Annotated[Path, _RESULT]


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
command = functools.partial(app.command, cls=Command)


def main() -> None:
    """The command `boltzwall`: `call`, with a quick start and a quick end of the process."""
    hasten_command(sys.argv[1:])
    try:
        call()
    except SystemExit as leaving:
        end_command(leaving.code)
        raise


def call() -> None:
    """Run the command line; leaves with 0, 2 (input), 3 (numerics) or 130 (interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    warnings.showwarning = _show_warning
    try:
        app()
    except BoltzwallError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(error.exit_status) from None
    except KeyboardInterrupt:
        print("Error: Interrupted.", file=sys.stderr)
        raise SystemExit(InterruptedRunError.exit_status) from None


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    print(f"Warning: {message}", file=sys.stderr)


def _version(asked: bool) -> None:
    if asked:
        from boltzwall.version import __version__

        print(f"boltzwall {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Domain walls driven by electric fields and temperature gradients."""


@command()
def run(
    config: ConfigFile = None,
    overrides: Overrides = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.nc",
            help="netCDF file; without it, output.path, else CONFIG.nc beside CONFIG.toml.",
        ),
    ] = None,
    overwrite: Overwrite = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the output file.")] = False,
    quiet: Quiet = False,
) -> None:
    """Follow a wall in time: transport coupled to the magnetisation."""
    from boltzwall.cli import outputs, runs

    runs.run(config, overrides or (), outputs.Target(output, overwrite, quiet), resume)


@command()
def transport(
    config: ConfigFile = None,
    overrides: Overrides = None,
    magnetisation: Annotated[
        Path | None,
        typer.Option(
            "--magnetisation",
            "-m",
            metavar="FILE",
            help="A result of boltzwall (its last state), .npy of shape (cells, 3), or .ovf.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.nc",
            help="netCDF file; without it, that of `run` with -transport in its name.",
        ),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Solve the transport for one magnetisation."""
    from boltzwall.cli import outputs
    from boltzwall.cli.transport import transport as solve

    solve(config, overrides or (), outputs.Target(output, overwrite, quiet), magnetisation)


@command()
def reproduce(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help='The publication: "wang2022".',
            autocompletion=completion.publications,
        ),
    ],
    figure: Annotated[
        list[int] | None,
        typer.Option("--figure", metavar="N", help="Only this figure, 2 to 7; may be repeated."),
    ] = None,
    closure: Annotated[
        str | None,
        typer.Option(
            "--closure",
            metavar="NAME",
            help="Closure of the figures: as-printed, repaired-signs or activated (the default).",
            autocompletion=completion.closures,
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            help='"published", or "consistent" for both models side by side.',
            autocompletion=completion.reproduced_models,
        ),
    ] = "published",
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help='Replace a key of every run, or of one model\'s with "published." or '
            '"consistent." before it; may be repeated.',
            autocompletion=completion.keys,
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Runs already in it are used again."),
    ] = Path("wang2022"),
    quiet: Quiet = False,
) -> None:
    """Compute a publication's figures, animations and numbers."""
    from boltzwall.cli import reproduction

    asked = reproduction.Reproduction(figure, closure, model, overrides or ())
    reproduction.reproduce(name, asked, output, quiet)


@command()
def sweep(
    study: Annotated[
        Path,
        typer.Argument(metavar="STUDY.toml", help="A configuration with a table [sweep]."),
    ],
    overrides: Overrides = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.nc",
            help="netCDF file; without it, output.path, else STUDY.nc beside STUDY.toml.",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="ADDRESS",
            help="Folder, or address such as s3://…, that keeps every point; without it, "
            "STUDY.zarr beside STUDY.toml. The same command goes on from it.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Without it, one for each core."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help='Of a Dask scheduler, or "local" for Dask workers on this machine.',
        ),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Say what the store holds; compute nothing.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try the points that failed again.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Points, memory and time, from a short measurement."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Run a grid or a sample of configurations, on these cores or on a cluster."""
    from boltzwall.cli import sweeps

    where = sweeps.Where(output, store, workers, scheduler, quiet)
    sweeps.sweep(study, overrides or (), where, sweeps.Ask(status, retry_failed, dry_run))


@command()
def plot(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Results of boltzwall, .nc, or M(x) as .ovf or .omf."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where the pictures go; without it, figures beside the first FILE.",
        ),
    ] = None,
) -> None:
    """Draw results as PNG and PDF; several are compared too."""
    from boltzwall.cli import pictures

    pictures.plot(files, output)


@command()
def animate(
    file: Result,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=".gif or .mp4; without it, FILE.gif beside FILE.nc.",
        ),
    ] = None,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Show a run as a moving picture."""
    from boltzwall.cli import pictures

    pictures.animate(file, output, overwrite, quiet)


@command()
def export(
    file: Result,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="ovf, ovf-text: M(x). csv, table: the run in time. "
            "mumax3, ubermag: a script with the computed u and β, and M(x) beside it.",
            autocompletion=completion.formats,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="Without it, beside FILE.nc and named after it."
        ),
    ] = None,
    time: Annotated[
        str | None,
        typer.Option(
            "--time",
            metavar="TIME",
            help='"first", "last", or a time: 1e-9, "1 ns"; the nearest saved state. Without it, '
            "the last for M(x), the first for a script.",
        ),
    ] = None,
    unit_vectors: Annotated[
        bool, typer.Option("--unit-vectors", help="M(x) as unit vectors instead of A/m.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Write a result for other tools: OVF 2.0, tables, MuMax3, Ubermag."""
    from boltzwall.cli import export as exports

    exports.export(file, exports.Export(format_, time, unit_vectors), output, overwrite)


@command()
def info(file: Result) -> None:
    """Say what is in a result."""
    from boltzwall.io import describe, read_dataset

    print(describe(read_dataset(file)))


@command()
def check(config: ConfigFile = None, overrides: Overrides = None) -> None:
    """Say what a configuration will do, cost, and what deserves a second look; run nothing."""
    from boltzwall.cli import sources

    print(sources.check(config, overrides or ()))


@command()
def init(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="wang2022, uniform-temperature, characteristic, time-dependent, consistent, wall, "
            "pair, stack, sweep.",
            autocompletion=completion.examples,
        ),
    ] = "wang2022",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Without it, standard output."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a commented example configuration."""
    from boltzwall.cli.outputs import write_text
    from boltzwall.config.templates import template

    text = template(name)
    if output is None:
        print(text, end="")
    else:
        write_text(text, output, overwrite)
        print(output)


@command()
def materials(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A preset; without it, all of them.",
            autocompletion=completion.materials,
        ),
    ] = None,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE",
            help="With --fit: sigma, polarisation, seebeck, spin_seebeck, spin_diffusion_length; "
            "electron_density, exchange_splitting, effective_mass. What is left out is NAME's.",
            show_default=False,
        ),
    ] = None,
    fit: Annotated[
        bool,
        typer.Option("--fit", help="Fit electrons to numbers of your own; print their sections."),
    ] = False,
) -> None:
    """List the material presets with their sources; with NAME, how it conducts too."""
    from boltzwall.cli import materials as presets

    print(presets.listed(name, numbers or (), fit))
