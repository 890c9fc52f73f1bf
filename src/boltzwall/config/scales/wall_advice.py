"""What the wall of a configuration will do, and what about it deserves a second look."""

import math
from collections.abc import Iterator

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale, cell_size
from boltzwall.config.scales.held_walls import Missing, WallLike, driven, held_wall, single_walls
from boltzwall.config.scales.torque import ExpectedTorque, expected_torque
from boltzwall.config.scales.turning import largest_turn
from boltzwall.config.scales.walls import ExpectedMotion, ExpectedWall, WallDrive

_NM, _NS = 1e9, 1e9
_COARSE = 1.0 / 3.0  # cells of this share of Δ make it 1.4 % too small
_WIDTH_ERROR = 1.0 / 8.0  # of (Δx/Δ)²: the share by which cells make Δ too small
_NEAR_END = 2.0  # widths Δ: M at the end is then within 4 % of the domain
_MISFIT = 1.5  # a texture that is so much wider or narrower than the wall at rest
_UNIFORM = 1e-6  # rad from cell to cell
_KINETIC = ("published", "consistent")


def wall_scales(config: Config) -> Iterator[Scale]:
    """The width of the wall, Walker's breakdown, and the motion that the drive gives it.

    Of several walls these are those of the first.
    """
    config = single_walls(config)[0]
    wall = held_wall(config)
    if isinstance(wall, Missing) and not _is_the_papers(config):
        yield Scale("wall", "", math.nan, "", f"it {wall.reason}", "not held")
    if not isinstance(wall, ExpectedWall):
        return
    width, own = wall.width(wall.rest), _texture_width(config)
    remark = "√(A/K)" + (f"; {own * _NM:.4g} nm in the texture" if own else "")
    yield Scale("wall width at rest", "Δ", width * _NM, "nm", remark)
    yield Scale("exchange length", "l_ex", wall.exchange_length * _NM, "nm", "√(2A/(µ0 Ms²))")
    share = cell_size(config) / width
    error = f"makes Δ {_WIDTH_ERROR * share**2:.1%} too small"
    yield Scale("cell size over wall width", "Δx/Δ", share, "", error)
    yield from _breakdown(config, wall)
    torque = expected_torque(config)
    if torque is not None:
        yield from _motion(config, wall, torque)


def wall_warnings(config: Config) -> Iterator[str]:
    """What about the place of one wall, its cells, its field and its way deserves a second look."""
    if isinstance(config.texture, sections.FileTexture):
        yield from _file_warning(config)
    if not isinstance(config.texture, WallLike):
        return
    yield from _place_warnings(config)
    wall = held_wall(config)
    if isinstance(wall, Missing) and not _is_the_papers(config):
        yield f"The wall {wall.reason} {wall.cure}"
    if isinstance(wall, ExpectedWall):
        groups = (_width_warnings, _spiral_warning, _field_warning, _end_warning, _short_warning)
        for group in groups:
            yield from group(config, wall)


def expected_motion(config: Config, wall: ExpectedWall) -> ExpectedMotion | None:
    """How the wall goes under the full drive; None where that cannot be told beforehand.

    It cannot with a torque that only its solution tells, a field that differs along the wire,
    or without damping.
    """
    torque = expected_torque(config)
    drive = config.drive
    uneven = drive.magnetic_region is not None or drive.magnetic_field_file is not None
    if torque is None or torque.lacks or uneven:
        return None
    start = wall.rest if config.dynamics.relax else wall.start
    return wall.motion(driven(config, torque.velocity, torque.beta), start)


def _is_the_papers(config: Config) -> bool:
    """Whether it is the paper's wall under its electrons, in which nothing is missing."""
    wall = isinstance(config.texture, sections.Wang2022Texture)
    return wall and config.transport.model in _KINETIC


def _texture_width(config: Config) -> float | None:
    """Δ of the texture in m, if it has one."""
    texture = config.texture
    return texture.width if isinstance(texture, sections.WallTexture) else None


def _breakdown(config: Config, wall: ExpectedWall) -> Iterator[Scale]:
    torque, field = expected_torque(config), wall.walker_field
    yield Scale("Walker field", "H_W", field, "A/m", "above it, without current, the tilt turns")
    if wall.damping and field > 0.0:
        speed = abs(wall.steady_velocity(WallDrive(field), wall.rest))
        yield Scale("speed at the Walker field", "γ0ΔH_W/α", speed, "m/s", "about")
    if torque is None or not (torque.velocity or torque.beta):
        return
    limit, current = wall.walker_velocity(torque.beta), config.drive.current_density
    remark = "β = α: no breakdown"
    if limit < math.inf:
        remark = "above it, without a field, the tilt turns"
        if current and torque.velocity:
            remark += f"; j = {abs(current * limit / torque.velocity):.3g} A/m²"
    yield Scale("Walker u", "u_W", limit, "m/s", remark)


