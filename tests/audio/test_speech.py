"""The patient's voice: which program speaks, what of a text, in which order, and how it falls silent.

Nothing is heard: a small Python script takes the place of the program, and espeak-ng writes into a file.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.audio import speech
from nurse_station.audio.speech import (
    LONGEST_CHARACTERS,
    PROGRAMS,
    Mute,
    Program,
    ProgramVoice,
    Voice,
    found,
    spoken,
)

PATIENCE_S = 10.0
SCRIPT = """
import os, pathlib, subprocess, sys, time
book, gate = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
def write(line):
    with book.open("a", encoding="utf-8") as file:
        file.write(line + "\\n")
said = sys.stdin.buffer.read().decode().strip()
write(" ".join([f"begin {os.getpid()}", *sys.argv[3:], said]))
if said == "fail":
    sys.exit(3)
if said == "mute":
    sys.exit("error: no sound device.")
if said == "child":
    write(f"child {subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid}")
while not gate.exists():
    time.sleep(0.01)
write(f"end {said}")
"""
"""Writes down what it is given; goes on until the gate is open."""
Made = Callable[..., "Peer"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="asks for processes as POSIX has them")


class Peer:
    """A voice whose program is the script, and what the script wrote."""

    def __init__(self, folder: Path, *, is_open: bool = True, **more: object) -> None:
        self.book, self.gate, self.script = folder / "book", folder / "gate", folder / "script.py"
        self.script.write_text(SCRIPT, encoding="utf-8")
        if is_open:
            self.gate.touch()
        row = Program(name="peer", before=(str(self.script), str(self.book), str(self.gate)), slow=("slow",),
                      woman=("woman",), man=("man",), complaint="error:")  # fmt: skip
        self.voice = ProgramVoice(replace(row, **more), sys.executable)  # type: ignore[arg-type]

    @property
    def lines(self) -> list[str]:
        return self.book.read_text(encoding="utf-8").splitlines() if self.book.exists() else []

    @property
    def said(self) -> list[str]:
        """What was begun, without process numbers."""
        return [line.split(" ", 2)[2] for line in self.lines if line.startswith("begin")]

    def pid(self, word: str = "begin") -> int:
        return int(next(line for line in self.lines if line.startswith(word)).split()[1])


def until(so: Callable[[], object]) -> None:
    """Wait for what another process does."""
    for _ in range(int(PATIENCE_S / 0.01)):
        if so():
            return
        time.sleep(0.01)
    pytest.fail(f"not within {PATIENCE_S:g} s")


def lives(pid: int) -> bool:
    """Also as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    peers: list[Peer] = []

    def make(**more: object) -> Peer:
        peers.append(Peer(tmp_path, **more))  # type: ignore[arg-type]
        return peers[-1]

    yield make
    for peer in peers:
        peer.voice.close()


# Which program


@pytest.mark.parametrize(
    ("platform", "there", "name"),
    [
        ("linux", {"espeak-ng", "spd-say", "espeak"}, "espeak-ng"),
        ("linux", {"spd-say", "espeak"}, "espeak"),
        ("linux", {"spd-say"}, "spd-say"),
        ("linux", {"say", "powershell"}, ""),
        ("darwin", {"say", "espeak-ng", "powershell"}, "say"),
        ("darwin", {"espeak-ng"}, "espeak-ng"),
        ("win32", {"powershell", "say"}, "powershell"),
        ("freebsd14", {"espeak"}, "espeak"),
        ("linux", set(), ""),
    ],
)
def test_the_first_program_that_the_system_has_speaks(platform: str, there: set[str], name: str) -> None:
    voice = found(platform, lambda wanted: f"/bin/{wanted}" if wanted in there else None)
    assert voice.name == name
    assert bool(voice.trouble) == (not name)


def test_whoever_has_none_is_told_which_could_be_installed() -> None:
    assert found("linux", lambda _: None).trouble == (
        "This computer has no speech program (espeak-ng): the patient's words are text only."
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_no_row_puts_words_where_a_shell_reads_them(program: Program) -> None:
    for woman in (True, False, None):
        for slow in (True, False):
            given_ = program.options(woman=woman, slow=slow)
            assert all("{}" not in part and "%" not in part for part in given_)
    assert program.name not in {"sh", "bash", "cmd"}


def test_a_woman_has_a_womans_voice_and_the_drowsy_speak_slowly(made: Made) -> None:
    peer = made()
    for text, woman in (("Yes?", True), ("Mm... yes.", False), ("No.", None)):
        peer.voice.say(text, woman=woman)
        until(lambda end=f"end {text}": end in peer.lines)  # type: ignore[misc]
    assert peer.said == ["woman Yes?", "man slow Mm... yes.", "No."]


# What of a text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Mm... yes.”", "Mm... yes."),
        ("(groans)", ""),
        ("I feel sick (groans) now", "I feel sick now"),
        ("It hurts (the arm [left] is swollen)", "It hurts"),
        ("It hurts (the arm", "It hurts"),
        ("*sighs* No.", "No."),
        ("[[h@'loU]] Yes.", "Yes."),
        ("-w file", "w file"),
        ("!-!CANCEL all", "CANCEL all"),
        ("a\nb\x07c", "a b c"),
        ("...", ""),
        ("About 7 of 10.", "About 7 of 10."),
        ("", ""),
    ],
)
def test_only_words_are_spoken(text: str, words: str) -> None:
    assert spoken(text) == words


@given(st.text(max_size=2 * LONGEST_CHARACTERS))
def test_what_is_spoken_is_one_short_line_that_begins_with_a_word(text: str) -> None:
    said = spoken(text)
    assert len(said) <= LONGEST_CHARACTERS
    assert said.isprintable()
    assert not said or said[0].isalnum()
    assert spoken(said) == said


