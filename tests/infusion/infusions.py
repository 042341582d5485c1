"""Orders, protocols and changes that several tests of the infusion share."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from nurse_station.infusion.delivery import Act, Change
from nurse_station.infusion.order import Bag, DrugForm, Order, Step
from nurse_station.infusion.protocol_files import factory_folder, load_all

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HOUR = 3600.0
MINUTE = 60.0
BAG = Bag(ml=500, mg_ml=1, lot="A123")
PROTOCOLS = load_all(factory_folder())

TITRATED = Order(
    form=DrugForm.RACEMIC,
    concentration_mg_ml=1,
    bag_ml=500,
    lot="A123",
    expiry=date(2027, 1, 31),
    start_mg_kg_h=0.1,
    steps=tuple(Step(after_min=after, mg_kg_h=dose) for after, dose in ((30, 0.2), (60, 0.3), (90, 0.35))),
    max_mg_kg_h=0.35,
    max_mg_h=25,
    max_total_mg=100,
    duration_min=240,
    prescriber="Dr Okafor",
)


def ordered(**changed: Any) -> Order:
    """The titrated order, some of it otherwise."""
    return replace(TITRATED, **changed)


def rate(entry: str, at: float, ml_h: float, corrects: str | None = None) -> Change:
    return Change(entry=entry, at=at, act=Act.SET, ml_h=ml_h, corrects=corrects)


def act(entry: str, at: float, what: Act, corrects: str | None = None) -> Change:
    return Change(entry=entry, at=at, act=what, corrects=corrects)
