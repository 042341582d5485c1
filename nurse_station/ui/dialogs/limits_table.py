"""The limits of some conditions as fields, the clinic's and the factory's beside them. Sends nothing."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Limits, Scope
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.alarm_marks import WIDER
from nurse_station.ui.models.limit_rows import (
    ConditionRow,
    LevelRow,
    Plan,
    conditions,
    of_scope,
    parsed,
    plan,
    range_words,
    written,
)
from nurse_station.ui.models.limit_words import condition_name, limit_name
from nurse_station.ui.models.units import KPA, WARD, Units
from nurse_station.ui.models.words import number

FIELD_PX, NAME_PX = 58, 132
LARGE_TEXT = 1.4
"""From this text scale on, what the clinic and the factory have stands below the fields."""
NO_NUMBER = "Write a number."


class LimitField(QLineEdit):
    """One number. What is typed stays until it is set or taken back; else it follows the station."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self._number: float | None = None
        name = limit_name(key)
        self.setAccessibleName(f"{name[:1].upper()}{name[1:]}, {LIMIT_ROWS[key].unit}")
        self.setToolTip(f"{name[:1].upper()}{name[1:]}: {range_words(key)}")
        self.setFixedWidth(theme.current().size(FIELD_PX))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def typed(self) -> bool:
        """Whether it says something else than the station."""
        return parsed(self.text()) != self._number

    def show_number(self, number: float) -> None:
        """What is set now. Something typed is not lost."""
        following = not self.typed
        self._number = number
        if following or not self.typed:
            self.take_back()

    def take_back(self) -> None:
        """Show again what is set."""
        shown = "" if self._number is None else written(self._number)
        if self.text() != shown:
            self.setText(shown)


