"""Days for paper, made by chance or by hand, and kept in a real record."""

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limits import LimitChange, Scope
from nurse_station.alarms.words import Kind, Priority
from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.order import Bag, DrugForm, Order, OrderedDrug, Step
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import extended, fold
from nurse_station.sessions.words import note
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import Reading

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
T0 = START.timestamp()
MONO = 500.0
MINUTE = 60.0
NURSES = ("Nurse Lindström-Featherstonehaugh", "Nurse Ek", "B. Okonkwo")


@dataclass
class PaperDay:
    """What happens in a day: times are seconds from its beginning."""

    simulated: bool = False
    seconds: float = 600.0
    bed_name: str = "Chair by the window"
    entries: list[Entry] = field(default_factory=list)
    alarms: list[AlarmChange | ActTaken] = field(default_factory=list)
    journal: list[tuple[float, str, dict[str, object], str]] = field(default_factory=list)
    vitals: dict[str, list[tuple[float, float | None]]] = field(default_factory=dict)
    cuffs: list[tuple[float, float, float, float]] = field(default_factory=list)

    def do(
        self, at: float, deed: Deed, who: str = NURSES[0], overrides: tuple[Override, ...] = (),
        corrects: int | None = None, why: str = "", entered: float | None = None,
    ) -> Entry:  # fmt: skip
        entry = Entry(number=len(self.entries) + 1, at=T0 + at, who=who, deed=deed, overrides=overrides,
                      corrects=corrects, why=why,
                      entered=None if entered is None else T0 + entered)  # fmt: skip
        self.entries.append(entry)
        return entry

    def alarm(
        self, condition: str, began: float, ended: float | None, *, value: float | None, limit: float | None,
        priority: Priority = Priority.HIGH, seen: float | None = None, who: str = NURSES[1],
        kind: Kind = Kind.PHYSIOLOGICAL,
    ) -> None:  # fmt: skip
        rows = [(began, Event.DELAY_ELAPSED, State.PENDING, State.ACTIVE, "")]
        if seen is not None:
            rows.append((seen, Event.ACKNOWLEDGED, State.ACTIVE, State.ACTIVE, who))
        if ended is not None:
            rows.append((ended, Event.ENDED, State.ACTIVE, State.INACTIVE, ""))
        for at, event, before, after, by in rows:
            self.alarms.append(AlarmChange(
                number=len(self.alarms) + 1, at=MONO + at, condition=condition, kind=kind, event=event,
                before=before, after=after, priority=priority, acknowledged=bool(by), value=value,
                limit=limit, delay_s=0.0, detail=(), onset=MONO + began - 4, who=by,
            ))  # fmt: skip

    def act(self, at: float, act: Act, who: str = NURSES[1], **more: object) -> None:
        self.alarms.append(ActTaken(number=len(self.alarms) + 1, at=MONO + at, act=act, who=who, **more))

    def write(self, folder: Path, protocol: str = "crps_4h_titrated") -> str:
        """Into a record; returns the session's name."""
        clock = ManualClock(now=MONO, wall=START)
        writer = RecordWriter(folder, clock, practice=self.simulated)
        writer.start()
        name = writer.begin_session("chair-1", self.bed_name, simulated=self.simulated)
        for at, what in sorted(self._happenings(protocol), key=lambda each: each[0]):
            clock.advance(max(MONO + at - clock.now(), 0.0))
            if isinstance(what, list):
                writer.write(name, what, at=clock.now())
            else:
                kind, body, who = what
                writer.journal(name, kind, body, who, durable=False)
        clock.advance(max(MONO + self.seconds - clock.now(), 0.0))
        writer.end_session(name, NURSES[0]).result(20)
        assert writer.close()
        return name

    def _happenings(self, protocol: str) -> list[tuple[float, object]]:
        found: list[tuple[float, object]] = [(at, (kind, body, who)) for at, kind, body, who in self.journal]
        before = fold(())
        for place, entry in enumerate(self.entries):
            body = {**as_json(entry), "said": note(entry, before), "protocol": protocol}
            corrects = entry.corrects is not None
            before = fold(self.entries[: place + 1]) if corrects else extended(before, entry)
            done = entry.at if entry.entered is None else entry.entered
            written = done - T0 if not corrects else self.seconds - 1
            found.append((written, ("session", body, entry.who)))
        for each in self.alarms:
            kind = "alarm" if isinstance(each, AlarmChange) else each.act.value
            who = each.who or "station"
            found.append((each.at - MONO, (kind, each.as_json(), who)))
        return found + [(at, list(readings)) for at, readings in self._readings().items()]

    def _readings(self) -> dict[float, list[Reading]]:
        found: dict[float, list[Reading]] = {}
        for key, points in self.vitals.items():
            for at, value in points:
                reading = Reading(parameter=key, value=value, at=MONO + at, source="ge-s5-dri")
                found.setdefault(at, []).append(reading)
        for measured, *pressures in self.cuffs:
            for after in (1.0, 2.0):  # a monitor says it again and again
                found.setdefault(measured + after, []).extend(
                    Reading(parameter=f"nibp_{part}", value=value, at=MONO + measured + after,
                            source="ge-s5-dri", measured_at=MONO + measured)
                    for part, value in zip(("sys", "dia", "mean"), pressures, strict=True)
                )  # fmt: skip
        return found


