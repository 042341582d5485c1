"""An independent implementation of the same models, opentiva, agrees within 2 %.

It is no dependency of the program: the group "independent" of pyproject.toml installs it, and without it
these tests skip.
"""

import pytest
from infusions import HOUR, MINUTE

from nurse_station.infusion.concentration import Kinetics
from nurse_station.infusion.models import MODELS

ketamine = pytest.importorskip("opentiva.ketamine", reason="opentiva is not installed", exc_type=ImportError)
pump = pytest.importorskip("opentiva.pump", reason="opentiva is not installed", exc_type=ImportError)

# Its name of the Kamp model is misspelt.
THEIRS = {"kamp": "Klamp", "domino": "Domino", "clements": "Clements250"}
END = 5 * HOUR
REGIMENS = {
    "flat": [(0, 0.35), (4 * HOUR, 0)],
    "titrated": [(0, 0.1), (30 * MINUTE, 0.2), (HOUR, 0.3), (90 * MINUTE, 0.35), (4 * HOUR, 0)],
    "short": [(0, 0.75), (40 * MINUTE, 0)],
    "paused": [(0, 0.2), (HOUR, 0), (90 * MINUTE, 0.3), (3 * HOUR, 0)],
}


@pytest.mark.parametrize("weight", [50, 70, 110])
@pytest.mark.parametrize("key", THEIRS)
@pytest.mark.parametrize("regimen", REGIMENS)
def test_plasma_and_effect_agree(regimen: str, key: str, weight: int) -> None:
    stairs = [(at, dose * weight) for at, dose in REGIMENS[regimen]]
    patient = getattr(ketamine, THEIRS[key])(sex=0, age=45, weight=weight, height=175)
    theirs = pump.Pump(model=patient, drug_concentration=1, end_time=int(END))
    for (at, mg_h), (until, _) in zip(stairs, [*stairs[1:], (END, 0)], strict=True):
        if mg_h:
            theirs.add_infusion(start=int(at), dose=mg_h / HOUR, duration=int(until - at))
    told = theirs.run()
    told = told[(told[:, 0] >= 5 * MINUTE) & (told[:, 0] % 60 == 0)]
    ours = Kinetics(weight_kg=weight, model=MODELS[key], ke0_per_min=patient.ke0).curve(stairs, told[:, 0])
    assert len(told) > 200
    # Theirs in µg/mL; it adds up whole seconds, so a figure is known to a second's infusion.
    assert told[:, 1] * 1000 == pytest.approx(ours.plasma_ng_ml, rel=0.02, abs=0.5)
    assert told[:, 2] * 1000 == pytest.approx(ours.effect_ng_ml, rel=0.02, abs=0.5)
