"""Model against source: what the simulated body does, beside the published figures it was made from.

`--pictures FOLDER` draws the plots of docs/physiology.md. Sources and how well each is supported: that page.
"""

import sys
from argparse import ArgumentParser
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, stdev
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import print_json, print_machine, progress, significant
from nurse_station.infusion.concentration import Kinetics
from nurse_station.simulator.acts import Befall, Oxygen, SetPump
from nurse_station.simulator.body import Body
from nurse_station.simulator.gases import Gases
from nurse_station.simulator.person import History, Person, Sex
from nurse_station.simulator.response import AVERAGE

Floats = NDArray[np.float64]
Rows = dict[str, dict[str, float]]
Record = dict[str, Rows]
WEIGHT_KG = 70.0
PROTOCOL_MIN, PROTOCOL_MG_KG_H = 40, 0.75
APNOEA_AT = 180.0
BEFORE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """A row of the published table: rates (minutes, mg/h) and plasma (ng/mL) at minutes."""

    name: str
    rates: tuple[tuple[float, float], ...]
    published: dict[int, float]


REGIMENS = (
    Regimen(name="0.35 mg/kg/h, 4 h", rates=((0, 24.5), (240, 0)),
            published={30: 106, 60: 137, 120: 176, 240: 220, 270: 121, 300: 97}),
    Regimen(name="0.1-0.2-0.3-0.35 every 30 min", rates=((0, 7), (30, 14), (60, 21), (90, 24.5), (240, 0)),
            published={30: 30, 60: 70, 120: 150, 240: 208, 270: 110, 300: 88}),
    Regimen(name="0.5 mg/kg in 40 min", rates=((0, 52.5), (40, 0)),
            published={30: 228, 40: 253, 60: 96, 120: 50, 240: 26}),
    Regimen(name="200 mg in 4 h", rates=((0, 50), (240, 0)),
            published={30: 217, 60: 280, 120: 359, 240: 448, 270: 247, 300: 198}),
)  # fmt: skip
CASES = {
    "air": (0.21, False, 29, 55), "air, obese": (0.21, True, 14, 40),
    "30 % oxygen": (0.30, False, 72, 98), "50 % oxygen": (0.50, False, 163, 190),
}  # fmt: skip
"""Inspired part, obese, seconds until the true and until the shown saturation is below 90 %."""
PUBLISHED_RISE = {
    "systolic": (12.61, 10.4, 14.8),
    "diastolic": (8.49, 6.9, 10.1),
    "heart_rate": (4.09, 0.6, 7.6),
}


def adult(*, obese: bool = False) -> Person:
    """The source's adult, whose oximeter shows what the blood has."""
    person = replace(Person.drawn(1, age=45, sex=Sex.MALE, weight_kg=WEIGHT_KG), etco2=38.0)
    person = replace(person, history=History(obese=obese))
    return replace(person, spo2=Gases(person).sao2)


def plasma(regimen: Regimen, minutes: Floats) -> Floats:
    """ng/mL at minutes."""
    kinetics = Kinetics(weight_kg=WEIGHT_KG)
    return kinetics.curve([(60 * at, rate) for at, rate in regimen.rates], 60 * minutes).plasma_ng_ml


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """How far one person's values are above those before the drug, a row a minute; mmHg, /min."""

    systolic: Floats
    diastolic: Floats
    heart_rate: Floats