def order(start: float = 0.1, weight: float = 70.0, lot: str = "LOT-A123") -> Order:
    steps = tuple(Step(after_min=30.0 * n, mg_kg_h=round(start + 0.1 * n, 2)) for n in (1, 2))
    return Order(
        form=DrugForm.RACEMIC, concentration_mg_ml=1.0, bag_ml=500.0, lot=lot, expiry=date(2027, 1, 31),
        start_mg_kg_h=start, steps=steps, max_mg_kg_h=0.35, max_mg_h=round(0.35 * weight, 2),
        max_total_mg=100.0, duration_min=240.0, prescriber="Dr Adaeze Okafor-Montgomery",
        premedication=(OrderedDrug(what="midazolam 2 mg IV", when="before the start"),),
        as_needed=(OrderedDrug(what="ondansetron 4 mg IV", when="nausea grade 2 or more"),),
    )  # fmt: skip


def chance_day(seed: int) -> PaperDay:
    """Any day that the rules may lead to, and some that a damaged journal tells."""
    dice = random.Random(seed)
    day = PaperDay(seconds=dice.choice([900.0, 4000.0, 20000.0]), simulated=dice.random() < 0.2)
    day.bed_name = dice.choice(["Chair 1", "Chair by the <window> & door #2 *", "Стул 3"])
    if dice.random() < 0.9:
        _people(day, dice)
        _drug(day, dice)
    _found(day, dice)
    _alarms(day, dice)
    _vitals(day, dice)
    day.entries.sort(key=lambda entry: entry.at)
    day.entries = [_numbered(entry, number) for number, entry in enumerate(day.entries, start=1)]
    if day.entries and dice.random() < 0.5:
        scored = [entry for entry in day.entries if isinstance(entry.deed, deeds.Scored)]
        if scored:
            wrong = dice.choice(scored)
            right = deeds.Scored(scale=wrong.deed.scale, score=_score(dice, wrong.deed.scale))
            day.do(wrong.at - T0, right, corrects=wrong.number, why=f"slip {seed}")
    return day


def _numbered(entry: Entry, number: int) -> Entry:
    return Entry(number=number, at=entry.at, who=entry.who, deed=entry.deed, overrides=entry.overrides)


def _score(dice: random.Random, scale: str) -> int:
    return dice.choice(SCALES[scale].scores)


