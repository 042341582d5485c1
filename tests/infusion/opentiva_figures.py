"""Ask opentiva for concentrations: prints opentiva_figures.json. Imports nothing of this program.

opentiva (MIT) is published as source that compiles up to Python 3.10 only, so it cannot be a dependency
here; this runs under any Python that has it:

    uv venv --python 3.10 DIR && uv pip install --python DIR opentiva
    DIR/bin/python tests/infusion/opentiva_figures.py > tests/infusion/opentiva_figures.json
"""

import json
import sys

HOUR = 3600
MINUTE = 60
END = 5 * HOUR
MINUTES = (5, 15, 30, 45, 60, 90, 120, 180, 239, 270, 299)
WEIGHTS = (50, 70, 110)
# Its name of the Kamp model is misspelt.
MODELS = {"kamp": "Klamp", "domino": "Domino", "clements": "Clements250"}
# (seconds, mg/kg/h)
REGIMENS = {
    "flat": [(0, 0.35), (4 * HOUR, 0)],
    "titrated": [(0, 0.1), (30 * MINUTE, 0.2), (HOUR, 0.3), (90 * MINUTE, 0.35), (4 * HOUR, 0)],
    "short": [(0, 0.75), (40 * MINUTE, 0)],
    "paused": [(0, 0.2), (HOUR, 0), (90 * MINUTE, 0.3), (3 * HOUR, 0)],
}


def told(regimen, model, weight):
    import opentiva.ketamine
    import opentiva.pump

    patient = getattr(opentiva.ketamine, MODELS[model])(sex=0, age=45, weight=weight, height=175)
    pump = opentiva.pump.Pump(model=patient, drug_concentration=1, end_time=END)
    stairs = REGIMENS[regimen]
    for (at, dose), (until, _) in zip(stairs, [*stairs[1:], (END, 0)]):  # noqa: B905 (3.8 has no strict)
        if dose:
            pump.add_infusion(start=at, dose=dose * weight / HOUR, duration=until - at)
    rows = pump.run()
    return {
        "regimen": regimen,
        "model": model,
        "weight_kg": weight,
        "stairs_s_mg_h": [(at, dose * weight) for at, dose in stairs],
        "ke0_per_min": patient.ke0,
        "minutes": MINUTES,
        "plasma_ng_ml": [round(1000 * rows[60 * minute, 1], 2) for minute in MINUTES],
        "effect_ng_ml": [round(1000 * rows[60 * minute, 2], 2) for minute in MINUTES],
    }


if __name__ == "__main__":
    cases = [told(regimen, model, weight) for regimen in REGIMENS for model in MODELS for weight in WEIGHTS]
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
