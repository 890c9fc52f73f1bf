"""The page of `boltzwall view` in a headless Chromium: size, first picture, a frame of the slider.

    python -m benchmarks.view FILE.nc ... [--photograph PICTURE.png [--dark] [--phone]]

Times are those of the browser's own clock. A frame is what the slider does: all panels in sight at
another state, painted. With --photograph the page is written as a picture too, in the middle of the
run, or at the middle point of a sweep.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.browser import Page, chromium, drive
from benchmarks.machine import describe
from boltzwall.io import read_dataset
from boltzwall.view import View, page

FRAMES = 60
WIDE, NARROW = (1280, 900), (390, 844)
_STEP = """(async () => {
    const {clock} = boltzwall, spent = [], worked = [];
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    for (let k = 0; k < FRAMES; k += 1) {
        await painted();
        const begin = performance.now();
        clock.go(Math.floor((clock.times.length - 1) * k / (FRAMES - 1)));
        worked.push(performance.now() - begin);
        await painted();
        spent.push(performance.now() - begin);
    }
    return [spent, worked];
})()""".replace("FRAMES", str(FRAMES))


def written(files: list[Path], path: Path) -> None:
    """Write the page, and print what that took."""
    begin = time.process_time()
    datasets = {file.stem: read_dataset(file) for file in files}
    text = page(View.of(datasets))
    spent = time.process_time() - begin
    path.write_text(text, encoding="utf-8")
    print(f"page         {path.stat().st_size / 1e6:.2f} MB, made in {spent:.2f} s of one core")


async def measure(browser: Page) -> None:
    """Print the time to the first picture and that of a frame, in every tab."""
    first = await browser.ask("boltzwall.firstPicture ?? performance.now()")
    print(f"first        {first / 1000:.2f} s after the page was asked for")
    if not await browser.ask("boltzwall.clock.times.length > 1"):
        return
    for tab in await browser.ask("[...document.querySelectorAll('[role=tab]')].map(t=>t.id)"):
        await browser.ask(f"document.getElementById('{tab}').click()")
        await asyncio.sleep(1.0)
        spent, worked = await browser.ask(_STEP)
        print(
            f"{tab.removeprefix('tab-'):<16} a frame: median {statistics.median(spent):.0f} ms, "
            f"slowest {max(spent):.0f} ms, of which our part {statistics.median(worked):.1f} ms"
        )
    await browser.ask("document.querySelector('[role=tab]').click()")


async def show_the_middle(browser: Page) -> None:
    """Go to the middle of a run, or to the middle point of a sweep."""
    await browser.ask(
        "(async () => { const [sweep] = boltzwall.sweeps;"
        "if (sweep) await sweep.choose(Math.floor(sweep.size / 2)); const {clock} = boltzwall;"
        "if (clock.times.length) clock.go(Math.floor(clock.times.length / 2)); })()"
    )
    await asyncio.sleep(2.0)


def main() -> None:
    """Measure, and photograph where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--photograph", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--phone", action="store_true")
    given = parser.parse_args()
    if chromium() is None:
        parser.error("there is no Chromium on this machine")
    print(describe())

    async def use(browser: Page) -> None:
        await browser.size(*(NARROW if given.phone else WIDE), dark=given.dark)
        await browser.open(path.as_uri())
        if given.photograph is None:
            await measure(browser)
            return
        await show_the_middle(browser)
        await browser.photograph(given.photograph)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        written(given.files, path)
        drive(use)


if __name__ == "__main__":
    main()
