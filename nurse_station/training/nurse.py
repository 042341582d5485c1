"""A scripted nurse at work: looks every second, and does what her rules say, each in its time."""

from nurse_station.simulator.chance import Stream
from nurse_station.training.actions import Action
from nurse_station.training.conditions import Look
from nurse_station.training.policy import Policy

QUICK, SLOW = 0.8, 1.25
"""The seed makes her reaction times so much shorter or longer."""


class ScriptedNurse:
    """Satisfies what `run.Run` wants of a nurse."""

    def __init__(self, policy: Policy, seed: int) -> None:
        self._rules = policy.rules
        self._pace = Stream(seed, "nurse").between(QUICK, SLOW)
        self._begun: dict[int, float] = {}
        self._coming: list[tuple[float, Action]] = []

    def acts(self, now: float, look: Look) -> list[Action]:
        """What she does at `now`, in order."""
        for number, rule in enumerate(self._rules):
            began = self._begun.get(number)
            rests = began is not None and (not rule.again_s or now - began < rule.again_s)
            if not rests and rule.when.holds(look):
                self._begun[number] = now
                first = now + self._pace * rule.after_s
                self._coming += [(first + self._pace * rule.each_s * place, action)
                                 for place, action in enumerate(rule.do)]  # fmt: skip
        due = [action for at, action in self._coming if at <= now]
        self._coming = [each for each in self._coming if each[0] > now]
        return due
