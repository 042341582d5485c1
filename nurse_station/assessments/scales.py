"""The scales that a nurse scores, as tables with version and source. It grades nothing by itself.

Wording: MOAA/S, RASS, Aldrete and PADSS in short labels of our own after the cited tables; where an
instrument's text is somebody's (POSS, CADSS, KSET) it is not here and a clinic may define its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale.

    Attributes:
        score: Its number.
        words: What is found, in words.
        short: One to three words for a button or a cell.
    """

    score: int
    words: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale.

    Attributes:
        key: The word used in code, record and exports.
        name: As a nurse says it.
        asks: The question that the score answers.
        levels: Its steps, in the order in which they are shown.
        usual: The score of a calm, comfortable patient: one tap or key.
        version: Which published form, or our own with its year.
        source: Where it is published.
    """

    key: str
    name: str
    asks: str
    levels: tuple[Level, ...]
    usual: int
    version: str
    source: str

    @property
    def scores(self) -> tuple[int, ...]:
        """Every score, in the order shown."""
        return tuple(level.score for level in self.levels)

    def written(self, score: int) -> str:
        """`3`; with its sign where a scale goes both ways: `+3`, `−2`."""
        return f"{score:+d}".replace("-", "\N{MINUS SIGN}") if score and min(self.scores) < 0 else f"{score}"

    def level(self, score: int) -> Level:
        """The step with that score. Raises ValueError with a sentence for a score that it has not."""
        for level in self.levels:
            if level.score == score:
                return level
        low, high = min(self.scores), max(self.scores)
        msg = f"{self.name} goes from {low} to {high}, not {score}."
        raise ValueError(msg)


def _levels(*rows: tuple[int, str, str]) -> tuple[Level, ...]:
    return tuple(Level(score=score, words=words, short=short) for score, words, short in rows)


OURS = "own wording, version 1 (2026), shaped like the grades of CTCAE v5"

_ROWS: tuple[Scale, ...] = (
    Scale(
        key="moaas", name="MOAA/S", asks="How does the patient respond?", usual=5,
        version="modified Observer's Assessment of Alertness/Sedation, 0 to 5",
        source="Table 2 of BMC Anesthesiology 2022, 10.1186/s12871-022-01788-1 (after Chernik 1990)",
        levels=_levels(
            (5, "Responds readily to name in normal tone", "readily"),
            (4, "Lethargic response to name in normal tone", "lethargic"),
            (3, "Responds only after name is called loudly or repeatedly", "loud name"),
            (2, "Responds only after mild prodding or shaking", "shaking"),
            (1, "Responds only after painful trapezius squeeze", "pain only"),
            (0, "No response to painful trapezius squeeze", "none"),
        ),
    ),
    Scale(
        key="rass", name="RASS", asks="How agitated or sedated is the patient?", usual=0,
        version="Richmond Agitation-Sedation Scale, -5 to +4, short labels",
        source="Sessler 2002, 10.1164/rccm.2107138",
        levels=_levels(
            (4, "Combative", "combative"), (3, "Very agitated", "very agitated"),
            (2, "Agitated", "agitated"), (1, "Restless", "restless"), (0, "Alert and calm", "calm"),
            (-1, "Drowsy: more than 10 s of eye contact to voice", "drowsy"),
            (-2, "Light sedation: less than 10 s of eye contact to voice", "light"),
            (-3, "Moderate sedation: moves to voice, no eye contact", "moderate"),
            (-4, "Deep sedation: only physical stimulation", "deep"), (-5, "Unarousable", "unarousable"),
        ),
    ),
    Scale(
        key="avpu", name="AVPU", asks="What does the patient respond to?", usual=0,
        version="AVPU with confusion (ACVPU), generic", source="in general use",
        levels=_levels((0, "Alert", "alert"), (1, "New confusion", "confused"), (2, "Voice", "voice"),
                       (3, "Pain", "pain"), (4, "Unresponsive", "none")),
    ),
    Scale(
        key="pain", name="Pain", asks="How strong is the pain now, 0 to 10?", usual=0,
        version="numerical rating scale 0 to 10", source="in general use",
        levels=_levels(
            (0, "No pain", "0"), *((n, f"{n} of 10", f"{n}") for n in range(1, 10)),
            (10, "The worst pain imaginable", "10"),
        ),
    ),
    Scale(
        key="nausea", name="Nausea", asks="Is the patient sick?", usual=0, version=OURS, source="own",
        levels=_levels(
            (0, "None", "none"), (1, "Mild: eats and drinks", "mild"),
            (2, "Moderate: retches or cannot drink", "retching"), (3, "Severe, or vomits", "vomits"),
        ),
    ),
    Scale(
        key="hallucination", name="Hallucination", asks="Does the patient see or hear what is not there?",
        usual=0, version=OURS, source="own",
        levels=_levels(
            (0, "None", "none"), (1, "Present, not distressing; nothing to do", "mild"),
            (2, "Distressing; settles with reassurance, quiet or a lower rate", "distressing"),
            (3, "Very distressing, or unsafe behaviour: stop", "severe"),
            (4, "Danger to the patient or to others", "danger"),
        ),
    ),
    Scale(
        key="nightmare", name="Nightmares", asks="Nightmares since the last infusion?", usual=0,
        version=OURS, source="own",
        levels=_levels(
            (0, "None", "none"), (1, "Some, slept on", "some"), (2, "Distressing, woke up", "distressing"),
            (3, "Very distressing, or afraid to sleep: prescriber before start", "severe"),
        ),
    ),
    Scale(
        key="dissociation", name="Dissociation", asks="How far away does the patient feel?", usual=0,
        version=OURS, source="own",
        levels=_levels(
            (0, "Not at all", "none"), (1, "A little strange or floating", "slight"),
            (2, "Clearly detached, pleasant or neutral", "clear"),
            (3, "Detached and distressed", "distressed"),
            (4, "Does not know where or who they are", "lost"),
        ),
    ),
    Scale(
        key="anxiety", name="Anxiety", asks="How anxious is the patient?", usual=0, version=OURS,
        source="own",
        levels=_levels((0, "Calm", "calm"), (1, "Uneasy", "uneasy"),
                       (2, "Anxious, can be reassured", "anxious"), (3, "Panic", "panic")),
    ),
    Scale(
        key="iv_site", name="IV site", asks="How is the IV site?", usual=0, version=OURS,
        source="own, after the signs that VIP and INS phlebitis scores look for",
        levels=_levels((0, "Fine", "fine"), (1, "Red", "red"), (2, "Swollen or cool", "swollen"),
                       (3, "Painful", "painful"), (4, "Leaking", "leaking")),
    ),
)  # fmt: skip

SCALES: Mapping[str, Scale] = MappingProxyType({row.key: row for row in _ROWS})
"""Every scale that is scored in one tap. To add one, add a row."""