def _people(day: PaperDay, dice: random.Random) -> None:
    name = dice.choice(["Berg, Anna", "Ó Súilleabháin-Wolfeschlegelsteinhausen, Max", "Иванова, Ольга",
                        "#let x = [*a*] $1$, \\_@b"])  # fmt: skip
    patient = deeds.Patient(
        name=name, born=date(1940 + dice.randrange(60), dice.randrange(1, 13), 2), weight_kg=_weight(dice),
        number=dice.choice(["", f"MRN-{dice.randrange(10**6)}"]),
        allergies=dice.choice(["", "penicillin, latex"]),
        diagnosis="CRPS", female=dice.choice([True, False, None]),
    )  # fmt: skip
    day.do(1, deeds.PatientBound(patient=patient))
    day.do(2, deeds.ScreeningBegun(course="C1", day=dice.randrange(1, 6)))
    for key in dice.sample(sorted(QUESTIONS), dice.randrange(len(QUESTIONS))):
        words = dice.choice(["", "since 2019, treated", "see letter of Dr Ng"])
        day.do(3, deeds.Answered(question=key, reply=dice.choice(list(deeds.Reply)), note=words))
    let = (Override(rule="R1:heart", by="Dr Okafor", why="seen and decided, as the letter says"),)
    day.do(4, deeds.Screened(), overrides=let if dice.random() < 0.5 else ())
    for number in range(dice.randrange(4)):
        values = {"nibp_sys": float(dice.randrange(90, 180)), "spo2": float(dice.randrange(88, 101)),
                  "hr": float(dice.randrange(40, 130)), "temp1": 36.6}  # fmt: skip
        day.do(5 + number, deeds.BaselineTaken(values=values, on_air=dice.random() < 0.8))
    day.do(9, deeds.BaselineSet())


def _weight(dice: random.Random) -> float:
    return round(dice.uniform(35, 180), 1)


def _drug(day: PaperDay, dice: random.Random) -> None:
    day.do(
        10,
        deeds.OrderWritten(order=order(start=dice.choice([0.05, 0.1, 0.15]), lot=f"L{dice.randrange(999)}")),
    )
    day.do(11, deeds.SecondCheck(nurse="Nurse Ek"))
    day.do(12, deeds.EscortNoted(name="Sven Berg", phone="070 123 456"))
    at = 20.0
    day.do(at, deeds.Started(mg_kg_h=0.1, pump_ml_h=round(dice.uniform(1, 9), 2)))
    kinds = ("rate", "pause", "hold", "bag", "note")
    for _ in range(dice.randrange(8)):
        at += dice.uniform(20, day.seconds / 12)
        kind = dice.choice(kinds)
        if kind == "rate":
            day.do(
                at,
                deeds.RateSet(
                    mg_kg_h=round(dice.uniform(0.05, 0.35), 3), pump_ml_h=round(dice.uniform(1, 25), 1)
                ),
            )
        elif kind == "pause":
            day.do(at, deeds.Paused(why=dice.choice(["toilet", ""])))
            day.do(at + 15, deeds.Resumed(mg_kg_h=0.1, pump_ml_h=round(dice.uniform(1, 9), 2)))
            at += 15
        elif kind == "hold":
            day.do(at, deeds.Held(why="blood pressure"))
            day.do(at + 5, deeds.Released())
            at += 5
        elif kind == "bag":
            day.do(at, deeds.BagChanged(bag=Bag(ml=250, mg_ml=2.0, lot=f"B{dice.randrange(999)}")))
        else:
            day.do(at, deeds.Intervened(what="Oxygen 2 L/min by cannula", note=f"n{dice.randrange(999)}"))
    if dice.random() < 0.8:
        day.do(
            at + 10,
            deeds.Stopped(reason=dice.choice(list(deeds.StopReason)), why=dice.choice(["", "enough"])),
        )
        day.do(at + 11, deeds.WasteNoted(ml=round(dice.uniform(1, 400), 1), witness="Nurse Ek"))
        for key, sheet in QUESTIONNAIRES.items():
            answers = {
                item.key: dice.choice(list(item.answers)) for item in sheet.items if dice.random() < 0.9
            }
            day.do(at + 30, deeds.Questioned(key=key, answers=answers))
        day.do(
            at + 31,
            deeds.OutcomeNoted(benefit=dice.choice([True, False, None]), plan=dice.choice(["", "Tuesday"])),
        )


