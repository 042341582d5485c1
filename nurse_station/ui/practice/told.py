"""What is known of a scenario before it begins; what it is about stands behind a button. Decides nothing."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nurse_station.training.scenario import Scenario
from nurse_station.ui.dialogs.side import label_with_look, toggle
from nurse_station.ui.models import practice
from nurse_station.ui.theme import current


class ScenarioTold(QScrollArea):
    """Who lies there, and with what; it scrolls where it is long."""

    def __init__(self, monitors: Mapping[str, str]) -> None:
        """`monitors`: key of a monitor family -> its name as a nurse reads it."""
        super().__init__()
        self._monitors = monitors
        self._scenario: Scenario | None = None
        self.notes_button = toggle("Instructor's &notes", "What the scenario is about. It gives it away.")
        self._name, self._person = label_with_look("title"), label_with_look("heading")
        self._facts, self._notes = label_with_look(""), label_with_look("dim")
        self._build()
        self.notes_button.toggled.connect(lambda _: self.show_scenario(self._scenario))

    def _build(self) -> None:
        inside, size = QWidget(), current().size
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, size(6), 0)
        column.setSpacing(size(8))
        for part in (self._name, self._person, self._facts, self.notes_button, self._notes):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.notes_button
                             else Qt.AlignmentFlag(0))  # fmt: skip
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    @property
    def words(self) -> tuple[str, ...]:
        """What is told now."""
        labels = (self._name, self._person, self._facts, self._notes)
        return tuple(label.text() for label in labels if label.isVisibleTo(self))

    def show_scenario(self, scenario: Scenario | None) -> None:
        """Tell of this one; None: there is none."""
        self._scenario = scenario
        for part in (self._name, self._person, self._facts, self.notes_button):
            part.setVisible(scenario is not None)
        self._notes.setVisible(scenario is not None and self.notes_button.isChecked())
        if scenario is None:
            return
        at_bed = [self._monitors.get(key, key) for key in scenario.monitors]
        facts = (f"At most {practice.lasts(scenario)}.", practice.situation(scenario.begins),
                 f"At the bed: {', '.join(at_bed)}.", practice.ordered(scenario))  # fmt: skip
        self._name.setText(scenario.name)
        self._person.setText(practice.person(scenario.patient))
        self._facts.setText("\n".join(facts))
        self._notes.setText(scenario.summary)
