"""What a patient says and does when spoken to: tables by MOAA/S and by what is felt. Decides no score."""

from dataclasses import dataclass
from enum import Enum

from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.mind import FAINT_MMHG


class Question(Enum):
    """What a nurse asks."""

    LOOK = "look"  # nothing: looked at
    NAME = "name"  # called in a normal voice
    SHAKEN = "shaken"  # called aloud, and the shoulder shaken
    PAIN = "pain"
    NAUSEA = "nausea"
    PERCEPTION = "perception"
    HEADACHE_CHEST_VISION = "headache_chest_vision"
    ARM = "arm"  # the arm with the cannula: asked and looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is heard and seen.

    Attributes:
        says: Words; "" for none.
        does: What is seen, in words.
        moaas: MOAA/S as this answer shows it, 0 to 5.
    """

    says: str
    does: str
    moaas: int


_CALLED = {
    5: ("Yes? I'm here.", "looks at you at once"),
    4: ("Mm... yes.", "answers slowly, eyes half open"),
    3: ("", "stirs only when called again, aloud"),
    2: ("", "does not answer the voice"),
    1: ("", "does not answer the voice"),
    0: ("", "does not answer the voice"),
}
_SHAKEN = {
    5: ("Yes! What is it?", "looks at you at once"),
    4: ("Yes, yes... I'm awake.", "opens the eyes"),
    3: ("What... yes.", "opens the eyes and answers"),
    2: ("Mm.", "moans and moves an arm"),
    1: ("", "does not move; draws back from a pinch"),
    0: ("", "does not move"),
}
_LOOKS = {
    5: "eyes open, looks at you",
    4: "eyes half closed, drowsy",
    3: "eyes closed, seems asleep",
    2: "eyes closed, limp",
    1: "eyes closed, limp",
    0: "eyes closed, limp",
}
_STILL, _HARDLY = 0.05, 0.4
_SHUT = 0.1
"""Patency below which no air passes: neither voice nor noise."""
_OPEN = 0.95
_OF_THE_AIRWAY = frozenset({"obstruction", "laryngospasm"})
_PALE_MMHG = 90
_HURTS_MMHG = 162
"""From about 22 mmHg above this the head is felt: a pressure of 165 is not."""
_BLUE = 80
_NOISES = {
    "obstruction": ("snores", "no breath is heard"),
    "laryngospasm": ("a high crowing sound", "no sound at the throat"),
    "vomiting": ("retches", "retches"),
}
"""What is heard while air passes, and while none does."""
SPEAKS_FROM = 3
"""MOAA/S from which words come."""
_OF_HOW_IT_IS = frozenset({Question.NAUSEA, Question.PERCEPTION, Question.HEADACHE_CHEST_VISION})
SWOLLEN_MG = 0.2
"""From so much ketamine beside the vein the arm is felt, and seen to be swollen."""


def reply(question: Question, hidden: Hidden) -> Reply:
    """What comes of a question at a moment."""
    score = int(hidden.moaas)
    if question is Question.LOOK:
        return Reply(says="", does="; ".join(_sight(hidden)), moaas=score)
    says, does = (_SHAKEN if question is Question.SHAKEN else _CALLED)[score]
    if hidden.agitation > 1.5 and score >= SPEAKS_FROM:
        says, does = "No! Let me out of here, they are in the walls!", "wild eyes, tries to get up"
    elif question not in (Question.NAME, Question.SHAKEN) and score > SPEAKS_FROM:
        says, does = _felt(question, hidden)
    if hidden.systolic < FAINT_MMHG and question in _OF_HOW_IT_IS and score > SPEAKS_FROM:
        says, does = "I feel faint.", "answers slowly, in a low voice"
    if says and hidden.patency < _SHUT:
        says, does = "", "the mouth moves, no voice"
    seen = [does, *_heard(hidden)]
    seen += _skin(hidden)
    if question is Question.ARM and hidden.depot_mg > SWOLLEN_MG:
        seen.append("the arm is swollen and cool around the cannula")
    return Reply(says=says, does="; ".join(seen), moaas=score)


def _sight(hidden: Hidden) -> list[str]:
    """What is seen and heard without a word: eyes, breath, colour."""
    eyes = "wild eyes, tries to get up" if hidden.agitation > 1.5 else _LOOKS[int(hidden.moaas)]
    seen = [eyes, _breath(hidden)]
    return [*seen, *_heard(hidden), *_skin(hidden)]


def _skin(hidden: Hidden) -> list[str]:
    pale, blue = hidden.systolic < _PALE_MMHG, hidden.sao2 < _BLUE
    return ["pale and clammy"] * pale + ["lips blue"] * blue


def _heard(hidden: Hidden) -> list[str]:
    """What is heard of what is on: a narrow airway sounds only while somebody breathes through it."""
    passes = hidden.patency >= _SHUT and hidden.drive >= _STILL
    on = hidden.befallen - (_OF_THE_AIRWAY if hidden.patency > _OPEN else frozenset())
    return [noise if passes else silence for what, (noise, silence) in _NOISES.items() if what in on]


def _breath(hidden: Hidden) -> str:
    """The chest goes on moving while the airway is closed."""
    if hidden.drive < _STILL:
        return "the chest does not move"
    if hidden.patency < _HARDLY:
        return "the chest works, no air is felt at the mouth"
    return "breathes"


def _felt(question: Question, hidden: Hidden) -> tuple[str, str]:
    match question:
        case Question.PAIN:
            return f"About {hidden.pain:.0f} of 10.", "answers"
        case Question.NAUSEA:
            return _by_grade(hidden.nausea, "No, I'm fine.", "A little queasy.", "I feel really sick.",
                             "I'm going to be sick!")  # fmt: skip
        case Question.PERCEPTION:
            return _by_grade(hidden.dissociation, "Everything is as always.", "It floats a little.",
                             "I'm far away... the ceiling moves.", "I'm not in my body.")  # fmt: skip
        case Question.HEADACHE_CHEST_VISION:
            above = (hidden.systolic - _HURTS_MMHG) / 15
            return _by_grade(above, "No, nothing like that.", "No, I'm all right.",
                             "My head pounds a bit.", "My head hurts and I see spots.")  # fmt: skip
        case _:
            hurts = hidden.depot_mg > SWOLLEN_MG
            return ("It's tight and it burns." if hurts else "It's fine.", "answers")


def _by_grade(grade: float, none: str, little: str, some: str, much: str) -> tuple[str, str]:
    return (none, little, some, much)[max(0, min(3, round(grade)))], "answers"
