"""Which of the patient's words are spoken: those said now, to a lesson that runs. It speaks nothing itself.

No hint, nothing that is seen, nothing of the past: not before second 0, not after a pause or a rewinding. A
patient talks through an alarm, as in life; the alarms' own sound is another's, and nothing here touches it.
"""

from typing import Protocol

from nurse_station.classroom.view import LessonSnapshot, Stage
from nurse_station.simulator.person import Sex
from nurse_station.station.view import Answer
from nurse_station.ui.models import practice
from nurse_station.ui.models.practice import Kind

NO_VOICE = "Practice was started without a voice: the patient's words are text only."
SPOKEN = "The patient's words are spoken, by {}."
TEXT_ONLY = "The patient's words are text only."


class Voice(Protocol):
    """What a screen asks of a voice; it imports no sound. Calls return at once."""

    @property
    def name(self) -> str:
        """The program that speaks."""

    @property
    def trouble(self) -> str:
        """Why nothing is spoken any more, one sentence; empty: it is."""

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """Speak when what is spoken now has ended; `woman`: None is not known."""

    def hush(self) -> None:
        """Fall silent at once."""


class Unvoiced:
    """A peer that speaks nothing."""

    name, trouble = "", NO_VOICE

    def say(self, text: str, *, woman: bool | None = None) -> None:
        """See `Voice.say`."""

    def hush(self) -> None:
        """See `Voice.hush`."""


class Speaking:
    """One a lesson.

    Attributes:
        on: Whether the trainee wants it.
    """

    def __init__(self, voice: Voice, shown: LessonSnapshot, *, on: bool = True) -> None:
        """`shown`: as the lesson is when the bed is entered; what was said before is past."""
        self._voice, self.on = voice, on and not voice.trouble
        self._told = not self.on
        sex = shown.scenario.patient.sex
        self._woman = None if sex is None else sex is Sex.FEMALE
        self._generation, self._heard = shown.generation, len(_words(shown))
        self._silent = ""

    def show_lesson(self, shown: LessonSnapshot) -> None:
        """The lesson as it is now."""
        words = _words(shown)
        new = words[self._heard :]
        anew = shown.generation != self._generation
        self._generation, self._heard = shown.generation, len(words)
        if anew or shown.stage is not Stage.RUNNING:
            self._voice.hush()
        elif self.on and not self._silent:
            for each in new:
                self._voice.say(each, woman=self._woman)

    def show_silence(self, why: str) -> None:
        """Why practice is not heard now; empty: it is. What is not heard does not speak."""
        self._silent = why
        if why:
            self._voice.hush()

    def switch(self) -> Answer:
        """On, or off; the answer says what is so now."""
        if trouble := self._voice.trouble:
            self.on = False
            return Answer(done=False, sentence=trouble)
        self.on = not self.on
        if not self.on:
            self._voice.hush()
            return Answer(done=True, sentence=TEXT_ONLY)
        return Answer(done=not self._silent, sentence=self._silent or SPOKEN.format(self._voice.name))

    def news(self) -> str:
        """Why it speaks no longer although it was wanted, once; empty: nothing happened."""
        trouble = self._voice.trouble
        if self._told or not trouble:
            return ""
        self.on, self._told = False, True
        return trouble

    def stop(self) -> None:
        """The lesson is left."""
        self._voice.hush()


def _words(shown: LessonSnapshot) -> tuple[str, ...]:
    return tuple(said.words for said in practice.heard(shown) if said.kind is Kind.PATIENT and said.words)
