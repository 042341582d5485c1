"""Any sequence of commands: the journal is the day, limits hold, and the dose is the integral of the rate."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from days_of_care import (
    BAG,
    MINUTE,
    ORDER,
    PATIENT,
    PROTOCOL,
    REST,
    Day,
    answered,
    infusing,
    keys,
    may_raise,
    ready,
    recovering,
    scored,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nurse_station.infusion.plan import ends_at
from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json, from_json
from nurse_station.sessions.day import summary
from nurse_station.sessions.deeds import Deed, Override, StopReason
from nurse_station.sessions.findings import Level
from nurse_station.sessions.seen import PresentAlarm
from nurse_station.sessions.session import Session, fold
from nurse_station.sessions.states import RUNNING
from nurse_station.sessions.words import note

doses = st.sampled_from((0.05, 0.1, 0.2, 0.3, 0.35, 0.4, 1.0, 2.0, 3.5))
# What agrees with the dose for 70 kg and 1 mg/mL, with 2 mg/mL, ten times and a hundred times it.
FACTORS = (1.0, 0.5, 10.0, 2.0, 100.0)


@st.composite
def pumped(draw: st.DrawFn) -> Deed:
    kind = draw(st.sampled_from((deeds.RateSet, deeds.Resumed, deeds.Started)))
    dose = draw(doses)
    return kind(mg_kg_h=dose, pump_ml_h=round(dose * 70 * draw(st.sampled_from(FACTORS)), 2))


bags = st.builds(replace, st.just(BAG), ml=st.sampled_from((20.0, 100.0, 500.0)),
                 mg_ml=st.sampled_from((0.5, 1.0, 2.0, 10.0)))  # fmt: skip
orders = st.builds(replace, st.just(ORDER), max_mg_h=st.sampled_from((10.0, 25.0, 60.0)),
                   max_total_mg=st.sampled_from((80.0, 100.0, 300.0)))  # fmt: skip
weights = st.sampled_from((40.0, 70.0, 100.0)).map(
    lambda kg: deeds.PatientBound(patient=replace(PATIENT, weight_kg=kg))
)
plain = st.sampled_from([
    deeds.ScreeningBegun(), deeds.Screened(), deeds.BaselineSet(), deeds.BaselineTaken(values=REST),
    deeds.PresenceNoted(name="Dr Okafor", present=True), deeds.PresenceNoted(name="Dr Okafor", present=False),
    deeds.SecondCheck(nurse="Nurse Ek"), deeds.EscortNoted(name="Sven", present=True),
    deeds.Held(why="x"), deeds.Released(), deeds.Paused(why="x"), deeds.Stopped(reason=StopReason.ADVERSE),
    deeds.EmergencyCalled(), deeds.EmergencyOver(), deeds.Transferred(to="hospital"), deeds.LineOut(),
    deeds.Walked(steady=True), deeds.Instructed(), deeds.ReadyToGo(), deeds.NotYet(), deeds.Discharged(),
    deeds.Noted(text="talks"), deeds.Measured(values={"nibp_sys": 130.0, "nibp_dia": 80.0}),
    *scored(moaas=5), *scored(moaas=3), *scored(hallucination=0), *scored(nausea=0), *scored(nausea=3),
])  # fmt: skip
commands = st.one_of(
    pumped(), pumped(), plain, plain, bags.map(lambda bag: deeds.BagChanged(bag=bag)),
    orders.map(lambda order: deeds.OrderWritten(order=order)), weights,
)  # fmt: skip
LIMITS = ("R5:", "R7:", "R13:")


def like(deed: Deed) -> st.SearchStrategy[Deed]:
    """What a deed may have been meant to be."""
    match deed:
        case deeds.PatientBound():
            return weights
        case deeds.OrderWritten():
            return orders.map(lambda order: deeds.OrderWritten(order=order))
        case deeds.BagChanged():
            return bags.map(lambda bag: deeds.BagChanged(bag=bag))
        case deeds.Started() | deeds.RateSet() | deeds.Resumed():
            return st.sampled_from(FACTORS).map(lambda by: replace(deed, pump_ml_h=deed.pump_ml_h * by))
        case _:
            return st.just(deed)


STARTS: tuple[Callable[[], Day], ...] = (Day, answered, ready, infusing, infusing, may_raise, recovering)


class AnyDay(RuleBasedStateMachine):
    """Commands through `decide` alone, by nurses who make mistakes."""

    @initialize(make=st.sampled_from(STARTS), passes=st.sampled_from(("", "", "R5:", "R")))
    def begin(self, make: Callable[[], Day], passes: str) -> None:
        """`passes`: how the keys begin that the prescriber lets pass; empty: all but limits."""
        self.day, self.passes = make(), passes
        self.shown: list[Session] = [fold(self.day.entries)]
        self.first = len(self.day.entries)

    @rule(minutes=st.sampled_from((0.0, 0.5, 5.0, 15.0, 31.0, 120.0)), alarmed=st.booleans())
    def wait(self, minutes: float, alarmed: bool) -> None:
        self.day.at += minutes * MINUTE
        alarm = PresentAlarm(condition="rr_low", words="RR 9 < 10", high=False)
        self.day.seen = replace(self.day.seen, alarms=(alarm,) * alarmed)

    @rule(deed=commands, named=st.booleans())
    def command(self, deed: Deed, named: bool) -> None:
        asked = self.day.asked(deed)
        overrides = self._names(asked.open) if named else ()
        decision = self.day.asked(deed, overrides)
        if decision.allowed:
            self._check(deed, decision.used)
            self.day.write(deed, decision.used)
            self.shown.append(self.day.session)
        else:
            assert all(each.sentence.endswith((".", "?")) for each in decision.open)

    @precondition(lambda self: len(self.day.entries) > 0)
    @rule(data=st.data(), named=st.booleans(), withdraw=st.booleans())
    def correct(self, data: st.DataObject, named: bool, withdraw: bool) -> None:
        number = data.draw(st.integers(1, len(self.day.entries)))
        deed = deeds.Withdrawn() if withdraw else data.draw(like(self.day.entries[number - 1].deed))
        before = self.day.session
        asked = self.day.corrected(number, deed)
        if not asked.allowed and named:
            asked = self.day.corrected(number, deed, overrides=self._names(asked.open))
        if asked.allowed:
            assert set(self.day.session.refused) <= set(before.refused)
            self.shown.append(self.day.session)

    def _names(self, found: Any) -> tuple[Override, ...]:
        named = [key for key in keys(found) if self._would_pass(key)]
        return tuple(Override(rule=key, by="Dr Okafor", why="seen and decided") for key in named)

    def _would_pass(self, key: str) -> bool:
        return key.startswith(self.passes) if self.passes else not key.startswith(LIMITS)

    def _check(self, deed: Deed, used: tuple[Override, ...]) -> None:
        """What was let pass is what the rules stopped, and nothing that they refuse."""
        stopped = {each.key for each in self.day.asked(deed).open if each.level is Level.BLOCK}
        assert {each.rule for each in used} == stopped

    @invariant()
    def the_journal_is_the_day(self) -> None:
        if not hasattr(self, "day"):
            return
        assert fold(self.day.entries) == self.day.session == self.shown[-1]
        assert self.day.session.refused == ()

    @invariant()
    def no_limit_is_passed_without_a_name(self) -> None:
        if not hasattr(self, "day"):
            return
        session, order, patient = self.day.session, self.day.session.order, self.day.session.patient
        if session.delivery is None or order is None or patient is None or self._let_pass():
            return
        assert all(s.mg_h <= order.limit_mg_h(patient.weight_kg) for s in session.delivery.segments)
        began = session.delivery.started_at()
        if began is not None:
            # The pump's digits: a tenth of a mL/h for as long as the order lasts.
            rounding = 0.1 * session.strength * order.duration_min / 60
            assert session.delivery.mg(ends_at(order, began)) <= order.max_total_mg + rounding

    def _let_pass(self) -> bool:
        named = (each.rule for entry in self.day.entries for each in entry.overrides)
        return any(key.startswith(LIMITS) for key in named)

    @invariant()
    def the_dose_is_the_integral_of_the_rate(self) -> None:
        if hasattr(self, "day") and self.day.session.delivery is not None:
            assert self.day.session.delivery.mg(self.day.at) == pytest.approx(integral(self.day), rel=1e-9)

    @invariant()
    def what_runs_fits_the_state(self) -> None:
        if hasattr(self, "day") and self.day.session.delivery is not None:
            runs = self.day.session.delivery.ml_h(self.day.at) > 0
            assert runs == (self.day.session.state in RUNNING)

    @invariant()
    def the_screen_can_show_it(self) -> None:
        if hasattr(self, "day"):
            assert summary(self.day.session, self.day.now, PROTOCOL).state is self.day.session.state

    def teardown(self) -> None:
        if not hasattr(self, "day"):
            return
        for n, shown in enumerate(self.shown):
            assert fold(self.day.entries[: self.first + n]) == shown
        again = [from_json(json.loads(json.dumps(as_json(entry)))) for entry in self.day.entries]
        assert fold(again) == self.day.session
        assert all(note(entry, fold(self.day.entries[:n])) for n, entry in enumerate(self.day.entries))


def integral(day: Day) -> float:
    """mg until now, reckoned from the standing deeds and from nothing else."""
    mg, rate, since = 0.0, 0.0, 0.0
    strength = day.session.order.concentration_mg_ml if day.session.order else 0.0
    for timed in day.session.stands:
        mg += rate * strength * (timed.at - since) / 3600
        since = timed.at
        match timed.deed:
            case (
                deeds.Started(pump_ml_h=ml_h) | deeds.RateSet(pump_ml_h=ml_h) | deeds.Resumed(pump_ml_h=ml_h)
            ):
                rate = ml_h
            case deeds.Paused() | deeds.Stopped() | deeds.EmergencyCalled():
                rate = 0.0
            case deeds.BagChanged(bag=bag):
                strength = bag.mg_ml
            case _:
                pass
    return mg + rate * strength * (day.at - since) / 3600


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(
    max_examples=35, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
