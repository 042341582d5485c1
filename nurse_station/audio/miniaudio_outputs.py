"""Sound outputs through miniaudio: WASAPI, Core Audio, PulseAudio, ALSA. The one file that imports it.

It never takes the library's null output for one that is heard, nor a sink that discards.
"""

from collections.abc import Generator, Sequence
from typing import Any

import miniaudio  # type: ignore[import-untyped]

from nurse_station.audio.outputs import Output, OutputError, Stream, Take
from nurse_station.audio.render import RATE_HZ

# Left to itself the library falls back to its null output, which takes samples for ever and is never heard.
REAL_BACKENDS = tuple(
    backend for backend in miniaudio.Backend
    if backend not in {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
)  # fmt: skip
NULL_BACKENDS = (miniaudio.Backend.NULL,)
"""Takes samples at their pace and throws them away."""
# ALSA's `null`; what PulseAudio and PipeWire make where there is no sound card.
DISCARDING = frozenset({b"null", b"auto_null"})
# Short enough that an alarm is heard at once, long enough for a process that draws eight beds.
PERIOD_MS = 20
PERIODS = 3


class MiniaudioOutputs:
    """The outputs of this computer. For one thread."""

    def __init__(self, backends: Sequence[miniaudio.Backend] = REAL_BACKENDS) -> None:
        """Store which sound systems are tried, in this order."""
        self._backends = list(backends)
        self._devices: Any = None

    def listed(self) -> tuple[Output, ...]:
        try:
            self._devices = self._devices or miniaudio.Devices(self._backends)
            found = _playbacks(self._devices._context)
        except miniaudio.MiniaudioError as error:
            self._devices = None
            msg = f"The sound system does not answer ({_reason(error)}): restart it, or the computer."
            raise OutputError(msg) from error
        if not found:
            # Another sound system may have come up meanwhile: look for one the next time.
            self._devices = None
        return found

    def open(self, output: Output, take: Take) -> Stream:
        try:
            return _started(output, take, self._backends)
        except miniaudio.MiniaudioError as error:
            msg = f"The sound output {output.name} cannot be opened ({_reason(error)}): choose another one."
            raise OutputError(msg) from error


class _Playback(miniaudio.PlaybackDevice):  # type: ignore[misc]
    """A stream that gives its context back too. The library keeps it: with PulseAudio a connection a try."""

    _own_context: Any = None

    def _make_context(self, *words: Any) -> Any:
        self._own_context = super()._make_context(*words)
        return self._own_context

    def close(self) -> None:
        super().close()
        context, self._own_context = self._own_context, None
        if context is not None:
            miniaudio.lib.ma_context_uninit(context)


def _started(output: Output, take: Take, backends: list[miniaudio.Backend]) -> _Playback:
    device_id = miniaudio.ffi.new("ma_device_id *")
    miniaudio.ffi.buffer(device_id)[:] = bytes.fromhex(output.key)
    stream = _Playback(
        miniaudio.SampleFormat.FLOAT32, 1, RATE_HZ, PERIOD_MS, device_id, PERIODS, backends,
        app_name="nurse station",
    )  # fmt: skip
    asked = _asked(take)
    next(asked)
    try:
        stream.start(asked)
    except miniaudio.MiniaudioError:
        stream.close()
        raise
    return stream


def _asked(take: Take) -> Generator[bytes, int, None]:
    frames = yield b""
    while True:
        frames = yield take(frames)


def _playbacks(context: Any) -> tuple[Output, ...]:
    # `Devices.get_playbacks` opens each device for its formats: it fails where one is busy, and does not
    # say which is the default.
    infos = miniaudio.ffi.new("ma_device_info **")
    count = miniaudio.ffi.new("ma_uint32 *")
    no = miniaudio.ffi.NULL
    result = miniaudio.lib.ma_context_get_devices(context, infos, count, no, no)
    if result != miniaudio.lib.MA_SUCCESS:
        msg = "cannot get device infos"
        raise miniaudio.MiniaudioError(msg, result)
    found = [infos[0][index] for index in range(count[0])]
    return tuple(_output(info) for info in found if not _discards(info))


def _output(info: Any) -> Output:
    name = miniaudio.ffi.string(info.name).decode(errors="replace")
    return Output(key=_id(info).hex(), name=name, is_default=bool(info.isDefault))


def _discards(info: Any) -> bool:
    return _id(info).partition(b"\0")[0] in DISCARDING


def _id(info: Any) -> bytes:
    return bytes(miniaudio.ffi.buffer(miniaudio.ffi.addressof(info, "id")))


def _reason(error: miniaudio.MiniaudioError) -> str:
    return ", ".join(str(argument) for argument in error.args)
