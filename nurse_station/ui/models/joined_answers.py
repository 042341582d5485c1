"""Answers to what one press asked for, read together: the last one alone would hide the others. No Qt."""

from dataclasses import dataclass, field, replace

from nurse_station.station.view import Answer


@dataclass(slots=True)
class JoinedAnswers:
    """Joins the answers that a bed still owes to one press."""

    _owed: dict[str, int] = field(default_factory=dict)
    _heard: dict[str, list[Answer]] = field(default_factory=dict)
    _instead: dict[str, str] = field(default_factory=dict)

    def expect(self, bed: str, answers: int) -> None:
        """One press asked for so much at a bed: what was owed before is read by itself."""
        self._owed[bed], self._heard[bed] = answers, []
        self._instead.pop(bed, None)

    def instead(self, bed: str, sentence: str) -> None:
        """What is read when it was done, as something that is still to be looked after."""
        self._instead[bed] = sentence

    def heard(self, answer: Answer) -> Answer:
        """The answer with those before it that belong to the same press."""
        if not self._owed.get(answer.bed, 0):
            return answer
        self._owed[answer.bed] -= 1
        said = self._heard[answer.bed]
        said.append(answer)
        instead = self._instead.pop(answer.bed, "")
        if instead and answer.done:
            return replace(answer, done=False, sentence=instead)
        sentence = " ".join(dict.fromkeys(each.sentence for each in said))
        return replace(answer, done=all(each.done for each in said), sentence=sentence)
