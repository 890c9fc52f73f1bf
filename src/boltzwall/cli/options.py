"""The options and arguments of the commands: what each is called, takes and says in the help."""

from pathlib import Path
from typing import Annotated

import typer

from boltzwall.cli import completion


def _output(metavar: str, text: str) -> typer.models.OptionInfo:
    return typer.Option("--output", "-o", metavar=metavar, help=text)


ConfigFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="CONFIG.toml", help="Configuration; without it, the paper's wall at 2 K/nm."
    ),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help='Replace a key, such as wire.cells=200 or temperature.value="300 K"; may be repeated.',
        autocompletion=completion.keys,
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the output if it exists.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Result = Annotated[Path, typer.Argument(metavar="FILE.nc", help="A result of boltzwall.")]

# run, transport
RunOutput = Annotated[
    Path | None,
    _output("FILE.nc", "netCDF file; without it, output.path, else CONFIG.nc beside CONFIG.toml."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on from the output file.")]
Magnetisation = Annotated[
    Path | None,
    typer.Option(
        "--magnetisation",
        "-m",
        metavar="FILE",
        help="A result of boltzwall (its last state), .npy of shape (cells, 3), or .ovf.",
    ),
]
TransportOutput = Annotated[
    Path | None,
    _output("FILE.nc", "netCDF file; without it, that of `run` with -transport in its name."),
]
HeatOutput = Annotated[
    Path | None,
    _output("FILE.nc", "netCDF file; without it, that of `run` with -heat in its name."),
]
Uncertainty = Annotated[
    bool,
    typer.Option(
        "--uncertainty",
        help="Errors of u, β and β_Q from those of the preset's measured numbers, and the "
        "probability that the wall goes to the hot end.",
    ),
]

# torque
FieldFile = Annotated[
    Path, typer.Argument(metavar="FILE.ovf", help="M on a grid, 0 in empty cells; OVF 1.0 or 2.0.")
]
TorqueOutput = Annotated[
    Path | None,
    _output(
        "FILE",
        ".ovf: dM/dt in A/(m s); .nc: everything; .mx3: lines for MuMax3 and their field; without "
        "it, FILE-torque.ovf.",
    ),
]

# reproduce
Publication = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help='The publication: "wang2022".',
        autocompletion=completion.publications,
    ),
]
Figures = Annotated[
    list[int] | None,
    typer.Option("--figure", metavar="N", help="Only this figure, 2 to 7; may be repeated."),
]
Closure = Annotated[
    str | None,
    typer.Option(
        "--closure",
        metavar="NAME",
        help="Closure of the figures: as-printed, repaired-signs or activated (the default).",
        autocompletion=completion.closures,
    ),
]
ReproducedModel = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME",
        help='"published", or "consistent" for both models side by side.',
        autocompletion=completion.reproduced_models,
    ),
]
ReproducedOverrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help='Replace a key of every run, or of one model\'s with "published." or '
        '"consistent." before it; may be repeated.',
        autocompletion=completion.keys,
    ),
]
ReproductionFolder = Annotated[Path, _output("FOLDER", "Runs already in it are used again.")]

# sweep
StudyFile = Annotated[
    Path, typer.Argument(metavar="STUDY.toml", help="A configuration with a table [sweep].")
]
SweepOutput = Annotated[
    Path | None,
    _output("FILE.nc", "netCDF file; without it, output.path, else STUDY.nc beside STUDY.toml."),
]
StoreAddress = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="ADDRESS",
        help="Folder, or address such as s3://…, that keeps every point; without it, "
        "STUDY.zarr beside STUDY.toml. The same command goes on from it.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Without it, one for each core."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help='Of a Dask scheduler, or "local" for Dask workers on this machine.',
    ),
]
Status = Annotated[
    bool, typer.Option("--status", help="Say what the store holds; compute nothing.")
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Try the points that failed again.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Points, memory and time, from a short measurement.")
]

# plot, animate, export
Drawn = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Results of boltzwall, .nc, or M(x) as .ovf or .omf."),
]
PictureFolder = Annotated[
    Path | None,
    _output("FOLDER", "Where the pictures go; without it, figures beside the first FILE."),
]
FilmOutput = Annotated[
    Path | None, _output("FILE", ".gif or .mp4; without it, FILE.gif beside FILE.nc.")
]
ExportFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="ovf, ovf-text: M(x). csv, table: the run in time. "
        "mumax3, ubermag: a script with the computed u and β, and M(x) beside it.",
        autocompletion=completion.formats,
    ),
]
ExportOutput = Annotated[
    Path | None, _output("PATH", "Without it, beside FILE.nc and named after it.")
]
ExportTime = Annotated[
    str | None,
    typer.Option(
        "--time",
        metavar="TIME",
        help='"first", "last", or a time: 1e-9, "1 ns"; the nearest saved state. Without it, '
        "the last for M(x), the first for a script.",
    ),
]
UnitVectors = Annotated[
    bool, typer.Option("--unit-vectors", help="M(x) as unit vectors instead of A/m.")
]

# view
Viewed = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE|STORE",
        help="Results of boltzwall, .nc, also of a run that goes on; the store of a sweep, .zarr; "
        "M(x) as .ovf or .omf.",
    ),
]
PageFile = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help="Write the page to a file that needs nothing else; ends."
    ),
]
Port = Annotated[
    int,
    typer.Option("--port", metavar="N", help="Of 127.0.0.1, at most 65535; 0: a free one."),
]
NoBrowser = Annotated[
    bool, typer.Option("--no-browser", help="Print the address; open no browser.")
]

# init, materials
TemplateName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="wang2022, uniform-temperature, characteristic, time-dependent, consistent, wall, "
        "pair, stack, heat, sweep.",
        autocompletion=completion.examples,
    ),
]
TemplateOutput = Annotated[Path | None, _output("FILE", "Without it, standard output.")]
Preset = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="A preset; without it, all of them.",
        autocompletion=completion.materials,
    ),
]
FittedNumbers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KEY=VALUE",
        help="With --fit: sigma, polarisation, seebeck, spin_seebeck, spin_diffusion_length; "
        "electron_density, exchange_splitting, effective_mass. What is left out is NAME's.",
        show_default=False,
    ),
]
Fit = Annotated[
    bool, typer.Option("--fit", help="Fit electrons to numbers of your own; print their sections.")
]
