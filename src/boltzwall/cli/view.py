"""The command `view`: results as a page in the browser, or in a file for a colleague."""

import contextlib
import threading
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boltzwall.cli.outputs import write_text
from boltzwall.cli.pictures import label, read
from boltzwall.errors import InputError

_LAST_PORT = 65535

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.view import View


def write(files: Sequence[Path], path: Path, overwrite: bool) -> None:
    """Write the page as one file; prints its name."""
    from boltzwall.cli.outputs import new_file
    from boltzwall.view import page

    new_file(path, overwrite)
    write_text(page(_view(files)), path, overwrite)
    print(path)


def serve(files: Sequence[Path], port: int, browse: bool) -> None:
    """Serve the page to this machine, print its address, answer until interrupted."""
    from boltzwall.view import PageServer

    if not 0 <= port <= _LAST_PORT:
        raise InputError(
            f"Option `--port` must be 0 to {_LAST_PORT}, but {port} was given. 0 takes a free one."
        )
    shown = ViewedFiles(files)
    try:
        server = PageServer(shown.answer, port)
    except OSError as error:
        raise InputError(
            f"Option `--port` must name a free port, but {port} cannot be used: {error.strerror}."
        ) from None
    print(server.address, flush=True)
    if browse:
        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # the way to end it
        server.serve()


class ViewedFiles:
    """The files as they are on the page; read again when they have changed."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = files
        self.stamps = _stamps(files)
        self.view = _view(files)
        self._alone = threading.Lock()

    def answer(self, path: str, asked: dict[str, str]) -> tuple[str, str] | None:
        """The page, news of it, or the run of a point."""
        from boltzwall.view.document import SERVED_LIMIT, page
        from boltzwall.view.server import as_json

        with self._alone:
            if path == "/":
                self._read_again()
                return "text/html", page(self.view, SERVED_LIMIT, _version(self.stamps))
            if path == "/news":
                return as_json(self._news(asked.get("since", "")))
            if path == "/point" and asked.keys() >= {"view", "point"}:
                return self._point(asked)
        return None

    def _news(self, since: str) -> dict[str, Any]:
        from boltzwall.view.document import SERVED_LIMIT

        self._read_again()
        version = _version(self.stamps)
        news: dict[str, Any] = {"version": version, "age": _age(max(self.stamps))}
        if since != version:
            news["content"] = self.view.content(SERVED_LIMIT / 2, with_points=False)
        return news

    def _point(self, asked: dict[str, str]) -> tuple[str, str] | None:
        from boltzwall.view.server import as_json

        try:
            return as_json(self.view.point(int(asked["view"]), int(asked["point"])))
        except (ValueError, IndexError):
            return None

    def _read_again(self) -> None:
        """A file that cannot be read just now stays as it was."""
        stamps = _stamps(self.files)
        if stamps != self.stamps:
            try:
                self.view = _view(self.files)
            except InputError:
                return
            self.stamps = stamps


def _view(files: Sequence[Path]) -> "View":
    from boltzwall.view import View

    return View.of({label(file, files): _read(file) for file in files})


def _read(file: Path) -> "xr.Dataset":
    """A result, a vector file, or what a store holds of its study."""
    if not file.is_dir():
        return read(file)
    from boltzwall.sweeps import read_store

    return read_store(file)


def _stamps(files: Sequence[Path]) -> tuple[float, ...]:
    """When each was written last; of a store, when it took its last batch."""
    places = (file / "batches" if file.is_dir() else file for file in files)
    return tuple(place.stat().st_mtime if place.exists() else 0.0 for place in places)


def _version(stamps: tuple[float, ...]) -> str:
    return "-".join(f"{stamp:.6f}" for stamp in stamps)


def _age(stamp: float) -> str:
    """``12 s ago``."""
    seconds = max(time.time() - stamp, 0.0)
    return f"{seconds:.0f} s ago" if seconds < 120.0 else f"{seconds / 60.0:.0f} min ago"