def _found(day: PaperDay, dice: random.Random) -> None:
    for _ in range(dice.randrange(12)):
        at = dice.uniform(0, day.seconds * 0.9)
        for scale in dice.sample(sorted(SCALES), dice.randrange(1, 5)):
            day.do(at, deeds.Scored(
                scale=scale, score=_score(dice, scale), note=dice.choice(["", "as she says"])),
                   who=dice.choice(NURSES))  # fmt: skip
    for _ in range(dice.randrange(3)):
        values = {"nibp_sys": float(dice.randrange(90, 200)), "nibp_dia": float(dice.randrange(40, 90)),
                  "hr": float(dice.randrange(40, 130))}  # fmt: skip
        day.do(dice.uniform(0, day.seconds * 0.9), deeds.Measured(values=values), who="Nurse Ek")
    for _ in range(dice.randrange(3)):
        day.do(
            dice.uniform(0, day.seconds * 0.9), deeds.Noted(text=f"Reads a book, page {dice.randrange(999)}")
        )


def _alarms(day: PaperDay, dice: random.Random) -> None:
    at = 30.0
    for _ in range(dice.randrange(10)):
        at += dice.uniform(5, day.seconds / 15)
        length = round(dice.uniform(1, 20), 1)
        seen = dice.choice([None, at + round(length / 2, 1)])
        day.alarm(dice.choice(["spo2_low", "rr_low", "hr_high", "etco2_low"]), at,
                  dice.choice([at + length, at + length, None]), value=round(dice.uniform(60, 99), 1),
                  limit=float(dice.randrange(60, 100)), seen=seen,
                  priority=dice.choice([Priority.LOW, Priority.MEDIUM, Priority.HIGH]))  # fmt: skip
        at += length
    if dice.random() < 0.5:
        change = LimitChange(scope=Scope.PATIENT, key="spo2_low.medium", who="Nurse Ek", old=90.0,
                             new=float(dice.randrange(85, 90)), why="chronic lung disease")  # fmt: skip
        day.act(at, Act.LIMIT_SET, change=change)
        day.act(at + 1, Act.AUDIO_PAUSED, until=MONO + at + 121)


def _vitals(day: PaperDay, dice: random.Random) -> None:
    for key, low, high in (("hr", 50, 120), ("spo2", 88, 100), ("rr_co2", 6, 24), ("etco2", 25, 50)):
        if dice.random() < 0.8:
            every = max(day.seconds / 300, 1.0)
            day.vitals[key] = [(round(every * n, 3), float(dice.randrange(low, high))) for n in range(300)]
    for number in range(dice.randrange(6)):
        sys = float(dice.randrange(95, 190))
        day.cuffs.append((60.0 * number + 5, sys, sys - 40, sys - 25))


