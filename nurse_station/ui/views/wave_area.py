"""The waves of one bed, or why there are none. Chooses traces; draws no sample itself."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from nurse_station.station.history import History, WaveTrack
from nurse_station.station.snapshots import BedSnapshot, LineState
from nurse_station.ui import texts
from nurse_station.ui.models import rooms
from nurse_station.ui.theme import current, notifier, set_look
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.ui.widgets.sweep_spec import TraceSpec
from nurse_station.ui.widgets.waves import WavesWidget
from nurse_station.vitals.waves import WAVES, Wave

SHOWN = 4
"""More waves than this are too low to be read; the first ones of the table are shown."""
BREATHING = frozenset({"co2", "resp", "o2", "n2o", "agent", "awp", "flow"})
"""Keys of waves that move with the breath."""


class WaveArea(QWidget):
    """The sweeps when waves arrive, a sentence when none do."""

    def __init__(self, sweep_mm_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._waves = WavesWidget()
        self._waves.set_speed(sweep_mm_s)
        notifier().changed.connect(self._wear_theme)
        self._wear_theme()
        self._message = ElidedLabel("heading")
        self._remedy = ElidedLabel("dim")
        self._keys: tuple[str, ...] = ()
        self._tracks: dict[str, WaveTrack] = {}
        rows = QVBoxLayout(self)
        edge = current().size(5)  # the panel's round corners are seen around the waves
        rows.setContentsMargins(edge, edge, edge, edge)
        self._stack = QStackedLayout()
        rows.addLayout(self._stack)
        self._stack.addWidget(self._waves)
        self._stack.addWidget(self._message_page())

    def _wear_theme(self) -> None:
        theme = current()
        self._waves.set_colours(theme.colour("panel"), theme.colour("line"), theme.colour("dim"))
        self._waves.setFont(theme.font(13))
        self._keys = ()  # the traces' colours are the theme's: shown anew with the next picture

    def _message_page(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setSpacing(current().size(8))
        rows.addStretch(1)
        for label in (self._message, self._remedy):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
        rows.addStretch(1)
        return page

    def show_bed(self, bed: BedSnapshot, history: History) -> None:
        keys = bed.waves[:SHOWN]
        if keys != self._keys:
            self._keys, self._tracks = keys, {}
            self._waves.show_traces([trace(key) for key in keys])
        tracks = {key: track for key in keys if (track := history.wave(key)) is not None}
        if tracks != self._tracks:
            self._tracks = tracks
            self._waves.set_tracks(tracks)
        self._stack.setCurrentIndex(0 if tracks else 1)
        if not tracks:
            self._show_message(bed)

    def _show_message(self, bed: BedSnapshot) -> None:
        receiving = any(line.state is LineState.RECEIVING for line in bed.lines)
        self._message.show_words("No waves from this monitor" if receiving else rooms.state_words(bed))
        self._remedy.show_words("" if receiving or not bed.lines else texts.LINE_SENTENCE[bed.lines[0].state])

    def minimumSizeHint(self) -> QSize:
        return QSize(200, current().size(170))

    def advance(self, now: float) -> None:
        if self._tracks:
            self._waves.advance(now)


def trace(key: str) -> TraceSpec:
    """How the wave `key` is drawn."""
    wave = WAVES[key]
    return TraceSpec(
        key=key,
        label=wave.label,
        unit=wave.unit_shown,
        colour=current().colour(wave.colour),
        shown=wave.shown,
        calibration=1.0 if wave.unit == "mV" else 0.0,
        scale=scale_words(wave),
        breathing=key in BREATHING,
    )


def scale_words(wave: Wave) -> str:
    """What is written beside the row: its range, or what the calibration mark stands for."""
    if wave.unit == "mV":
        return "×1 · mark 1 mV"
    if wave.shown is None:
        return "fitted"
    low, high = wave.shown
    return f"{low:g}–{high:g} {wave.unit_shown}"
