"""The commands. What a command needs is imported when it runs."""

import functools
from pathlib import Path
from typing import Annotated

import typer

from boltzwall.cli import options
from boltzwall.cli.help import Command, Commands

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
command = functools.partial(app.command, cls=Command)


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
    config: options.ConfigFile = None,
    overrides: options.Overrides = None,
    output: options.RunOutput = None,
    overwrite: options.Overwrite = False,
    resume: options.Resume = False,
    quiet: options.Quiet = False,
) -> None:
    """Follow a wall in time: transport coupled to the magnetisation."""
    from boltzwall.cli import outputs, runs

    runs.run(config, overrides or (), outputs.Target(output, overwrite, quiet), resume)


@command()
def transport(
    config: options.ConfigFile = None,
    overrides: options.Overrides = None,
    magnetisation: options.Magnetisation = None,
    output: options.TransportOutput = None,
    uncertainty: options.Uncertainty = False,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """Solve the transport for one magnetisation."""
    from boltzwall.cli import outputs
    from boltzwall.cli.transport import AskedOfTransport
    from boltzwall.cli.transport import transport as solve

    asked = AskedOfTransport(magnetisation, uncertainty)
    solve(config, overrides or (), outputs.Target(output, overwrite, quiet), asked)


@command()
def torque(
    file: options.FieldFile,
    config: options.ConfigFile = None,
    overrides: options.Overrides = None,
    output: options.TorqueOutput = None,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """The torque on a magnetisation in two or three dimensions, for other simulators."""
    from boltzwall.cli import outputs, torque_grid

    target = outputs.Target(output, overwrite, quiet)
    torque_grid.torque(file, config, overrides or (), target)


@command()
def heat(
    config: options.ConfigFile = None,
    overrides: options.Overrides = None,
    output: options.HeatOutput = None,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """Warm the wire by its current, without its magnetisation: T(x, t) and a picture."""
    from boltzwall.cli import heat as heating
    from boltzwall.cli import outputs

    heating.heat(config, overrides or (), outputs.Target(output, overwrite, quiet))


@command()
def reproduce(
    name: options.Publication,
    figure: options.Figures = None,
    closure: options.Closure = None,
    model: options.ReproducedModel = "published",
    overrides: options.ReproducedOverrides = None,
    output: options.ReproductionFolder = Path("wang2022"),
    quiet: options.Quiet = False,
) -> None:
    """Compute a publication's figures, animations and numbers."""
    from boltzwall.cli import reproduction

    asked = reproduction.Reproduction(figure, closure, model, overrides or ())
    reproduction.reproduce(name, asked, output, quiet)


@command()
def sweep(
    study: options.StudyFile,
    overrides: options.Overrides = None,
    output: options.SweepOutput = None,
    store: options.StoreAddress = None,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    status: options.Status = False,
    retry_failed: options.RetryFailed = False,
    dry_run: options.DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Run a grid or a sample of configurations, on these cores or on a cluster."""
    from boltzwall.cli import sweeps

    where = sweeps.Where(output, store, workers, scheduler, quiet)
    sweeps.sweep(study, overrides or (), where, sweeps.Ask(status, retry_failed, dry_run))


@command()
def plot(files: options.Drawn, output: options.PictureFolder = None) -> None:
    """Draw results as PNG and PDF; several are compared too."""
    from boltzwall.cli import pictures

    pictures.plot(files, output)


@command()
def animate(
    file: options.Result,
    output: options.FilmOutput = None,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """Show a run as a moving picture."""
    from boltzwall.cli import pictures

    pictures.animate(file, output, overwrite, quiet)


@command()
def view(
    files: options.Viewed,
    html: options.PageFile = None,
    overwrite: options.Overwrite = False,
    port: options.Port = 0,
    no_browser: options.NoBrowser = False,
) -> None:
    """Look at results in the browser: slider, play, hover, maps of sweeps; runs that go on."""
    from boltzwall.cli import view as views

    if html is not None:
        views.write(files, html, overwrite)
    else:
        views.serve(files, port, not no_browser)


@command()
def export(
    file: options.Result,
    format_: options.ExportFormat,
    output: options.ExportOutput = None,
    time: options.ExportTime = None,
    unit_vectors: options.UnitVectors = False,
    overwrite: options.Overwrite = False,
) -> None:
    """Write a result for other tools: OVF 2.0, tables, MuMax3, Ubermag."""
    from boltzwall.cli import export as exports

    exports.export(file, exports.Export(format_, time, unit_vectors), output, overwrite)


@command()
def info(file: options.Result) -> None:
    """Say what is in a result."""
    from boltzwall.io import describe, read_dataset

    print(describe(read_dataset(file)))


@command()
def check(config: options.ConfigFile = None, overrides: options.Overrides = None) -> None:
    """Say what a configuration will do, cost, and what deserves a second look; run nothing."""
    from boltzwall.cli import sources

    print(sources.check(config, overrides or ()))


@command()
def init(
    name: options.TemplateName = "wang2022",
    output: options.TemplateOutput = None,
    overwrite: options.Overwrite = False,
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
    name: options.Preset = None, numbers: options.FittedNumbers = None, fit: options.Fit = False
) -> None:
    """List the material presets with their sources; with NAME, how it conducts too."""
    from boltzwall.cli import materials as presets

    print(presets.listed(name, numbers or (), fit))