def _motion(config: Config, wall: ExpectedWall, torque: ExpectedTorque) -> Iterator[Scale]:
    drive = driven(config, torque.velocity, torque.beta)
    if not drive.on or not wall.damping:
        return
    motion = expected_motion(config, wall)
    of = f"without {torque.lacks}" if torque.lacks else ""
    steady, free = wall.steady_velocity(drive, wall.rest), wall.free_velocity(drive)
    if motion is None:
        yield Scale("wall velocity below Walker", "v", steady, "m/s", of)
        yield Scale("wall velocity far above Walker", "v", free, "m/s", of)
        return
    turns = motion.frequency > 0.0
    expected = "expected: the tilt rests" if not turns else "were it below Walker"
    yield Scale(
        "wall velocity below Walker", "v", steady if turns else motion.velocity, "m/s", expected
    )
    if turns:
        remark = f"expected: the tilt turns with {motion.frequency / 1e9:.3g} GHz"
        yield Scale("mean wall velocity above Walker", "v", motion.velocity, "m/s", remark)
    else:
        yield Scale("wall velocity far above Walker", "v", free, "m/s", "for comparison")
    if motion.settling:
        yield Scale("time in which it becomes steady", "τ", motion.settling * _NS, "ns")
    left = _time_to_end(config, motion)
    if left is not None:
        yield Scale("time to the end of the wire", "", left * _NS, "ns", _window_remark(config))


def _window_remark(config: Config) -> str:
    return "does not matter: the window moves" if config.dynamics.moving_window else ""


def _time_to_end(config: Config, motion: ExpectedMotion) -> float | None:
    """When the middle of the wall reaches the end towards which it goes, s; of a full drive."""
    if motion.velocity == 0.0 or not isinstance(config.texture, WallLike):
        return None
    centre = _centre(config)
    return motion.time_for(config.wire.length - centre if motion.velocity > 0.0 else -centre)


def _centre(config: Config) -> float:
    texture = config.texture
    if isinstance(texture, sections.WallTexture):
        return texture.centre
    return 0.5 * getattr(texture, "width", config.wire.length)


def _file_warning(config: Config) -> Iterator[str]:
    """Of the M of a file as of a wall: what holds it together."""
    field = config.field
    if field.exchange or field.initial_state_field or config.transport.model == "published":
        return
    if config.transport.time_dependent or largest_turn(config) < _UNIFORM:
        return
    yield (
        "The magnetisation of the file is held together by nothing, for `field.exchange` is off: "
        "every cell turns by itself, under its own torque, and walls break up. Switch exchange and "
        "an anisotropy on, unless that is what you want."
    )


def _place_warnings(config: Config) -> Iterator[str]:
    texture, length = config.texture, config.wire.length
    if isinstance(texture, sections.Wang2022Texture):
        if texture.width > length * (1.0 + 1e-9):
            yield (
                f"The wall ({texture.width * _NM:.4g} nm) is wider than the wire "
                f"({length * _NM:.4g} nm), which holds only a part of it. "
                "Lower `texture.width` or take a longer wire."
            )
        return
    assert isinstance(texture, sections.WallTexture)
    centre, width = texture.centre, texture.width
    if not 0.0 <= centre <= length:
        yield (
            f"The middle of the wall ({centre * _NM:.4g} nm) lies outside the wire, which goes "
            f"from 0 to {length * _NM:.4g} nm. Give another `texture.centre`."
        )
    elif math.pi * width > length:
        yield (
            f"The wall (πΔ = {math.pi * width * _NM:.4g} nm) is wider than the wire "
            f"({length * _NM:.4g} nm): M is along the domains at neither end. Lower "
            f"`texture.width`, or take a wire of at least {2 * _NEAR_END * width * _NM:.4g} nm."
        )
    elif min(centre, length - centre) < _NEAR_END * width:
        end = "left" if centre < length - centre else "right"
        yield (
            f"The wall is {min(centre, length - centre) / width:.2g} Δ from the {end} end of the "
            f"wire: M is not along the domain there, and the wall may leave at once. Keep "
            f"`texture.centre` at least {_NEAR_END * width * _NM:.4g} nm away from the ends."
        )


