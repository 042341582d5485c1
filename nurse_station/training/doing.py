"""A nurse's action -> the body, the pump, the line, the entries. What the rules refuse is told, not done."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from nurse_station.alarms.commands import Acknowledge, PauseAudio
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, StopReason
from nurse_station.sessions.states import State
from nurse_station.simulator import acts
from nurse_station.simulator.replies import SPEAKS_FROM, SWOLLEN_MG, Question
from nurse_station.training.actions import Action, words_of
from nurse_station.training.log import What

if TYPE_CHECKING:
    from nurse_station.training.run import Run

HAND = ("hr", "rr_imp", "spo2", "nibp_sys", "nibp_dia")
CUFF = ("nibp_sys", "nibp_dia")
RAISE = "raise_rate"
"""What setting the pump above what ran counts as, too."""
STOP = "stop_pump"
"""What setting the pump to 0 counts as, too."""
_ROUNDED = 1e-6
_FULL = 2
_ALDRETE = dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "oxygen"), _FULL)
_PADSS = dict.fromkeys(("vitals", "activity", "comfort", "iv_site", "intake"), _FULL)


def do(run: "Run", action: Action) -> str:
    """Do it now; the sentence that refuses it, or nothing."""
    run.did.append((run.now, action))
    ran_ml_h = run.pump_ml_h or run.ran_ml_h
    refused = _MORE.get(action.what.key, _nothing)(run, action)
    if refused:
        run.note(What.REFUSED, action.key, f"{action.words}: {refused}")
        return refused
    for act in action.what.acts:
        run.act(act)
    if action.what.asks is not None:
        _ask(run, action.what.asks)
    run.done(action.key, action.words)
    if action.key == "set_pump" and run.pump_ml_h > ran_ml_h:
        run.done(RAISE, words_of(RAISE), as_well_as=action.key)
    if action.key == "set_pump" and run.pump_ml_h == 0.0:
        run.done(STOP, words_of(STOP), as_well_as=action.key)
    return ""


def _ask(run: "Run", question: Question) -> None:
    answer = run.ask(question)
    if question in (Question.NAME, Question.SHAKEN):
        run.answered = float(answer.moaas)
    run.note(What.REPLY, question.value, f"{answer.says} ({answer.does})".strip())


def _nothing(_run: "Run", _action: Action) -> str:
    return ""


def _enter(run: "Run", *entered: Deed) -> str:
    for deed in entered:
        refused = run.enter(deed)
        if refused:
            return refused
    return ""


def _set_pump(run: "Run", action: Action) -> str:
    run.set_pump(action.number or 0.0)
    return ""


def _raise(run: "Run", action: Action) -> str:
    """As planned and entered; anyway: at the pump alone, whatever the rules say."""
    step = run.day.next_raise(run.now)
    if step is None:
        return "no raise is planned from here."
    deed = run.day.set_to(step.mg_kg_h)
    refused = "" if action.anyway else run.enter(deed)
    if not refused:
        run.set_pump(deed.pump_ml_h)
    return refused


def _resume(run: "Run", action: Action) -> str:
    ran = run.ran_ml_h
    dose = ran * run.day.session.strength / run.day.weight_kg
    refused = "" if action.anyway else run.enter(deeds.Resumed(mg_kg_h=round(dose, 4), pump_ml_h=ran))
    if not refused:
        run.set_pump(ran)
    return refused


def _bolus(run: "Run", action: Action) -> str:
    run.act(acts.Bolus(mg=action.number or 0.0))
    return ""


def _give(run: "Run", action: Action) -> str:
    """Given whether it was ordered or not: that is for the score to say."""
    dose = action.number or 0.0
    run.act(acts.Give(drug=action.drug, dose=dose))
    if _in_all(run, action.drug) > run.scenario.ordered.get(action.drug, 0.0) + _ROUNDED:
        run.note(What.AGAINST, "not_ordered", f"{action.words}, which nobody ordered")
    return run.enter(deeds.Intervened(what=action.words))


def _in_all(run: "Run", drug: str) -> float:
    """What was given of a drug in this run, this dose included: an order is no licence to go on."""
    return sum(done.number or 0.0 for _, done in run.did if done.drug == drug)


def _cuff(run: "Run", keys: tuple[str, ...]) -> str:
    measured = run.body_numerics()
    values = {key: round(value) for key in keys if (value := measured.get(key)) is not None}
    return run.enter(deeds.Measured(values=dict(values))) if values else "nothing can be measured."


def _responsiveness(run: "Run", _action: Action) -> str:
    run.answered = float(run.ask(Question.NAME).moaas)
    return run.enter(deeds.Scored(scale="moaas", score=int(run.answered)))


def _symptoms(run: "Run", _action: Action) -> str:
    hidden = run.hidden
    if hidden.moaas < SPEAKS_FROM:
        return "the patient cannot be asked: no answer comes."
    scores = {"pain": round(hidden.pain), "nausea": _grade(hidden.nausea, 3), "hallucination": _seen(run)}
    return _enter(run, *(deeds.Scored(scale=scale, score=score) for scale, score in scores.items()))


def _agitation(run: "Run", _action: Action) -> str:
    rass = min(4, round(run.hidden.agitation))
    return _enter(run, deeds.Scored(scale="rass", score=rass),
                  deeds.Scored(scale="hallucination", score=_seen(run)))  # fmt: skip


def _seen(run: "Run") -> int:
    """What is not there and is seen: of who is troubled by it as much as of who tries to get up."""
    return _grade(run.hidden.agitation, 3)


def _grade(value: float, most: int) -> int:
    return max(0, min(most, round(value)))


def _iv_site(run: "Run", _action: Action) -> str:
    swollen = run.hidden.depot_mg > SWOLLEN_MG
    return run.enter(deeds.Scored(scale="iv_site", score=2 if swollen else 0))


def _stopped(run: "Run", _action: Action) -> str:
    return run.enter(deeds.Stopped(reason=StopReason.ADVERSE, why="as found"))


def _ended(run: "Run", _action: Action) -> str:
    return run.enter(deeds.Stopped(reason=StopReason.COMPLETE))


def _dose(run: "Run", _action: Action) -> str:
    given = run.hidden.given_mg
    return run.enter(deeds.Noted(text=f"Given by the pump until now: {given:.1f} mg"))


def _intervened(run: "Run", _action: Action) -> str:
    recent = ", ".join(run.recent_words()) or "looked after the patient"
    return run.enter(deeds.Intervened(what=recent))


def _emergency(run: "Run", _action: Action) -> str:
    return run.enter(deeds.EmergencyCalled(why="as found"))


def _prepare(run: "Run", _action: Action) -> str:
    """What must be so before the patient goes, each as it is found."""
    return _symptoms(run, _action) or _enter(
        run,
        deeds.Scored(scale="moaas", score=int(run.ask(Question.NAME).moaas)),
        deeds.Questioned(key="aldrete", answers=_ALDRETE),
        deeds.Questioned(key="padss", answers=_PADSS),
        deeds.LineOut(),
        deeds.Walked(steady=True),
        deeds.Instructed(),
    )


def _discharge(run: "Run", _action: Action) -> str:
    ready = "" if run.day.session.state is State.DISCHARGE_READY else run.enter(deeds.ReadyToGo())
    return ready or run.enter(deeds.Discharged())


def _plug_in(run: "Run", _action: Action) -> str:
    run.bedside.plug_in()
    return ""


def _acknowledge(run: "Run", _action: Action) -> str:
    return run.command(Acknowledge(who=run.desk.who))


def _pause_audio(run: "Run", _action: Action) -> str:
    return run.command(PauseAudio(who=run.desk.who))


_MORE: Mapping[str, Callable[["Run", Action], str]] = {
    "set_pump": _set_pump,
    "raise_rate": _raise,
    "resume": _resume,
    "bolus": _bolus,
    "give": _give,
    "check_cable": _plug_in,
    "repeat_pressure": lambda run, _: _cuff(run, CUFF),
    "measure_by_hand": lambda run, _: _cuff(run, HAND),
    "assess_responsiveness": _responsiveness,
    "assess_symptoms": _symptoms,
    "assess_agitation": _agitation,
    "assess_iv_site": _iv_site,
    "enter_hold": lambda run, _: run.enter(deeds.Held(why="as found")),
    "enter_release": lambda run, _: run.enter(deeds.Released()),
    "enter_pause": lambda run, _: run.enter(deeds.Paused(why="as found")),
    "enter_stop": _stopped,
    "enter_intervention": _intervened,
    "enter_dose": _dose,
    "call_emergency": _emergency,
    "end_infusion": _ended,
    "prepare_home": _prepare,
    "discharge": _discharge,
    "acknowledge": _acknowledge,
    "pause_audio": _pause_audio,
}
"""What an action does besides its acts on the body."""
