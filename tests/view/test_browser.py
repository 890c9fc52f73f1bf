"""The page in a headless Chromium: driven by mouse and keys, and photographed."""

import asyncio
import io
import threading

import numpy as np
import pytest
from PIL import Image

from benchmarks.browser import Page, chromium, drive
from boltzwall.cli.view import ViewedFiles
from boltzwall.io import write_dataset
from boltzwall.view import PageServer, View, page
from tests.synthetic import run_dataset
from tests.view.test_pages import MALICE, sweep_of_runs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="there is no Chromium on this machine"),
]
KEYS = {"ArrowRight": 39, "Home": 36, "End": 35, " ": 32}


async def press(browser: Page, name: str) -> None:
    text = {"text": name} if name == " " else {}
    code = KEYS[name]
    for kind in ("keyDown", "keyUp"):
        await browser.call(
            "Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, **text
        )


async def click(browser: Page, selector: str, across: float, down: float) -> None:
    """At a share of the width and height of an element."""
    x, y = await browser.ask(
        f"(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{block: "
        f"'center'}}); const r = e.getBoundingClientRect(); return [r.left + {across} * r.width, "
        f"r.top + {down} * r.height]; }})()"
    )
    await asyncio.sleep(0.5)
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        await browser.call(
            "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
        )


async def picture(browser: Page, folder, name: str) -> np.ndarray:
    await browser.photograph(folder / name)
    return np.asarray(Image.open(io.BytesIO((folder / name).read_bytes())).convert("RGB"), float)


def test_a_run_is_driven_and_seen(tmp_path):
    dataset = run_dataset(saves=21, cells=24, attributes={"title": MALICE})
    path = tmp_path / "run.html"
    path.write_text(page(View.of({MALICE: dataset})), encoding="utf-8")

    async def use(browser: Page) -> None:
        await browser.size(1280, 900, dark=False)
        await browser.open(path.as_uri())
        assert await browser.ask("window.ran") is None
        assert await browser.ask("document.querySelector('h2').textContent") == MALICE
        # the slider by its keys, and what it tells
        await browser.ask("document.getElementById('slider').focus()")
        await press(browser, "ArrowRight")
        assert await browser.ask("boltzwall.runs[0].frame") == 1
        assert await browser.ask("document.getElementById('readout').value") == "t = 0.0200 ns"
        await press(browser, "End")
        assert await browser.ask("boltzwall.runs[0].frame") == 20
        # what is drawn is the Dataset's state
        z = await browser.ask(
            "(p => Array.from(p.row(p.panel.curves[2], boltzwall.runs[0].frame)))"
            "(boltzwall.runs[0].panels.find(p => p.panel.kind === 'profile'))"
        )
        np.testing.assert_allclose(z, dataset["magnetisation"][20, :, 2], atol=1e-6)
        # a click on the track goes to that time
        await click(browser, "figure.map .plot", 0.5, 0.4)
        await browser.until("boltzwall.runs[0].frame !== 20")
        assert 7 <= await browser.ask("boltzwall.runs[0].frame") <= 12
        # the space bar plays to the end
        await browser.ask("document.activeElement.blur(), document.getElementById('speed').value=4")
        await press(browser, " ")
        await browser.until("boltzwall.clock.atEnd && !boltzwall.clock.playing")
        # tabs by their keys
        await browser.ask("document.querySelector('[role=tab]').focus()")
        await press(browser, "ArrowRight")
        await browser.until("document.querySelector('[aria-selected=true]').textContent==='Torque'")
        await browser.until("boltzwall.runs[0].panels[0].drawn?.view !== undefined")
        assert await browser.ask(
            "[...document.querySelectorAll('[role=img]')].every(e => e.ariaLabel.length > 20)"
        )
        # by day and by night
        day = await picture(browser, tmp_path, "day.png")
        await browser.size(390, 844, dark=True)
        await asyncio.sleep(1.0)
        night = await picture(browser, tmp_path, "night.png")
        assert day.mean() > 200.0 > 90.0 > night.mean()
        assert day.std() > 10.0
        assert night.std() > 10.0
        assert await browser.ask("document.documentElement.scrollWidth") == 390
        assert browser.messages == []

    drive(use)


def test_a_served_run_is_followed_and_a_point_opens_its_run(tmp_path):
    whole = run_dataset(saves=6, cells=12, attributes={"stopped_because": "running"})
    path = write_dataset(whole.isel(time=slice(0, 3)), tmp_path / "run.nc")
    sweep, _ = sweep_of_runs()
    sweep["status"] = sweep["status"].astype(str)
    served = ViewedFiles([path, write_dataset(sweep, tmp_path / "sweep.nc")])
    server = PageServer(served.answer)
    threading.Thread(target=server.serve, daemon=True).start()

    async def use(browser: Page) -> None:
        await browser.size(1280, 900, dark=False)
        await browser.open(server.address)
        await browser.ask("boltzwall.clock.go(2)")
        assert await browser.ask("boltzwall.runs[0].times.length") == 3
        write_dataset(whole, path, overwrite=True)
        await browser.until("boltzwall.runs[0].times.length === 6")
        assert await browser.ask("boltzwall.runs[0].frame") == 5  # the end stays the end
        assert "followed live" in await browser.ask("document.getElementById('live').textContent")
        await browser.ask("boltzwall.sweeps[0].choose(1)")
        await browser.until("boltzwall.runs.length === 2")
        assert await browser.ask("boltzwall.runs[1].data.title") == "κ = 4 K nm⁻¹"
        assert await browser.ask("boltzwall.runs[1].times.length") == 3
        assert browser.messages == []

    try:
        drive(use)
    finally:
        server.close()
