"""Ward words for what the palette calls otherwise: a table, asked only where its own words find nothing."""

from collections.abc import Mapping
from types import MappingProxyType

WARD: Mapping[str, str] = MappingProxyType({
    "look": "watch observe inspect assess breathing chest",
    "call_name": "wake rouse arouse awake conscious responsive avpu moaas",
    "shake": "wake rouse arouse stimulate painful sternal",
    "reassure": "calm comfort anxious anxiety agitated agitation hand quietly",
    "ask_pressure_symptoms": "symptoms dizzy blurred",
    "ask_pain": "hurt hurts ache nrs",
    "ask_nausea": "sick queasy",
    "jaw_thrust": "airway obstruction obstructed snore snoring open esmarch guedel laryngospasm larson "
                  "let go release",
    "oxygen": "o2 nasal prongs",
    "oxygen_high": "o2 reservoir rebreather facemask hudson 100",
    "oxygen_off": "o2",
    "ventilate": "breathe breathing breaths ventilation ambu ambubag bvm apnoea apnea rescue bagging "
                 "insufflate cpap peep let go release",
    "suction": "vomit vomiting vomits emesis secretions saliva aspirate aspiration yankauer",
    "lay_flat": "supine trendelenburg shock faint hypotension",
    "recline": "lie back semi",
    "sit_up": "recovery position vomit vomiting vomits emesis upright fowler lateral roll",
    "stand_up": "walk mobilise mobilize toilet",
    "dim_light": "noise dark lights",
    "protect": "rail rails bedrails seizure convulsion safety",
    "restrain": "restraint fix",
    "give": "antidote reversal medicine medication inject injection",
    "stop_pump": "halt pause infusion drip turn",
    "check_pump": "verify prescription program programming rate order",
    "set_pump": "rate speed lower reduce increase restart",
    "raise_rate": "increase up titrate",
    "resume": "restart continue infusion drip",
    "check_arm": "iv site swelling swollen infiltration extravasation vein",
    "disconnect_line": "unhook detach remove iv tubing off",
    "resite": "iv venflon cannulate access needle",
    "probe_on": "spo2 sat sats saturation finger oximeter pulse oximetry",
    "leads_on": "ecg ekg electrodes",
    "cannula_on": "etco2 capno capnography capnogram sampling",
    "check_cable": "unplugged connection wire monitor",
    "repeat_pressure": "bp nibp blood cuff again",
    "measure_by_hand": "bp manual blood auscultate stethoscope",
    "cuff_other_arm": "nibp switch",
    "call_prescriber": "doctor dr physician anaesthetist anesthetist anesthesiologist consultant phone",
    "call_help": "nurse somebody assistance",
    "call_emergency": "code crash arrest resus resuscitation met rapid response cpr 911 112 999",
})  # fmt: skip
"""Key of an action -> words that a ward says for it, besides those that stand on its button."""

DRUG_WORDS: Mapping[str, str] = MappingProxyType({
    "narcan": "naloxone", "zofran": "ondansetron", "anexate": "flumazenil", "romazicon": "flumazenil",
    "dormicum": "midazolam", "versed": "midazolam", "benzodiazepine": "midazolam",
    "antiemetic": "ondansetron", "trandate": "labetalol", "catapres": "clonidine", "vasopressor": "ephedrine",
    "pressor": "ephedrine", "saline": "fluid", "ringer": "fluid", "fluids": "fluid", "volume": "fluid",
})  # fmt: skip
"""Another name or the class of a drug -> its key; of an antidote, which one is for the nurse to say."""
