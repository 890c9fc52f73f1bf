"""Interrupts: their exit status, and the writing that they must not cut short."""

import contextlib
import signal
import threading
from collections.abc import Iterator

from boltzwall.errors import BoltzwallError


class InterruptedRunError(BoltzwallError):
    """The user stopped the computation."""

    exit_status = 130


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold an interrupt back until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {one: signal.signal(one, lambda number, _: received.append(number)) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    if received:
        raise KeyboardInterrupt