def real_day(seconds: float = 6.2 * 3600, *, simulated: bool = False) -> PaperDay:
    """Five hours of infusion and recovery at one value a second, with everything that a busy day has."""
    dice = random.Random(7)
    day = PaperDay(seconds=seconds, simulated=simulated, bed_name="Chair 3 by the window, north room")
    patient = deeds.Patient(
        name="Ó Súilleabháin-Featherstonehaugh, Maximiliana Josephine", born=date(1961, 11, 30),
        weight_kg=72.4,
        number="MRN-00471199-B", allergies="penicillin (rash), latex, adhesive tape",
        diagnosis="Complex regional pain syndrome type I, left forearm and hand, since 2021", female=True,
    )  # fmt: skip
    day.do(60, deeds.PatientBound(patient=patient))
    day.do(120, deeds.ScreeningBegun(course="C1", day=3))
    for number, key in enumerate(QUESTIONS):
        yes = key == "apnoea"
        day.do(130 + 8 * number, deeds.Answered(
            question=key, reply=deeds.Reply.YES if yes else deeds.Reply.NO,
            note="mild, CPAP at home, brought along; asked the prescriber" if yes else ""))  # fmt: skip
    day.do(
        300,
        deeds.Screened(),
        overrides=(
            Override(
                rule="R1:apnoea",
                by="Dr Adaeze Okafor-Montgomery",
                why="capnography on, side position, seen at 8:04",
            ),
        ),
    )
    for number in range(3):
        day.do(400 + 180 * number, deeds.BaselineTaken(values={
            "nibp_sys": 126.0 + number, "nibp_dia": 78.0, "nibp_mean": 94.0, "hr": 71.0 + number,
            "spo2": 98.0, "rr_co2": 14.0, "etco2": 38.0}))  # fmt: skip
    day.do(800, deeds.BaselineSet())
    day.do(820, deeds.OrderWritten(order=order(weight=72.4)))
    day.do(830, deeds.PresenceNoted(name="Dr Adaeze Okafor-Montgomery", present=True))
    day.do(840, deeds.EscortNoted(name="Sven Featherstonehaugh", phone="+46 70 123 45 67"))
    day.do(850, deeds.SecondCheck(nurse="Nurse Ek"))
    for scale, score in (("pain", 7), ("moaas", 5), ("nightmare", 1), ("rass", 0)):
        day.do(
            860, deeds.Scored(scale=scale, score=score, note="two nights ago" if scale == "nightmare" else "")
        )
    start = 900.0
    day.do(start, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.24))
    day.do(start + 1900, deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14.4))
    day.do(start + 3900, deeds.RateSet(mg_kg_h=0.3, pump_ml_h=21.7))
    day.do(start + 5000, deeds.Paused(why="SpO₂ 84, jaw thrust, rouses to voice"))
    day.do(start + 5400, deeds.Resumed(mg_kg_h=0.2, pump_ml_h=14.4))
    day.do(start + 8000, deeds.Held(why="blood pressure 172/101, repeat in five minutes, no symptoms"))
    day.do(start + 8400, deeds.Released())
    day.do(start + 14400, deeds.Stopped(reason=deeds.StopReason.COMPLETE))
    day.do(start + 14500, deeds.WasteNoted(ml=434.2, witness="Nurse Ek"))
    _real_checks(day, start, dice)
    _real_care(day, start)
    _real_alarms(day, start, dice)
    _real_vitals(day, start, dice)
    day.entries.sort(key=lambda entry: entry.at)
    day.entries = [
        Entry(number=n, at=e.at, who=e.who, deed=e.deed, overrides=e.overrides)
        for n, e in enumerate(day.entries, start=1)
    ]
    wrong = next(entry for entry in day.entries if isinstance(entry.deed, deeds.Scored))
    day.do(wrong.at - T0, deeds.Scored(scale=wrong.deed.scale, score=6), corrects=wrong.number,
           why="she said six, I wrote seven")  # fmt: skip
    return day