def _width_warnings(config: Config, wall: ExpectedWall) -> Iterator[str]:
    width, own, dx = wall.width(wall.rest), _texture_width(config), cell_size(config)
    smallest = min(width, own or width)
    if dx > _COARSE * smallest:
        yield (
            f"The cells ({dx * _NM:.3g} nm) are longer than a third of the wall's Δ "
            f"({smallest * _NM:.3g} nm): it becomes {_WIDTH_ERROR * (dx / smallest) ** 2:.0%} too "
            "narrow, and cells may hold it back. "
            f"Take at least {math.ceil(config.wire.length / (_COARSE * smallest))} cells."
        )
    if config.field.demagnetising == "full" and dx > wall.exchange_length:
        yield (
            f"The cells ({dx * _NM:.3g} nm) are longer than the exchange length "
            f"({wall.exchange_length * _NM:.3g} nm): the demagnetising field of the wall is not "
            f"resolved. Take at least {math.ceil(config.wire.length / wall.exchange_length)} cells."
        )
    if own and not config.dynamics.relax and not 1.0 / _MISFIT < own / width < _MISFIT:
        yield (
            f"The wall of the texture (Δ = {own * _NM:.4g} nm) is {own / width:.2g} times as wide "
            f"as it will be at rest (√(A/K) = {width * _NM:.4g} nm): it changes at the start, "
            f"whatever drives it. Give `texture.width` = {width:.4g}, or set `dynamics.relax`."
        )


def _spiral_warning(config: Config, wall: ExpectedWall) -> Iterator[str]:
    chirality = math.hypot(*wall.chirality)
    critical = 4.0 * math.sqrt(wall.stiffness * wall.anisotropy.lowest) / math.pi
    if chirality > critical:
        yield (
            f"The Dzyaloshinskii–Moriya constant ({chirality:.3g} J/m²) is above the critical one, "
            f"4√(AK)/π = {critical:.3g} J/m²: walls cost no energy, and M turns into a spiral. "
            "(Skyrmions need two dimensions: here M depends on x alone.)"
        )


def _field_warning(config: Config, wall: ExpectedWall) -> Iterator[str]:
    field = abs(driven(config, 0.0, 0.0).field)
    reversing = 2.0 * wall.anisotropy.lowest / (4e-7 * math.pi * wall.magnetisation)
    if field > reversing:
        yield (
            f"The magnetic field along the domains ({field:.3g} A/m) is stronger than the "
            f"anisotropy that holds them, 2K/(µ0 Ms) = {reversing:.3g} A/m: the domain against it "
            "turns over as a whole. Lower `drive.magnetic_field`."
        )


def _end_warning(config: Config, wall: ExpectedWall) -> Iterator[str]:
    dynamics, drive = config.dynamics, config.drive
    motion = expected_motion(config, wall)
    if motion is None or dynamics.moving_window or config.transport.time_dependent:
        return
    left = _time_to_end(config, motion)
    waves = (drive.electric_waveform, drive.magnetic_waveform)
    if left is None or any(wave != "constant" for wave in waves) or left >= dynamics.end_time:
        return
    end = "right" if motion.velocity > 0.0 else "left"
    needed = 2.0 * abs(motion.path(dynamics.end_time))
    yield (
        f"At about {motion.velocity:.3g} m/s the wall reaches the {end} end of the wire after "
        f"{left * _NS:.3g} ns and leaves, but the run goes on to {dynamics.end_time * _NS:.4g} ns. "
        "Set `dynamics.moving_window` = true, lower `dynamics.end_time`, or take a wire of at "
        f"least {needed * _NM:.4g} nm."
    )


def _short_warning(config: Config, wall: ExpectedWall) -> Iterator[str]:
    motion, end = expected_motion(config, wall), config.dynamics.end_time
    if motion is None or config.transport.time_dependent:
        return
    needed = 2.0 * motion.settling if motion.settling else 1.0 / max(motion.frequency, 1e-300)
    if motion.velocity and end < needed and config.dynamics.stop == "end":
        what = "becomes steady" if motion.settling else "has turned once"
        yield (
            f"The run ends ({end * _NS:.3g} ns) before the wall {what}, which takes about "
            f"{needed * _NS:.3g} ns: its velocity at the end is none that lasts. "
            "Raise `dynamics.end_time`."
        )