class LimitTable(QWidget):
    """The conditions of one heading.

    Attributes:
        fields: Key of a limit -> its field.
        stops: What the Tab key goes through, in this order.

    Signals:
        edited: Something was typed, or taken back.
        switch_asked: Of this condition: off, or on again.
    """

    edited = Signal()
    switch_asked = Signal(str)

    def __init__(self, group: str, units: Units = WARD) -> None:
        super().__init__()
        self._units = units
        self.fields: dict[str, LimitField] = {}
        self._said: dict[str, QLabel] = {}
        self._marks: dict[str, QLabel] = {}
        self._beside: dict[str, tuple[QLabel, LevelRow]] = {}
        self._switches: dict[str, QPushButton] = {}
        self._off: dict[str, QLabel] = {}
        self.stops: list[QWidget] = []
        self._limits: Limits | None = None
        self._scope = Scope.PATIENT
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().size(14))
        for row in conditions(group):
            column.addWidget(self._condition(row))

    def _condition(self, row: ConditionRow) -> QWidget:
        part = QWidget()
        part.setAccessibleName(row.name)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.current().size(4))
        grid.setColumnMinimumWidth(0, theme.current().size(NAME_PX))
        grid.setColumnStretch(3, 1)
        grid.addLayout(self._heading(row), 0, 0, 1, 4)
        for place, level in enumerate(row.levels):
            self._level(grid, 3 * place + 1, level)
        self.stops.append(self._switches[row.condition])
        return part

    def _heading(self, row: ConditionRow) -> QHBoxLayout:
        line = QHBoxLayout()
        off = self._off[row.condition] = label_with_look("doubtful")
        switch = button("Alarm off…", partial(self.switch_asked.emit, row.condition))
        self._switches[row.condition] = switch
        off.hide()
        line.addWidget(label_with_look("heading", row.name), 1)
        line.addWidget(off, 2)
        line.addWidget(switch)
        return line

    def _level(self, grid: QGridLayout, line: int, level: LevelRow) -> None:
        mark = label_with_look("doubtful", WIDER)
        beside, said = label_with_look("small"), label_with_look("doubtful")
        beside.setWordWrap(False)
        said.hide()
        mark.setToolTip("Alarms later or less than the clinic's own limit")
        mark.setAccessibleName("wider than the clinic's own limit")
        grid.addWidget(QLabel(level.words), line, 0)
        grid.addLayout(self._fields_of(level), line, 1)
        grid.addWidget(mark, line, 2)
        if theme.current().text_scale < LARGE_TEXT:
            grid.addWidget(beside, line, 3)
        else:
            grid.addWidget(beside, line + 2, 0, 1, 4)
        grid.addWidget(said, line + 1, 0, 1, 4)
        first = level.keys[0]
        self._beside[first], self._marks[first] = (beside, level), mark
        for key in level.keys:
            self._said[key] = said

    def _fields_of(self, level: LevelRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.current().size(4))
        if level.limit:
            line.addWidget(QLabel(level.sign))
            line.addWidget(self._field(level.limit))
            line.addWidget(QLabel(LIMIT_ROWS[level.limit].unit))
        if level.delay:
            line.addWidget(QLabel("after"))
            line.addWidget(self._field(level.delay))
            line.addWidget(QLabel("s"))
        line.addStretch(1)
        return line

    def _field(self, key: str) -> LimitField:
        field = self.fields[key] = LimitField(key)
        self.stops.append(field)
        field.textEdited.connect(self._judge)
        return field

    def show_limits(self, limits: Limits, off: Mapping[str, str], scope: Scope) -> None:
        """Show what is set for the patient, or by the clinic itself."""
        self._limits, self._scope = limits, scope
        for key, field in self.fields.items():
            field.show_number(of_scope(limits, scope, key))
        for label, level in self._beside.values():
            label.setText(_beside(limits, level, scope, self._units))
        for condition, switch in self._switches.items():
            self._show_switch(condition, switch, off.get(condition), patient=scope is Scope.PATIENT)
        self._judge()

    def _show_switch(self, condition: str, switch: QPushButton, why: str | None, *, patient: bool) -> None:
        name = condition_name(condition)
        words = "Alarm off…" if why is None else "Alarm on"
        switch.setText(words)
        switch.setAccessibleName(f"{words.rstrip('…')}: {name}")
        switch.setToolTip(
            "No signals of this alarm for this patient; a reason is asked for"
            if why is None else "Signal this alarm again"
        )  # fmt: skip
        switch.setVisible(patient)
        self._off[condition].setText("" if why is None else f"Alarm off: {why}")
        self._off[condition].setVisible(why is not None)

    @property
    def wanted(self) -> dict[str, float | None]:
        """What was typed; None: no number."""
        return {key: parsed(field.text()) for key, field in self.fields.items() if field.typed}

    def plan(self) -> Plan | None:
        """How to set what was typed; None: there is nothing to set it to."""
        if self._limits is None:
            return None
        numbers = {key: number for key, number in self.wanted.items() if number is not None}
        made = plan(self._limits, self._scope, numbers)
        wrong = {key: NO_NUMBER for key, number in self.wanted.items() if number is None}
        return Plan(steps=made.steps, refused={**made.refused, **wrong}, limits=made.limits)

    @Slot()
    def _judge(self) -> None:
        """Say beside each field why it cannot be so, and which would be wider than the clinic's."""
        made = self.plan()
        if made is None:
            return
        for key, field in self.fields.items():
            theme.set_look(field, "wrong" if key in made.refused else "typed" if field.typed else "")
        self._say_refusals(made.refused)
        for first, mark in self._marks.items():
            keys = self._beside[first][1].keys
            mark.setText(WIDER if any(made.limits.wider(key) for key in keys) else "")
        self.edited.emit()

    def _say_refusals(self, refused: Mapping[str, str]) -> None:
        for label in set(self._said.values()):
            keys = [key for key, said in self._said.items() if said is label]
            label.setText(" ".join(refused[key] for key in keys if key in refused))
            label.setVisible(bool(label.text()))

    def take_back(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            field.take_back()
        self._judge()


def _beside(limits: Limits, level: LevelRow, scope: Scope, units: Units) -> str:
    """`clinic 50, 10 s` above `factory 50, 10 s`."""
    factory = f"factory {_pair(limits.factory, level)}{_in_kpa(limits, level, units)}"
    if scope is Scope.CLINIC:
        return f"now here {_pair(limits.effective, level)}\n{factory}"
    return f"clinic {_pair({key: limits.of_clinic(key) for key in level.keys}, level)}\n{factory}"


def _in_kpa(limits: Limits, level: LevelRow, units: Units) -> str:
    """A clinic that reads kPa sees what its mmHg are; they are set in mmHg."""
    if not level.limit.startswith("etco2") or units.of("etco2").unit != KPA.unit:
        return ""
    shown = number(KPA.shown(limits.effective[level.limit]), KPA.precision)
    return f"\nnow {shown} {KPA.unit}"


def _pair(numbers: Mapping[str, float], level: LevelRow) -> str:
    limit = written(numbers[level.limit]) if level.limit else ""
    delay = f"{written(numbers[level.delay])} s" if level.delay else ""
    return ", ".join(part for part in (limit, delay) if part)
