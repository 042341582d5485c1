"""A run as one frozen value, for a screen, a page or a script. It is practice, and no record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from nurse_station.alarms.limits import Limits
from nurse_station.assessments.checks import Due
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions import deeds
from nurse_station.training.day import EPOCH, SIMULATION
from nurse_station.training.headless import headless, rewound
from nurse_station.training.log import Check, Line, Point, What
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.policy import Policy
from nurse_station.training.run import Run, SameAgain
from nurse_station.training.scenario import Scenario
from nurse_station.training.score import APNOEA, AlarmTimes, Score, margin, score

UNTOUCHED_S = 300.0
RESPONSIVENESS, OVERDUE = "responsiveness", "check_overdue"
"""The kind of check, and the alarm that says so."""
ENTERED_S = 2.5
"""A check is counted as done so soon after its entry: the day is looked at once a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What came of a run. It is of its own type: nothing that keeps a patient's record takes it.

    Attributes:
        scenario, name, version: Which.
        trainee: Who practised; of a scripted nurse, the policy's key.
        seed: Which person and hour.
        lasted_s: Seconds.
        score: Done, late, missed, wrong; alarms, checks, documentation, the margin.
        log: The timeline.
        checks: Every check.
        curve: What the trainee could not see.
        learning: What to take along.
        untouched_margin_s: From the apnoea alarm to the SpO₂ alarm if nobody had done anything from the
            first on; None: no apnoea, none within five minutes, or not asked for.
        mark: SIMULATION.
    """

    scenario: str
    name: str
    version: int
    trainee: str
    seed: int
    lasted_s: float
    score: Score
    log: tuple[Line, ...]
    checks: tuple[Check, ...]
    curve: tuple[Point, ...]
    learning: tuple[str, ...]
    untouched_margin_s: float | None = None
    mark: str = SIMULATION

    def as_json(self) -> dict[str, Any]:
        """Plain values; seconds since the run began."""
        body = asdict(self)
        body["score"]["named"] = sorted(self.score.named)
        return body


def folded(trainee: str) -> str:
    """A trainee's name as it is compared: without case, each space once."""
    return " ".join(trainee.casefold().split())


def debriefed(run: Run, trainee: str, seed: int, *, untouched: Limits | None = None) -> Debrief:
    """The debrief of a run that is over; `untouched`: the limits to live it again with, headless, to see what
    the apnoea alarm won; None: that is not asked for."""
    scenario, checks = run.scenario, checks_of(run)
    return Debrief(
        scenario=scenario.key, name=scenario.name, version=scenario.version, trainee=trainee, seed=seed,
        lasted_s=run.now, score=score(scenario, run.log, checks, run.now, whole=run.over), log=tuple(run.log),
        checks=checks,
        curve=tuple(run.points), learning=scenario.learning,
        untouched_margin_s=None if untouched is None else untouched_margin(run, untouched),
    )  # fmt: skip


def checks_of(run: Run) -> tuple[Check, ...]:
    """Every check of the run; which the cuff did by itself is told, and what was let go late is in it."""
    counted = run.day.all_checks(run.now)
    by_hand = [at - EPOCH for at, measured in run.day.session.of(deeds.Measured)
               if "nibp_sys" in measured.values]  # fmt: skip
    told = (replace(check, by_cuff=_by_cuff(check, by_hand)) for check in counted)
    return (*told, *_let_go(run, [check for check in counted if check.kind == RESPONSIVENESS]))


def _by_cuff(check: Check, by_hand: Iterable[float]) -> bool:
    if check.kind != "nibp" or check.done_at is None or check.late:
        return False
    return not any(0.0 <= check.done_at - at <= ENTERED_S for at in by_hand)


