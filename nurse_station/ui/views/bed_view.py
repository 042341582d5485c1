"""One bed as the nurse sees it all day: header, waves, numerics, session ribbon, what the monitor says.

Arranges and passes on; every part words and paints for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nurse_station.alarms.changes import Entry
from nurse_station.station.history import History
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.models import rooms
from nurse_station.ui.models.alarm_marks import signs
from nurse_station.ui.models.alarms import highest, of_bed
from nurse_station.ui.models.numerics import Moment, blocks
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.views.empty import EmptyView
from nurse_station.ui.views.wave_area import WaveArea
from nurse_station.ui.widgets.alarm_frame import WIDTH_PX, AlarmFrame
from nurse_station.ui.widgets.alarm_paint import Lights
from nurse_station.ui.widgets.bed_header import BedHeader
from nurse_station.ui.widgets.care_panel import CarePanel
from nurse_station.ui.widgets.care_record_list import CareRecord
from nurse_station.ui.widgets.monitor_panel import MonitorPanel
from nurse_station.ui.widgets.numeric_column import NumericColumn

if TYPE_CHECKING:
    from nurse_station.ui.widgets.ribbon import RibbonWidget

RIBBON_EVERY_S = 1.0
CARE_SHARE = 1.25
"""So much wider than the numerics is the care panel."""
WAVES_PX = 380
RIBBON_PX = 420
CARE_LOW_PX = 560
WIDGET_MOST = 16_777_215
"""Qt's own largest width."""