def _real_checks(day: PaperDay, start: float, dice: random.Random) -> None:
    for number in range(1, 20):
        at = start + 900 * number + dice.choice([-60, 0, 20, 70, 250])
        if number in (9, 14):
            continue  # nobody looked
        who = dice.choice(NURSES)
        found = {"moaas": 5 if number < 3 or number > 15 else 4, "rass": 0 if number % 5 else -1}
        if number % 2 == 0:
            found |= {"pain": max(2, 7 - number // 3), "nausea": int(number == 8),
                      "hallucination": int(number == 8),
                      "dissociation": 1, "anxiety": 0}  # fmt: skip
        if number % 4 == 0:
            found["iv_site"] = 0
        for scale, score in found.items():
            note_ = "sees the curtain breathe, is amused" if scale == "hallucination" and score else ""
            day.do(at + len(day.entries) % 7, deeds.Scored(scale=scale, score=score, note=note_), who=who)
    for raised in (1900, 3900):
        day.do(start + raised + 300, deeds.Scored(scale="moaas", score=4), who=NURSES[1])
    day.do(
        start + 6000, deeds.Measured(values={"nibp_sys": 138.0, "nibp_dia": 84.0, "hr": 78.0}), who=NURSES[2]
    )


def _real_care(day: PaperDay, start: float) -> None:
    day.do(start + 5010, deeds.Intervened(what="Jaw thrust, side position, oxygen 2 L/min by cannula",
                                          note="SpO₂ 95 after one minute; prescriber came"))  # fmt: skip
    day.do(
        start + 7300, deeds.Intervened(what="ondansetron 4 mg IV", note="nausea grade 1 rising, as ordered")
    )
    day.do(start + 9000, deeds.Noted(text="Sleeps lightly, answers to her name, escort reads to her."))
    end = start + 14400
    answers = {
        row: dict.fromkeys((item.key for item in sheet.items), 2) for row, sheet in QUESTIONNAIRES.items()
    }
    answers["aldrete"]["oxygen"] = 1
    day.do(end + 3650, deeds.Questioned(key="aldrete", answers=answers["aldrete"]))
    day.do(end + 3660, deeds.Questioned(key="padss", answers=answers["padss"]))
    day.do(end + 3670, deeds.LineOut())
    day.do(end + 3680, deeds.Walked(steady=True))
    day.do(end + 3690, deeds.Instructed())
    day.do(
        end + 3700, deeds.EscortNoted(name="Sven Featherstonehaugh", phone="+46 70 123 45 67", present=True)
    )
    day.do(end + 3710, deeds.ReadyToGo())
    day.do(
        end + 3720, deeds.OutcomeNoted(benefit=True, plan="Day 4 tomorrow at 8, same order; ask about dreams")
    )
    day.do(end + 3730, deeds.Discharged())


def _real_alarms(day: PaperDay, start: float, dice: random.Random) -> None:
    rows = (("spo2_low", 84.0, 90.0), ("rr_low", 7.0, 8.0), ("nibp_sys_high", 172.0, 160.0),
            ("hr_high", 121.5, 120.0), ("etco2_low", 24.0, 25.0), ("apnoea", 22.0, 20.0))  # fmt: skip
    for number in range(44):
        key, value, limit = rows[number % len(rows)]
        at = start + 150 + 400 * number + dice.uniform(0, 120)
        seen = None if number % 5 == 0 else at + round(dice.uniform(3, 40), 1)
        day.alarm(key, at, at + round(dice.uniform(8, 90), 1), value=value, limit=limit, seen=seen,
                  priority=Priority(1 + number % 3))  # fmt: skip
    change = LimitChange(scope=Scope.PATIENT, key="nibp_sys_high.medium", who=NURSES[1], old=160.0, new=170.0,
                         why="from baseline")  # fmt: skip
    day.act(start + 8100, Act.LIMIT_SET, change=change)
    day.act(start + 8200, Act.AUDIO_PAUSED, until=MONO + start + 8320)
    day.act(start + 8320, Act.AUDIO_PAUSE_ENDED, who="station", why="elapsed")
    day.alarms.sort(key=lambda each: each.at)
    day.journal += [
        (20, "monitor_connected", {"port": "COM4", "monitor": "ge-s5-dri"}, NURSES[0]),
        (start + 10000, "line_silent", {"port": "COM4"}, "station"),
        (start + 10240, "line_back", {"port": "COM4"}, "station"),
    ]  # fmt: skip


def _real_vitals(day: PaperDay, start: float, dice: random.Random) -> None:
    silent = range(int(start + 10000), int(start + 10240))
    base = {
        "hr": (74, 6),
        "pr": (74, 6),
        "spo2": (97, 1),
        "rr_co2": (13, 2),
        "rr_imp": (13, 3),
        "etco2": (39, 2),
    }
    for key, (middle, spread) in base.items():
        points = []
        for second in range(30, int(day.seconds) - 60):
            wave = spread * math.sin(second / 700 + len(key)) + dice.gauss(0, spread / 4)
            value = round(min(middle + wave, 100.0) if key == "spo2" else middle + wave)
            if key == "spo2" and start + 4940 < second < start + 5020:
                value = 84
            if key == "spo2" and second == int(start + 12000):
                value = 71  # one second
            if second not in silent:
                points.append((float(second), float(value)))
        day.vitals[key] = points
    for number in range(23):
        at = start - 600 + 900 * number
        sys = 128 + 20 * math.sin(number / 4) + (30 if number == 10 else 0)
        day.cuffs.append((at, round(sys), round(sys * 0.6), round(sys * 0.73)))