def _let_go(run: Run, counted: Iterable[Check]) -> Iterator[Check]:
    """What the station said was overdue, longer than the protocol forgives, and the day does not know any
    more: an emergency or a stop ended the schedule, and nobody had looked."""
    row = run.day.protocol.checks.get(RESPONSIVENESS)
    grace_s = Due(kind=RESPONSIVENESS, at=None).late_after_s if row is None else 60.0 * row.late_after_min
    for began, ended in _alarmed(run.log, OVERDUE, run.now):
        known = any(check.due_at <= began + ENTERED_S and (check.done_at is None or check.done_at >= began)
                    for check in counted)  # fmt: skip
        if ended - began >= grace_s and not known:
            yield Check(kind=RESPONSIVENESS, due_at=began, done_at=None, late=True)


def _alarmed(log: Sequence[Line], key: str, until: float) -> Iterator[tuple[float, float]]:
    """From when to when an alarm was there, each time."""
    for place, line in enumerate(log):
        if line.what is What.ALARM and line.key == key:
            ended = (each.at for each in log[place:] if each.what is What.ALARM_ENDED and each.key == key)
            yield line.at, next(ended, until)


def untouched_margin(run: Run, limits: Limits) -> float | None:
    """By how much the apnoea alarm would have led the SpO₂ alarm if nobody had acted on it, seconds."""
    alarm = next((line.at for line in run.log if line.what is What.ALARM and line.key == APNOEA), None)
    if alarm is None:
        return None
    again, idle = rewound(run, alarm, limits), SameAgain(())
    while margin(again.log) is None and again.now < alarm + UNTOUCHED_S:
        again.step(idle)
    return margin(again.log)


def trained(scenario: Scenario, policy: Policy, seed: int, protocol: Protocol, limits: Limits) -> Debrief:
    """A scripted nurse's run, at full speed."""
    run = headless(scenario, seed, protocol, limits).play(ScriptedNurse(policy, seed))
    return debriefed(run, policy.key, seed)


def as_text(debrief: Debrief) -> Iterator[str]:
    """For a person."""
    score = debrief.score
    yield f"{debrief.mark}  {debrief.name}, {debrief.trainee}, seed {debrief.seed}, {debrief.lasted_s:.0f} s"
    yield score.verdict
    for result in score.results:
        when = "" if result.after_s is None else f" after {result.after_s:.0f} s"
        yield f"  {result.outcome.value:13} {result.words}{when} (within {result.within_s:.0f} s)"
    for each in score.against:
        often = f", {each.times} times" if each.times > 1 else ""
        yield f"  against       {each.words}, at {each.at:.0f} s{often}"
    for line in debrief.log:
        if line.what is What.REFUSED:
            yield f"  refused       at {line.at:.0f} s, {line.words}"
    yield from (f"  alarm         {_alarm_words(alarm)}" for alarm in score.alarms)
    on_time = f"{score.checks - score.late_checks} of {score.checks}"
    yield f"Checks on time: {on_time}" if score.checks else "Checks: none became due"
    yield f"Documentation: {score.recorded} of {score.to_record}"
    if score.margin_s is not None:
        yield f"The apnoea alarm came {score.margin_s:.0f} s before the SpO₂ alarm."
    if debrief.untouched_margin_s is not None:
        yield f"Had nobody acted, SpO₂ had alarmed {debrief.untouched_margin_s:.0f} s after the apnoea alarm."
    yield from (f"* {point}" for point in debrief.learning)


def _alarm_words(alarm: AlarmTimes) -> str:
    """`apnoea (HIGH) at 117 s: over after 63 s, acknowledged after 10 s, answered after 14 s`."""
    high = " (HIGH)" if alarm.high else ""
    over = "there until the end" if alarm.ended_s is None else f"over after {alarm.ended_s:.0f} s"
    told = (over, _after("acknowledged", alarm.acknowledged_s), _after("answered", alarm.action_s))
    return f"{alarm.condition}{high} at {alarm.began:.0f} s: {', '.join(told)}"


def _after(done: str, seconds: float | None) -> str:
    return f"not {done}" if seconds is None else f"{done} after {seconds:.0f} s"