def rise(seed: int) -> Rise:
    """One clinic patient's 40 minutes."""
    person = Person.drawn(seed, history=History.drawn(seed))
    body = Body(person, seed)
    body.act(SetPump(mg_h=PROTOCOL_MG_KG_H * person.weight_kg), BEFORE_S)
    rows = [body.hidden(float(at)) for at in range(0, BEFORE_S + 60 * PROTOCOL_MIN + 1, 10)]
    told: dict[str, Floats] = {}
    for name in PUBLISHED_RISE:
        values = np.array([getattr(row, name) for row in rows])
        told[name] = values[6::6] - values[:7].mean()
    return Rise(**told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """An apnoea: seconds after the end of the last breath, and what was true and shown then."""

    seconds: Floats
    true: Floats
    shown: Floats
    apnoea_s: float

    def below(self, values: Floats, limit: float) -> float:
        """When values first were below a limit."""
        return float(self.seconds[np.argmax(values < limit)])


def fall(fio2: float, *, obese: bool) -> Fall:
    """What an apnoea does to the source's adult."""
    body = Body(adult(obese=obese), 1, AVERAGE)
    body.act(Oxygen(fio2=fio2), -60)
    body.act(Befall(what="deep_apnoea", lasts_s=400), APNOEA_AT)
    quarters = APNOEA_AT + np.arange(4 * 240) / 4
    last = next(at for at in quarters.tolist() if body.hidden(at).ventilation == 0)
    times = [last + step / 4 for step in range(4 * 220)]
    shown = [body.numerics(at) for at in times]
    apnoea = next(at for at, values in zip(times, shown, strict=True) if values["rr_co2"] == 0)
    return Fall(
        seconds=np.array(times) - last,
        true=np.array([body.hidden(at).sao2 for at in times]),
        shown=np.array([values["spo2"] or np.nan for values in shown]),
        apnoea_s=apnoea - last,
    )


def speed() -> Rows:
    """CPU: a bed at 1x with all its waves, and a five-hour day without."""
    body, begin = Body(adult(), 2), process_time()
    body.act(SetPump(mg_h=24.5), 0)
    for second in range(5 * 3600):
        body.numerics(float(second))
    day, body, begin = process_time() - begin, Body(adult(), 3), process_time()
    for second in range(1, 301):
        for key, rate in (
            ("ecg1", 300),
            ("ecg2", 300),
            ("ecg3", 300),
            ("pleth", 100),
            ("co2", 25),
            ("resp", 25),
        ):
            body.wave(key, second - 1.0, rate, rate)
        body.numerics(float(second))
    return {
        "a bed at 1x": {"percent_of_a_core": significant(100 * (process_time() - begin) / 300, 2)},
        "five hours": {"cpu_s": significant(day, 2)},
    }


def main(words: list[str]) -> int:
    """Print the figures, and draw them if asked to."""
    parser = ArgumentParser(description="The simulated body beside the published figures.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument(
        "--people", type=int, default=500, metavar="N", help="patients of the pressor response"
    )
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="draw the plots into this folder")
    asked = parser.parse_args(words)
    rises = []
    for seed in range(asked.people):
        progress(f"person {seed + 1} of {asked.people}")
        rises.append(rise(seed))
    progress("")
    falls = {name: fall(fio2, obese=obese) for name, (fio2, obese, _, _) in CASES.items()}
    record: Record = {
        "plasma": _plasma_rows(),
        "pressor": _rise_rows(rises),
        "apnoea": _fall_rows(falls),
        "speed": speed(),
    }
    if asked.json:
        print_json("physiology", record)
    else:
        _print(record)
        print_machine()
    if asked.pictures is not None:
        from benchmarks.physiology_plots import draw

        draw(asked.pictures, rises, falls)
    return 0


def _plasma_rows() -> Rows:
    rows: Rows = {}
    for regimen in REGIMENS:
        found = plasma(regimen, np.array(sorted(regimen.published), dtype=np.float64))
        for (minute, published), value in zip(sorted(regimen.published.items()), found.tolist(), strict=True):
            rows[f"{regimen.name}, {minute} min"] = {"published": published, "model": significant(value)}
    return rows


def _rise_rows(rises: list[Rise]) -> Rows:
    rows: Rows = {}
    for name, (published, low, high) in PUBLISHED_RISE.items():
        found = [float(getattr(each, name)[-1]) for each in rises]
        rows[name] = {"published": published, "from": low, "to": high, "model": significant(mean(found), 3),
                      "model_sd": significant(stdev(found), 3)}  # fmt: skip
    return rows


def _fall_rows(falls: dict[str, Fall]) -> Rows:
    rows: Rows = {}
    for name, (_, _, true, shown) in CASES.items():
        found = falls[name]
        shown_at = found.below(found.shown, 90)
        rows[name] = {
            "true_published": true, "true_model": found.below(found.true, 90), "shown_published": shown,
            "shown_model": shown_at, "apnoea_alarm_leads_by": shown_at - found.apnoea_s,
        }  # fmt: skip
    return rows


def _print(record: Record) -> None:
    for part, rows in record.items():
        print(f"\n{part}")
        for name, row in rows.items():
            print(f"  {name:38} " + "  ".join(f"{word} {value:g}" for word, value in row.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
