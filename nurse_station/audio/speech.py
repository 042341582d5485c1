"""The patient's words in practice, spoken by a program that the computer has. It decides no word.

Qt's own speech is not in the part of Qt that the program stands on. A program of its own cannot touch the
alarms' sound, and what hangs or fails in it stays there. No word ever stands where a shell reads it.
"""

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

log = logging.getLogger(__name__)

NONE_FOUND = (
    "This computer has no speech program ({}): the patient's words are text only."  # programs by name
)
FAILED = "The patient's voice is off, the words are text only: {} {}."
HANGS = "does not end"
WAITING = 1
"""Utterances kept beside the one that is heard: a patient's words that come late are wrong words."""
LONGEST_CHARACTERS = 300
LONGEST_S = 60.0
"""An utterance that lasts longer hangs."""
END_S = 2.0
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Voice(Protocol):
    """What speaks. Calls return at once; from one thread."""

    @property
    def name(self) -> str:
        """The program; empty: none."""

    @property
    def trouble(self) -> str:
        """Why nothing is spoken any more, one sentence; empty: it is."""

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """Speak after what is spoken now; of what waits the newest stays. `woman`: None is not known."""

    def hush(self) -> None:
        """Fall silent in the middle of a word; what waits is forgotten."""

    def close(self) -> None:
        """Fall silent for good. Takes END_S at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """How a speech program is called: options in the order of the fields, the words on its input.

    Attributes:
        name: As it is looked for, and named to a nurse.
        platform: `sys.platform` where it is what it seems to be; empty: everywhere.
        before: Options of every call.
        anyone, woman, man: Whose voice.
        usual, slow: How fast; slow for the drowsy.
        after: What ends the call.
        complaint: A line of its errors that begins so means that nothing was heard, whatever its code.
        quiet: Options that silence it where its speech outlives it; empty: it falls silent with its end.
    """

    name: str
    platform: str = ""
    before: tuple[str, ...] = ()
    anyone: tuple[str, ...] = ()
    woman: tuple[str, ...] = ()
    man: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    complaint: str = ""
    quiet: tuple[str, ...] = ()

    def options(self, *, woman: bool | None, slow: bool) -> tuple[str, ...]:
        """Of one call."""
        whose = {True: self.woman, False: self.man, None: self.anyone}[woman]
        return (*self.before, *whose, *(self.slow if slow else self.usual), *self.after)


def _espeak(name: str) -> Program:
    """Words a minute; UTF-8. Without a sound device it complains and ends with 0."""
    return Program(
        name=name, before=("--stdin", "-b", "1"), complaint="error:",
        anyone=("-v", "en"), woman=("-v", "en+f3"), man=("-v", "en+m3"),
        usual=("-s", "155"), slow=("-s", "110"),
    )  # fmt: skip


_READ = "[IO.StreamReader]::new([Console]::OpenStandardInput(), [Text.Encoding]::UTF8).ReadToEnd()"
PROGRAMS: tuple[Program, ...] = (
    Program(name="say", platform="darwin", before=("-f", "-"), usual=("-r", "165"), slow=("-r", "115")),
    Program(
        name="powershell", platform="win32",
        before=("-NoProfile", "-NonInteractive", "-Command", "Add-Type -AssemblyName System.Speech;",
                "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"),
        woman=("$s.SelectVoiceByHints('Female');",), man=("$s.SelectVoiceByHints('Male');",),
        slow=("$s.Rate = -4;",), after=(f"$s.Speak({_READ})",),
    ),
    _espeak("espeak-ng"),
    _espeak("espeak"),
    # The last: its speech is a server's, and to be silenced takes whatever the server says at that moment.
    Program(
        name="spd-say", before=("--pipe-mode", "--wait", "--language", "en"),
        woman=("--voice-type", "female1"), man=("--voice-type", "male1"), slow=("--rate", "-40"),
        quiet=("--stop",),
    ),
)  # fmt: skip
"""The first that is found speaks."""
NAMED = {"darwin": "say", "win32": "powershell"}
"""What is named to whoever has none; elsewhere espeak-ng, which any Linux can install."""

_DIRECTION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*[^*]*\*")
_UNCLOSED = re.compile(r"[(\[].*$", re.DOTALL)
_MARKS = re.compile(r"[“”\"<>\[\])*]")
_FIRST = re.compile(r"^[\W_]+")
_PAUSED = re.compile(r"\.\.\.|…")


def spoken(text: str) -> str:
    """The words of a text on one line: without stage directions `(groans)`, `[coughs]`, `*sighs*`."""
    before = ""
    while text != before:  # one within the other
        before, text = text, _DIRECTION.sub(" ", text)
    said = "".join(sign if sign.isprintable() else " " for sign in _UNCLOSED.sub("", text))
    # A program may read what begins with a dash or an exclamation mark as an order.
    said = _FIRST.sub("", " ".join(_MARKS.sub(" ", said).split()))
    return said[:LONGEST_CHARACTERS].rstrip()


class Mute:
    """A peer that speaks nothing, and says why."""

    name = ""

    def __init__(self, trouble: str) -> None:
        self.trouble = trouble

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """See `Voice.say`."""

    def hush(self) -> None:
        """See `Voice.hush`."""

    def close(self) -> None:
        """See `Voice.close`."""


class ProgramVoice:
    """Satisfies `Voice`: a process for each utterance, one after the other, in a thread of its own."""

    def __init__(self, program: Program, path: str) -> None:
        """`path`: where the program is."""
        self.name, self.trouble = program.name, ""
        self._program, self._path = program, path
        self._change = threading.Condition()
        self._waiting: deque[tuple[tuple[str, ...], str]] = deque(maxlen=WAITING)
        self._process: subprocess.Popen[bytes] | None = None
        self._hushes, self._closed = 0, False
        self._thread: threading.Thread | None = None

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """See `Voice.say`. Words with a pause `...` in them are a drowsy person's, and said slowly."""
        said = spoken(text)
        if not said:
            return
        options = self._program.options(woman=woman, slow=bool(_PAUSED.search(said)))
        with self._change:
            if self.trouble or self._closed:
                return
            self._waiting.append((options, said))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="patient's voice", daemon=True)
                self._thread.start()
            self._change.notify()

    def hush(self) -> None:
        """See `Voice.hush`."""
        with self._change:
            self._waiting.clear()
            self._hushes += 1
            if self._process is not None:
                _kill(self._process)

    def close(self) -> None:
        """See `Voice.close`."""
        self.hush()
        with self._change:
            self._closed = True
            self._change.notify()
        if self._thread is not None:
            self._thread.join(timeout=END_S)

    # In the thread

    def _work(self) -> None:
        while (job := self._next()) is not None:
            hushes, options, said = job
            try:
                trouble = self._speak(hushes, options, said)
            except OSError as error:  # it vanished, or may not be run
                trouble = f"cannot be started ({error.strerror or error})"
            if self._was_hushed(hushes):
                self._quiet()
            elif trouble:
                self._give_up(trouble)

    def _next(self) -> tuple[int, tuple[str, ...], str] | None:
        """What is to be spoken now, when there is something; None: nothing any more."""
        with self._change:
            self._change.wait_for(lambda: self._closed or self._waiting)
            return None if self._closed else (self._hushes, *self._waiting.popleft())

    def _speak(self, hushes: int, options: Sequence[str], said: str) -> str:
        """Until it has been said. Returns what went wrong; raises OSError when it cannot be started."""
        with _started([self._path, *options]) as process:
            self._hold(process, hushes)
            try:
                _, errors = process.communicate(f"{said}\n".encode(), timeout=LONGEST_S)
            except subprocess.TimeoutExpired:
                _kill(process)
                return HANGS
            finally:
                with self._change:
                    self._process = None
        return _went_wrong(process.returncode, errors.decode(errors="replace"), self._program.complaint)

    def _hold(self, process: "subprocess.Popen[bytes]", hushes: int) -> None:
        """Who hushes from now on finds it; who did while it was started wants it silent too."""
        with self._change:
            self._process = process
            if self._hushes != hushes:
                _kill(process)

    def _was_hushed(self, hushes: int) -> bool:
        with self._change:
            return self._hushes != hushes

    def _quiet(self) -> None:
        if self._program.quiet:
            with suppress(OSError, subprocess.TimeoutExpired):
                _run([self._path, *self._program.quiet])

    def _give_up(self, trouble: str) -> None:
        with self._change:
            self.trouble = FAILED.format(self.name, trouble)
            self._waiting.clear()
        log.warning(self.trouble)


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Its own group: a Ctrl+C in the terminal is not meant for it, and what it starts ends with it."""
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        creationflags=_NO_WINDOW, start_new_session=True,
    )  # fmt: skip


def _run(command: Sequence[str]) -> None:
    """To its end, which is not waited for longer than END_S."""
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW, timeout=END_S, check=False,
    )  # fmt: skip


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started; one that ended is left alone."""
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _went_wrong(code: int, errors: str, complaint: str) -> str:
    """What a program that has ended says of itself; empty: all was well."""
    if complaint:
        told = next((line for line in errors.splitlines() if line.startswith(complaint)), "")
        if told:
            return f"was not heard ({told.removeprefix(complaint).strip().rstrip('.')})"
    return f"ended with code {code}" if code else ""


def found(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which,
    programs: Sequence[Program] = PROGRAMS,
) -> Voice:  # fmt: skip
    """The voice of this computer; a Mute that says why where it has none. Starts nothing yet."""
    for program in programs:
        path = which(program.name) if program.platform in ("", platform) else None
        if path is not None:
            return ProgramVoice(program, path)
    return Mute(NONE_FOUND.format(NAMED.get(platform, "espeak-ng")))
