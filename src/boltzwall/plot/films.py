"""Pictures after one another as a file: GIF (Pillow) or MP4 (the ffmpeg from pip)."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

from boltzwall.errors import InputError

FRAMES_PER_SECOND = 12
HOLD = 10  # how many frames long the last one stays
COLOURS = 64  # of the GIF's palette
FilmWriter = Callable[[Iterator[np.ndarray], Path], None]


def film_writer(path: Path) -> FilmWriter:
    """What writes RGB pictures (height, width, 3) in the format that the suffix names.

    Raises ``InputError`` for another suffix than .gif and .mp4.
    """
    writers: dict[str, FilmWriter] = {".gif": _write_gif, ".mp4": _write_mp4}
    if path.suffix.lower() not in writers:
        raise InputError(
            f"An animation's name must end in .gif or .mp4, but `{path.name}` was given."
        )
    return writers[path.suffix.lower()]


def _write_gif(frames: Iterator[np.ndarray], path: Path) -> None:
    pictures = [Image.fromarray(frame) for frame in frames]
    # One palette for all frames, or colours flicker.
    palette = pictures[len(pictures) // 2].quantize(COLOURS)
    indexed = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    duration = 1000 // FRAMES_PER_SECOND
    durations = [duration] * (len(indexed) - 1) + [duration * HOLD]
    indexed[0].save(
        path,
        format="GIF",
        save_all=True,
        append_images=indexed[1:],
        duration=durations,
        loop=0,
        optimize=False,
    )


def _write_mp4(frames: Iterator[np.ndarray], path: Path) -> None:
    picture = _even(next(frames))
    height, width = picture.shape[:2]
    video = imageio_ffmpeg.write_frames(
        str(path),
        (width, height),
        fps=FRAMES_PER_SECOND,
        quality=8,
        macro_block_size=1,
        # ffmpeg would guess the container from the name, which is still the temporary one.
        output_params=["-f", "mp4"],
    )
    video.send(None)
    with closing(video):
        video.send(picture.tobytes())
        for frame in frames:
            picture = _even(frame)
            video.send(picture.tobytes())
        for _ in range(HOLD):
            video.send(picture.tobytes())


def _even(frame: np.ndarray) -> np.ndarray:
    """Video needs an even number of pixels both ways."""
    height, width = frame.shape[:2]
    return np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
