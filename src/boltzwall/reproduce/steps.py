"""Progress through steps of different weight, reported as one number."""

from boltzwall.progress import Report

# Shares of the time, in seconds of a typical machine.
FIGURE_WEIGHT, ANIMATION_WEIGHT = 3.0, 8.0


class Steps:
    """Turns the progress of each step into the progress of the whole."""

    def __init__(self, report: Report | None, total: float) -> None:
        self._report = report
        self._total = total
        self._done = 0.0
        self._current = 0.0

    def begin(self, weight: float, message: str) -> Report:
        """Start the next step; call the result with (done, total, message) of that step."""
        self._done += self._current
        self._current = weight
        start = self._done

        def report(done: float, total: float, detail: str = "") -> None:
            if self._report is not None:
                share = min(done / total, 1.0) if total > 0.0 else 0.0
                text = f"{message}: {detail}" if detail else message
                self._report(start + weight * share, self._total, text)

        report(0.0, 1.0)
        return report

    def finish(self) -> None:
        """Report that everything is done."""
        if self._report is not None:
            self._report(self._total, self._total, "done")


def part(progress: Report | None, start: float, share: float) -> Report | None:
    """Reports of a part of the work, ``share`` of it from ``start`` on, as reports of the whole."""
    if progress is None:
        return None

    def report(done: float, total: float, message: str) -> None:
        progress(start + share * done / total, 1.0, message)

    return report
