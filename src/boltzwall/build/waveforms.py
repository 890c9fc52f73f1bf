"""From the section [drive] to the factors of time of the electric drive and the magnetic field."""

from typing import Literal, NamedTuple

from boltzwall.build.place import constant
from boltzwall.config.profiles import read_waveform
from boltzwall.config.sections import Drive
from boltzwall.physics import waveforms


class Waveforms(NamedTuple):
    """Factors of time of the two drives."""

    electric: waveforms.Waveform
    magnetic: waveforms.Waveform

    @classmethod
    def of(cls, drive: Drive) -> "Waveforms":
        """Those of a configuration.

        Raises:
            InputError: a file cannot be read.
        """
        return cls(_waveform(drive, "electric"), _waveform(drive, "magnetic"))

    def breaks(self, end_time: float) -> tuple[float, ...]:
        """The times before ``end_time`` in s at which a drive is not smooth, in order."""
        times = {t for waveform in self for t in waveform.breaks()}
        return tuple(sorted(t for t in times if 0.0 < t < end_time))


def _waveform(drive: Drive, of: Literal["electric", "magnetic"]) -> waveforms.Waveform:
    kind = getattr(drive, f"{of}_waveform")
    if kind == "constant":
        return waveforms.AlwaysOn()
    start, duration, rise, frequency = (
        constant(float(getattr(drive, f"{of}_{key}")))
        for key in ("start", "duration", "rise", "frequency")
    )
    if kind == "ramp":
        return waveforms.Ramp(start, duration)
    if kind == "linear":
        return waveforms.LinearRamp(start, duration)
    if kind == "pulse":
        return waveforms.Pulse(start, duration, rise)
    if kind == "sine":
        return waveforms.Sine(frequency, constant(0.0), start)
    times, values = read_waveform(getattr(drive, f"{of}_file"))
    return waveforms.Tabulated(constant(times), constant(values))
