"""A process of its own that sounds when the station stands still or is gone. It watches no patient.

The station tells it over a pipe that its parts are alive; whoever is killed can no longer say farewell. It
cannot say that the whole computer stopped: that is for the bedside monitor.
"""

import argparse
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from nurse_station.audio.player import system_outputs
from nurse_station.audio.siren import NO_SOUND, READY, Siren
from nurse_station.audio.vigil import FAREWELL, SOUND_S, Vigil
from nurse_station.vitals.clock import Clock, SystemClock

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "nurse_station.audio.watchdog")
PROGRAM = Path(__file__).parents[2]
BEAT_S = 0.2
"""What beat since is told so often."""
LOOK_S = 0.1
AGAIN_S = 10.0
"""A watchdog that ended is started again after so long."""
END_S = 2.0
MISSING = "If this program stops, nothing will sound: {}. Keep an eye on the bedside monitors."

# A Ctrl+C in the station's terminal, or the end of that terminal, is not meant for the watchdog.
# On POSIX a session of its own does it, and these are 0.
_APART: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Watchdog:
    """The station's side. Nothing it does waits for the other process, and no trouble of it is raised.

    Attributes:
        trouble: Why nothing would sound, one sentence; empty: nothing is known to be wrong.
    """

    def __init__(self, mark: Path | None = None, command: Sequence[str] = COMMAND) -> None:
        """Store how it is started; `start` acts.

        Args:
            mark: A file that the newest watchdog of this station writes its number to: one that still
                sounds for a station that is gone falls silent when the next one runs.
            command: The other process.
        """
        self._command = [*command, *(["--mark", str(mark)] if mark else [])]
        self._beaten: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="watchdog", daemon=True)
        self.trouble = ""

    def start(self) -> None:
        """Start the other process, and again when it ends. Returns at once."""
        self._thread.start()

    def beat(self, part: str) -> None:
        """`part` is alive: "station" or "screen". From any thread, as often as you like."""
        self._beaten.add(part)

    def farewell(self) -> None:
        """The station ends because it was asked to: no sound. Takes `END_S` at most, and once more."""
        self._ended.set()
        if self._ends_in_time() or self._process is None:
            return
        self._process.kill()  # it hangs
        self._ends_in_time()

    def _ends_in_time(self) -> bool:
        if self._thread.is_alive():
            self._thread.join(timeout=END_S)
        return not self._thread.is_alive()

    def _keep(self) -> None:
        while not self._ended.is_set():
            try:
                self._accompany()
            except OSError as error:
                self._tell(MISSING.format(error.strerror or error))
            self._ended.wait(AGAIN_S)

    def _accompany(self) -> None:
        """One life of the other process. Raises OSError when it cannot be started."""
        with subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            creationflags=_APART,
            start_new_session=True,
        ) as process:
            self._process = process
            assert process.stdin is not None
            assert process.stdout is not None
            reader = threading.Thread(target=self._listen, args=(process.stdout,), daemon=True)
            reader.start()
            with contextlib.suppress(BrokenPipeError):
                self._feed(process.stdin)
            reader.join(timeout=END_S)
        if not self._ended.is_set():
            self._tell(MISSING.format("its watchdog ended"))

    def _feed(self, pipe: IO[bytes]) -> None:
        """Tell what beat until the station ends. Raises BrokenPipeError when nobody reads any more."""
        while not self._ended.wait(BEAT_S):
            # A beat that falls between the two is told by the next one.
            beaten, self._beaten = self._beaten, set()
            pipe.write("".join(f"{part}\n" for part in sorted(beaten)).encode() or b"\n")
        pipe.write(f"{FAREWELL}\n".encode())

    def _listen(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            sentence = line.decode(errors="replace").strip()
            if sentence.startswith(NO_SOUND):
                self._tell(MISSING.format(sentence.removeprefix(NO_SOUND).rstrip(".")))
            else:
                self.trouble = ""
                log.info("watchdog: %s", sentence)

    def _tell(self, sentence: str) -> None:
        if sentence != self.trouble:
            log.warning(sentence)
        self.trouble = sentence


def _environment() -> dict[str, str]:
    """The other process finds this very program, wherever it was started."""
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROGRAM), *([known] if known else [])])}


def watch(
    words: "queue.SimpleQueue[str | None]", vigil: Vigil, clock: Clock, sound: Callable[[str], None],
    relieved: Callable[[], bool],
) -> None:  # fmt: skip
    """Take words until there is nothing more to watch over.

    Args:
        words: What the station says; None: nobody is left who could.
        vigil: Decides.
        clock: For every time.
        sound: Told what is wrong (empty: nothing) ten times a second.
        relieved: Whether another watchdog has taken over.
    """
    while not vigil.over:
        with contextlib.suppress(queue.Empty):
            word = words.get(timeout=LOOK_S)
            if word is None:
                vigil.desert(clock.now())
            else:
                vigil.hear(word, clock.now())
        vigil.step(clock.now(), clock.wall())
        if relieved():
            vigil.relieve()
        sound(vigil.trouble)


class _Voice:
    """Says and sounds what is wrong, each thing once."""

    def __init__(self, siren: Siren) -> None:
        self._siren, self._trouble = siren, ""

    def __call__(self, trouble: str) -> None:
        if trouble and trouble != self._trouble:
            _say(trouble)
        self._trouble = trouble
        self._siren.want(bool(trouble))


def _say(sentence: str) -> None:
    """To the station while it is there, and to whoever sees its terminal."""
    _print(sentence, sys.stdout)
    if not sentence.startswith(READY):
        _print(f"nurse-station watchdog: {sentence}", sys.stderr)


def _print(line: str, stream: IO[str]) -> None:
    with contextlib.suppress(
        OSError, ValueError, AttributeError
    ):  # gone, closed, or none: a windowless Python
        print(line, file=stream, flush=True)


def _hear(words: "queue.SimpleQueue[str | None]") -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in sys.stdin:
            words.put(line.strip())
    words.put(None)


def _relief(mark: Path | None) -> Callable[[], bool]:
    """Write who we are; tells whether another one has since."""
    own = str(os.getpid())

    def relieved() -> bool:
        try:
            return mark is not None and mark.read_text(encoding="utf-8") != own
        except (OSError, ValueError):
            return False

    if mark is not None:
        with contextlib.suppress(OSError):
            mark.write_text(own, encoding="utf-8")
    return relieved


def main(argv: Sequence[str]) -> int:
    """The other process: watch over whoever speaks on stdin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mark", type=Path, help="file that tells which watchdog is the newest")
    parser.add_argument("--null", action="store_true", help="an output that is never heard")
    parser.add_argument(
        "--seconds", type=float, default=SOUND_S, help="how long to sound for one that is gone"
    )
    options = parser.parse_args(argv)
    clock = SystemClock()
    words: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(words,), daemon=True).start()
    siren = Siren(clock, partial(system_outputs, heard=not options.null), _say)
    siren.open()
    vigil = Vigil(clock.now(), clock.wall(), options.seconds)
    watch(words, vigil, clock, _Voice(siren), _relief(options.mark))
    siren.close()
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # A sound system or a pipe that hangs must not keep a watchdog alive that has nothing to watch over.
    os._exit(code)
