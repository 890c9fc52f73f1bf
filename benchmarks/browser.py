"""A headless Chromium, driven by its DevTools protocol: pages opened, asked and photographed."""

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 120.0  # s, on a machine that does other things too
_TROUBLES = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")


def chromium() -> str | None:
    """The path of a browser, if there is one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Page:
    """One open page."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._count = 0
        self.messages: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol."""
        self._count += 1
        number = self._count
        text = json.dumps({"id": number, "method": method, "params": parameters})
        await self._socket.write_message(text)
        while True:
            answer = json.loads(await self._socket.read_message() or "{}")
            told = answer.get("params", {})
            if answer.get("method") in _TROUBLES and told.get("type") != "info":
                self.messages.append(json.dumps(told)[:900])
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    async def ask(self, script: str) -> Any:
        """The value of an expression; promises are waited for."""
        found = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until an expression is true."""
        begin = time.monotonic()
        while not await self.ask(script):
            assert time.monotonic() - begin < PATIENCE, (script, self.messages)
            await asyncio.sleep(0.1)

    async def open(self, address: str) -> None:
        """Load a page and wait until it is drawn."""
        await self.call("Page.navigate", url=address)
        await self.until("document.body && document.body.dataset.ready === 'yes'")

    async def size(self, width: int, height: int, dark: bool) -> None:
        """The window, and whether the system is dark."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])

    async def photograph(self, path: Path, whole: bool = False) -> None:
        """Write a PNG of the window, or of all of the page."""
        found = await self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))


def drive(use: Callable[[Page], Awaitable[None]]) -> None:
    """Open a browser, hand over its page, close it."""
    with _running() as port:
        asyncio.run(_drive(port, use))


async def _drive(port: int, use: Callable[[Page], Awaitable[None]]) -> None:
    answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/json")
    tab = next(one for one in json.loads(answer.body) if one["type"] == "page")
    socket = await websocket_connect(tab["webSocketDebuggerUrl"], max_message_size=10**9)
    page = Page(socket)
    for domain in ("Page", "Runtime", "Log"):
        await page.call(f"{domain}.enable")
    await use(page)
    socket.close()


@contextmanager
def _running() -> Iterator[int]:
    program = chromium()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
                f"--user-data-dir={folder}", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            told = Path(folder) / "DevToolsActivePort"
            begin = time.monotonic()
            while not (told.exists() and told.read_text().strip()):
                assert time.monotonic() - begin < PATIENCE, "the browser does not start"
                time.sleep(0.1)
            yield int(told.read_text().split()[0])
        finally:
            process.terminate()
            process.wait(timeout=30)