def test_what_is_no_word_starts_no_program(made: Made) -> None:
    peer = made()
    peer.voice.say("(groans)")
    peer.voice.say("Yes.")
    until(lambda: "end Yes." in peer.lines)
    assert peer.said == ["Yes."]


# One after the other


def test_one_utterance_ends_before_the_next_begins(made: Made) -> None:
    peer = made(is_open=False)
    peer.voice.say("one")
    until(lambda: peer.said == ["one"])
    peer.voice.say("two")
    peer.gate.touch()
    until(lambda: "end two" in peer.lines)
    assert [line.split()[-1] for line in peer.lines] == ["one", "one", "two", "two"]


def test_of_what_waits_the_newest_is_spoken(made: Made) -> None:
    peer = made(is_open=False)
    peer.voice.say("one")
    until(lambda: peer.said == ["one"])
    for text in ("two", "three", "four"):
        peer.voice.say(text)
    peer.gate.touch()
    until(lambda: "end four" in peer.lines)
    assert peer.said == ["one", "four"]


# Silence


@posix
def test_hush_ends_the_program_and_what_it_started(made: Made) -> None:
    peer = made(is_open=False)
    peer.voice.say("child")
    until(lambda: len(peer.lines) == 2)
    [one, other] = peer.pid(), peer.pid("child")
    peer.voice.hush()
    until(lambda: not lives(one))
    until(lambda: not lives(other) or _is_orphaned_zombie(other))
    assert not peer.voice.trouble


def _is_orphaned_zombie(pid: int) -> bool:
    """Killed, and left to whoever reaps orphans here."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_what_waited_is_forgotten_when_hushed_and_speech_goes_on_after_it(made: Made) -> None:
    peer = made(is_open=False)
    peer.voice.say("one")
    until(lambda: peer.said == ["one"])
    peer.voice.say("two")
    peer.voice.hush()
    peer.gate.touch()
    peer.voice.say("three")
    until(lambda: "end three" in peer.lines)
    assert peer.said == ["one", "three"]
    assert not peer.voice.trouble


def test_hush_of_a_silent_voice_does_nothing(made: Made) -> None:
    peer = made()
    peer.voice.hush()
    peer.voice.say("one")
    until(lambda: "end one" in peer.lines)


@posix
def test_close_leaves_no_process_no_zombie_and_no_thread(made: Made) -> None:
    peer = made(is_open=False)
    peer.voice.say("one")
    until(lambda: peer.said == ["one"])
    one = peer.pid()
    peer.voice.close()
    assert not lives(one)
    assert not [thread for thread in threading.enumerate() if thread.name == "patient's voice"]


def test_a_closed_voice_says_nothing(made: Made) -> None:
    peer = made()
    peer.voice.close()
    peer.voice.say("one")
    peer.voice.close()
    assert peer.lines == []


@posix
def test_what_ended_by_itself_leaves_no_zombie(made: Made) -> None:
    peer = made()
    peer.voice.say("one")
    until(lambda: "end one" in peer.lines)
    until(lambda: not lives(peer.pid()))


def test_a_program_whose_speech_outlives_it_is_told_to_be_quiet(made: Made, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet"
    peer = made(is_open=False, quiet=("-c", f"open({str(quiet)!r}, 'w')"))
    peer.voice.say("one")
    until(lambda: peer.said == ["one"])
    assert not quiet.exists()
    peer.voice.hush()
    until(quiet.exists)


# What goes wrong


@pytest.mark.parametrize(
    ("text", "why"),
    [("fail", "peer ended with code 3"), ("mute", "peer was not heard (no sound device)")],
)
def test_a_program_that_fails_is_told_once_and_called_no_more(
    made: Made, caplog: pytest.LogCaptureFixture, text: str, why: str
) -> None:
    peer = made()
    peer.voice.say(text)
    until(lambda: peer.voice.trouble)
    peer.voice.say("again")
    peer.voice.close()
    assert peer.voice.trouble == f"The patient's voice is off, the words are text only: {why}."
    assert peer.said == [text]
    assert caplog.messages == [peer.voice.trouble]


def test_a_program_that_vanished_is_told(tmp_path: Path) -> None:
    voice = ProgramVoice(Program(name="peer"), str(tmp_path / "gone"))
    voice.say("one")
    until(lambda: voice.trouble)
    assert "peer cannot be started" in voice.trouble
    voice.close()


def test_a_program_that_does_not_end_is_ended_and_told(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "LONGEST_S", 0.5)
    peer = made(is_open=False)
    peer.voice.say("one")
    until(lambda: peer.voice.trouble)
    assert "does not end" in peer.voice.trouble


def test_mute_is_a_voice_that_says_why() -> None:
    mute: Voice = Mute("Why.")
    mute.say("one")
    mute.hush()
    mute.close()
    assert (mute.name, mute.trouble) == ("", "Why.")


# The real one, into a file


@pytest.mark.parametrize("woman", [True, False, None])
@pytest.mark.parametrize("slow", [True, False])
def test_espeak_ng_takes_these_options(tmp_path: Path, woman: bool | None, slow: bool) -> None:
    path = shutil.which("espeak-ng")
    if path is None:
        pytest.skip("espeak-ng is not installed: its options are not tried")
    [row] = [program for program in PROGRAMS if program.name == "espeak-ng"]
    wav = tmp_path / "heard.wav"
    command = [path, *row.options(woman=woman, slow=slow), "-w", str(wav)]
    done = subprocess.run(command, input=b"Mm... yes.\n", capture_output=True, timeout=PATIENCE_S, check=True)
    assert done.stderr == b""
    assert wav.read_bytes()[:4] == b"RIFF"
    assert wav.stat().st_size > 20_000