class BedView(QWidget):
    """Everything of one bed.

    Signals:
        asked: What is to be done with the bed, and what it is about: a source, or the block whose
            limits are to be opened.
        care_asked: Key of the bed, a word of `CareDesk.do`, and what it is about.
        connect_asked: Key of the bed; a monitor is to be connected here.
        settings_asked: The clinic has no beds yet; they are made in the settings.
    """

    asked = Signal(str, str)
    care_asked = Signal(str, str, object)
    connect_asked = Signal(str)
    settings_asked = Signal()

    def __init__(self, sweep_mm_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = BedHeader()
        self.waves = WaveArea(sweep_mm_s)
        self.numerics = NumericColumn()
        self.monitor = MonitorPanel()
        self.care, self.record = CarePanel(), CareRecord()
        self.care.hide()
        self._side_px = 0
        self._beside: bool | None = None
        self.empty = EmptyView()
        self.frame = AlarmFrame(self)
        self._ribbon: RibbonWidget | None = None
        self._ribbon_asked = False
        self._ribbon_of: tuple[str, str, History | None] = ("", "", None)
        self._ribbon_due = 0.0
        self._bed: BedSnapshot | None = None
        self._history: History | None = None
        self._log: Sequence[Entry] = ()
        self._moment: Moment | None = None
        self._arrange()
        self.header.asked.connect(self.asked)
        for part in (self.header, self.care):
            part.care_asked.connect(self.care_asked)
        self.care.asked.connect(self.asked)
        self.record.correct_asked.connect(self._correct)
        self.numerics.limits_asked.connect(lambda block: self.asked.emit("limits", block))
        self.empty.pressed.connect(self._take_the_way_on)

    def _arrange(self) -> None:
        size = current().size
        live = QWidget()
        set_look(live, "ground")
        self._grid = QGridLayout(live)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(size(8))
        self._ribbon_place = QWidget()
        self._ribbon_place.setMinimumHeight(size(220))
        self._ribbon_place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        place = QVBoxLayout(self._ribbon_place)
        place.setContentsMargins(0, 0, 0, 0)
        side = QVBoxLayout()
        side.setSpacing(size(4))
        side.addWidget(self.numerics, 5)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        set_look(self._tabs, "bare")
        self._tabs.addTab(self.monitor, "Monitor")
        self._tabs.addTab(self.record, "Record")
        self._tabs.tabBar().hide()
        side.addWidget(self._tabs, 2)
        self._place_ribbon(beside=True)
        self._grid.addLayout(side, 0, 1, 2, 1)
        self._grid.setRowStretch(0, 5)
        self._grid.setRowStretch(1, 5)
        self._grid.setColumnStretch(0, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole(_scrolling(live)))
        self._stack.addWidget(self.empty)

    def _whole(self, scrolled: QWidget) -> QWidget:
        """Who sits here, its alarms, the care panel and EMERGENCY stay; what is between them scrolls."""
        size = current().size
        whole = QWidget()
        set_look(whole, "ground")
        edge = size(WIDTH_PX + 5)  # the alarm frame stands in it
        self._fixed = QGridLayout(whole)
        self._fixed.setContentsMargins(edge, edge, edge, edge)
        self._fixed.setSpacing(size(8))
        self._fixed.addWidget(self.header, 0, 0)
        self._fixed.addWidget(scrolled, 1, 0)
        self._fixed.setRowStretch(1, 1)
        self._fixed.setColumnStretch(0, 1)
        self._place_care(beside=True)
        return whole

    def set_side_width(self, pixels: int) -> None:
        """How wide the numerics' column is; the care panel's is made after it."""
        self._side_px = pixels
        self.numerics.setFixedWidth(pixels)
        self._tabs.setFixedWidth(pixels)
        self._share_width()

    def _share_width(self) -> None:
        pixels = self._side_px
        wide = round(pixels * CARE_SHARE)
        beside = self.width() - pixels - wide >= current().size(WAVES_PX)
        self.care.setMinimumWidth(wide if beside else 0)
        self.care.setMaximumWidth(wide if beside else WIDGET_MOST)
        self._place_care(beside=beside)
        self._place_ribbon(beside=self.width() - pixels >= current().size(RIBBON_PX))

    def _place_care(self, *, beside: bool) -> None:
        """At the right over the whole height; where that leaves no room for waves, below everything."""
        if beside == self._beside:
            return
        self._beside = beside
        self.care.setMinimumHeight(0 if beside else current().size(CARE_LOW_PX))
        if beside:
            self._fixed.addWidget(self.care, 0, 1, 2, 1)
            self.care.take_call_row()
        else:
            self._grid.addWidget(self.care, 3, 0, 1, 2)
            self._fixed.addWidget(self.care.call_row, 2, 0)

    def _place_ribbon(self, *, beside: bool) -> None:
        """Below the waves; where it would push the numerics off the screen, below these as well."""
        for part in (self.waves, self._ribbon_place):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.waves, 0, 0, 1 if beside else 2, 1)
        self._grid.addWidget(self._ribbon_place, 1 if beside else 2, 0, 1, 1 if beside else 2)

    def _correct(self, number: int) -> None:
        if self._bed is not None:
            self.care_asked.emit(self._bed.bed, "correct", number)

    def _show_care(self, bed: BedSnapshot) -> None:
        """What a patient's day needs, once somebody is known to sit here."""
        known = bed.care is not None
        self.care.show_bed(bed)
        for part in (self.care, self.care.call_row):
            part.setVisible(known)
        if known == self._tabs.tabBar().isHidden():
            self._tabs.tabBar().setVisible(known)
            self._tabs.setCurrentIndex(1 if known else 0)
        if known:
            self.record.show_bed(bed)
            self._tabs.setTabText(0, f"Monitor{' ▲' if rooms.condition_words(bed)[0] else ''}")

    def show_bed(self, bed: BedSnapshot, history: History, moment: Moment, log: Sequence[Entry] = ()) -> None:
        """Show a bed as it is now, with the log of its alarms; the same bed again shows what has changed."""
        self._bed, self._history, self._moment, self._log = bed, history, moment, log
        self.frame.show_alarm(highest(of_bed(bed, moment)))
        self._show_care(bed)
        if not bed.lines and bed.session is None:
            self.empty.show_no_monitor(bed.name, simulated=bed.simulated)
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self.header.show_bed(bed, moment)
        self.waves.show_bed(bed, history)
        self.numerics.show_numerics(blocks(bed, moment), signs(bed, moment))
        self.monitor.show_bed(bed, moment.now)
        self._show_ribbon()

    def flash(self, lights: Lights) -> None:
        """These priorities are lit now."""
        self.header.flash(lights)
        self.numerics.flash(lights)
        self.frame.flash(lights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frame.place(self.rect())
        self._share_width()

    def show_no_beds(self) -> None:
        self._bed = None
        self.care.forget()
        self.frame.show_alarm(None)
        self.empty.show_no_beds()
        self._stack.setCurrentIndex(1)

    def show_stopped(self, wall: datetime) -> None:
        """No bed is known any more since `wall`, the time of the last picture."""
        self.care.forget()
        self.frame.show_alarm(None)
        self.empty.show_stopped(wall)
        self._stack.setCurrentIndex(1)

    def open_menu(self) -> None:
        """Open the menu of what can be done with the bed, if there is a bed with a monitor or a session."""
        if self._stack.currentIndex() == 0:
            self.header.open_menu()

    def advance(self, now: float) -> None:
        """One frame: the waves go on; once a second the ribbon does."""
        if self._bed is None or self._stack.currentIndex() != 0:
            return
        self.waves.advance(now)
        if self._ribbon is not None and now >= self._ribbon_due:
            self._ribbon_due = now + RIBBON_EVERY_S
            self._ribbon.show_alarm_log(self._log)
            self._ribbon.show_care(self._bed.care)
            self._ribbon.refresh(now)

    def _take_the_way_on(self) -> None:
        if self._bed is None:
            self.settings_asked.emit()
        else:
            self.connect_asked.emit(self._bed.bed)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._ribbon_asked:  # pyqtgraph takes as long to load as all the rest: after the first paint
            self._ribbon_asked = True
            QTimer.singleShot(0, self, self.make_ribbon)

    def make_ribbon(self) -> None:
        """Load the ribbon now; it is made by itself after the first paint."""
        if self._ribbon is not None:
            return
        from nurse_station.ui.widgets.ribbon import RibbonWidget

        self._ribbon_asked = True
        self._ribbon = RibbonWidget()
        layout = self._ribbon_place.layout()
        assert layout is not None
        layout.addWidget(self._ribbon)
        self._ribbon_place.setMinimumHeight(0)  # from now on the ribbon says how low it can be
        self._show_ribbon()

    @property
    def ribbon(self) -> RibbonWidget | None:
        """The session ribbon; None: not loaded yet."""
        return self._ribbon

    def _show_ribbon(self) -> None:
        if self._ribbon is None or self._bed is None or self._history is None:
            return
        # Another history is another patient's, be it at the same bed.
        shown = (self._bed.bed, self._bed.name, self._history)
        if self._ribbon_of != shown:
            self._ribbon_of = shown
            self._ribbon.show_alarm_log(self._log)
            self._ribbon.show_care(self._bed.care)
            self._ribbon.show_bed(self._history, self._bed, self._wall_at, self._units)
            self._ribbon_due = 0.0

    @property
    def _units(self) -> Units:
        return self._moment.units if self._moment is not None else WARD

    def _wall_at(self, at: float) -> datetime:
        assert self._moment is not None
        return self._moment.wall_at(at)


def _scrolling(inside: QWidget) -> QScrollArea:
    """What is too high for a small screen or a large text scale is reached by scrolling, never squeezed."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
