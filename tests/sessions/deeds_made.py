"""Hypothesis strategies for every kind of deed, from their declared types."""

from datetime import date

from hypothesis import strategies as st

from nurse_station.infusion.order import Bag, DrugForm, Order, OrderedDrug, Step
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import KINDS, Entry, Override

numbers = st.floats(-1e6, 1e6)
words = st.text(max_size=12)
patients = st.builds(deeds.Patient, name=words, born=st.dates(), weight_kg=numbers, number=words,
                     allergies=words, diagnosis=words, female=st.none() | st.booleans())  # fmt: skip
bags = st.builds(Bag, ml=numbers, mg_ml=numbers, lot=words)
drugs = st.lists(st.builds(OrderedDrug, what=words, when=words), max_size=2).map(tuple)
orders = st.builds(
    Order, form=st.sampled_from(DrugForm), concentration_mg_ml=numbers, bag_ml=numbers, lot=words,
    expiry=st.dates(min_value=date(1900, 1, 1)), start_mg_kg_h=numbers,
    steps=st.lists(st.builds(Step, after_min=numbers, mg_kg_h=numbers), max_size=3).map(tuple),
    step_every_min=numbers, max_step_mg_kg_h=numbers, max_mg_kg_h=numbers, max_mg_h=numbers,
    max_total_mg=numbers, duration_min=numbers, prescriber=words, premedication=drugs, as_needed=drugs,
    protocol=words, day=st.integers(1, 30),
)  # fmt: skip
_FIELDS = {
    deeds.PatientBound: {"patient": patients},
    deeds.OrderWritten: {"order": orders},
    deeds.BagChanged: {"bag": bags},
    deeds.BaselineTaken: {"values": st.dictionaries(words, numbers, max_size=4), "on_air": st.booleans()},
    **dict.fromkeys(
        (deeds.Started, deeds.RateSet, deeds.Resumed), {"mg_kg_h": numbers, "pump_ml_h": numbers}
    ),
    deeds.WasteNoted: {"ml": numbers, "witness": words},
    deeds.Measured: {"values": st.dictionaries(words, numbers, max_size=4)},
    deeds.Questioned: {"key": words, "answers": st.dictionaries(words, st.integers(0, 2), max_size=5)},
}


def of_kind(kind: type) -> st.SearchStrategy[deeds.Deed]:
    """Any deed of a kind, right or wrong; floats are never `nan`, which no journal holds."""
    fields = _FIELDS.get(kind)
    if fields is not None:
        return st.builds(kind, **fields)
    return st.from_type(kind)


overrides = st.lists(st.builds(Override, rule=words, by=words, why=words), max_size=3).map(tuple)


def entries(kind: type) -> st.SearchStrategy[Entry]:
    return st.builds(Entry, number=st.integers(1, 10**6), at=numbers, who=words, deed=of_kind(kind),
                     overrides=overrides, corrects=st.none() | st.integers(1, 99), why=words)  # fmt: skip


any_entry = st.sampled_from(sorted(KINDS)).flatmap(lambda name: entries(KINDS[name]))
