"""An independent implementation of the same models, opentiva 1.1.2, agrees within 2 %.

Its figures are kept in opentiva_figures.json, since it does not install beside this program (see
opentiva_figures.py). Where NURSE_STATION_OPENTIVA names a Python that has it, it is asked anew.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nurse_station.infusion.concentration import Kinetics
from nurse_station.infusion.models import MODELS

FIGURES = Path(__file__).with_name("opentiva_figures.json")
ASK = FIGURES.with_suffix(".py")
CASES: list[dict[str, Any]] = json.loads(FIGURES.read_text(encoding="utf-8"))


def named(case: dict[str, Any]) -> str:
    return f"{case['regimen']}, {case['model']}, {case['weight_kg']} kg"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_plasma_and_effect_agree_with_opentiva(case: dict[str, Any]) -> None:
    own = Kinetics(weight_kg=case["weight_kg"], model=MODELS[case["model"]], ke0_per_min=case["ke0_per_min"])
    curve = own.curve(case["stairs_s_mg_h"], [60 * minute for minute in case["minutes"]])
    assert curve.plasma_ng_ml == pytest.approx(case["plasma_ng_ml"], rel=0.02)
    assert curve.effect_ng_ml == pytest.approx(case["effect_ng_ml"], rel=0.02)


def test_every_model_of_the_table_was_compared() -> None:
    assert {case["model"] for case in CASES} == set(MODELS)


def test_opentiva_still_says_what_is_kept() -> None:
    python = os.environ.get("NURSE_STATION_OPENTIVA")
    if not python:
        pytest.skip("no Python with opentiva (set NURSE_STATION_OPENTIVA to one)")
    told = subprocess.run([python, ASK], capture_output=True, check=True, timeout=100, text=True).stdout
    for kept, now in zip(CASES, json.loads(told), strict=True):
        assert now["plasma_ng_ml"] == pytest.approx(kept["plasma_ng_ml"], rel=1e-6)
        assert now["effect_ng_ml"] == pytest.approx(kept["effect_ng_ml"], rel=1e-6)
