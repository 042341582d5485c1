"""Opens the forms of the day; one that is there already comes back with all that is typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from nurse_station.sessions.states import RUNNING, State
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.dialogs.care_patient import open_correction
from nurse_station.ui.dialogs.day_baseline import BaselineForm
from nurse_station.ui.dialogs.day_discharge import DischargeForm
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.day_order import OrderForm
from nurse_station.ui.dialogs.day_patient import PatientForm
from nurse_station.ui.dialogs.day_ready import ReadyForm
from nurse_station.ui.dialogs.day_screening import ScreeningForm
from nurse_station.ui.models.day_steps import next_form

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

FORMS: Mapping[str, type[DayForm]] = MappingProxyType(
    {
        form.key: form
        for form in (PatientForm, ScreeningForm, OrderForm, BaselineForm, ReadyForm, DischargeForm)
    }
)
"""Key of `bed_actions.OPENERS` -> the form."""
UNDER_WAY = RUNNING | {State.PAUSED}
CARE_LEADS = "No form is next: the care panel leads until the infusion is over."


def desk_of(window: QWidget) -> CareDesk | None:
    """The window's desk, through which everything is entered."""
    from nurse_station.ui.care_desk import CareDesk

    return window.findChild(CareDesk)


def open_form(view: StationView, bed: BedSnapshot, key: str, window: QWidget) -> None:
    """Open a form for a bed; who enters is asked first where nobody has said so yet."""
    desk = desk_of(window)
    if desk is None:
        return
    if not desk.who:
        desk.ask_who(lambda: _show(view, desk, bed, key, window))
        return
    _show(view, desk, bed, key, window)


def _show(view: StationView, desk: CareDesk, bed: BedSnapshot, key: str, window: QWidget) -> None:
    if key == PatientForm.key and bed.care is not None and bed.care.session.patient is not None:
        open_correction(view, desk, bed, window)  # who sits here is known: what is known may be wrong
        return
    for form in window.findChildren(DayForm):
        if form.bed == bed.bed and form.session != bed.session:
            form.hide()
            form.deleteLater()  # another patient's
        elif form.isVisible() and (form.bed != bed.bed or form.key != key):
            form.hide()  # one at a time stands at the same place
    there = [
        form for form in window.findChildren(DayForm)
        if (form.bed, form.session, form.key) == (bed.bed, bed.session, key)
    ]  # fmt: skip
    form = there[0] if there else FORMS[key](view, desk, bed, window)
    form.show()
    form.activateWindow()
    form.begin_at()


def open_next(view: StationView, bed_key: str, window: QWidget, after: str = "") -> None:
    """Open the form of the next step of the day; `after`: the one that was just done is not opened again."""
    bed = next((each for each in view.snapshot().beds if each.bed == bed_key), None)
    if bed is None:
        return
    key = next_form(bed.care)
    if key and key != after:
        open_form(view, bed, key, window)
    elif not key and not after and bed.care is not None and bed.care.summary.state in UNDER_WAY:
        open_form(view, bed, OrderForm.key, window)  # the plan, with times of day
    elif not key and not after:
        desk = desk_of(window)
        if desk is not None:
            desk.told.emit(Answer(done=False, sentence=CARE_LEADS, bed=bed_key))
