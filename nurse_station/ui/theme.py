"""Colours, sizes and fonts: the one place that styles. No widget of its own.

A widget asks for `current().colour("hr")` and `current().size(14)` when it paints, and says what it is with
`set_look(widget, "heading")`; the looks are in `resources/themes/station.qss`:

    QWidget      ground, panel, bar          QFrame       rule, prompt, question, emergency_head
    QLabel       title, heading, dim, small, clock, good, doubtful, trouble, loud, badge,
                 dose, rate, proposal, step, step_done, step_now,
                 emergency_clock, emergency_first
    QPushButton  primary, quiet, doubtful, score, scored, act, act_first, act_last, emergency
    QLineEdit    wrong, typed                QTabWidget   bare
    QToolButton  quiet, slim
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Template
from types import MappingProxyType
from typing import cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from nurse_station.ui import assets

FONT = "DejaVu Sans"
DEFAULT = "dark"
TEXT_PX = 14
TOKENS = (
    "background", "panel", "raised", "line", "text", "dim", "accent", "accent_fill", "text_on_accent",
    "hr", "spo2", "co2", "resp", "nibp", "temperature", "pressure", "other", "drug", "concentration",
    "good", "doubtful", "alarm_high", "text_on_alarm_high", "alarm_medium", "text_on_alarm_medium",
    "alarm_low", "text_on_alarm_low", "alarm_high_edge", "alarm_medium_edge", "alarm_low_edge",
    "simulation", "simulation_stripe", "text_on_simulation",
)  # fmt: skip
"""Every colour that a theme must give."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SIZE = re.compile(r"\$\{s(\d+)\}")

ROLES: Mapping[QPalette.ColorRole, str] = MappingProxyType({
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "background",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "dim",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.Light: "line",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "background",
    QPalette.ColorRole.Shadow: "background",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "text_on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
})  # fmt: skip
"""What Fusion itself paints with."""


class ThemeError(ValueError):
    """A theme that cannot be used; its text says which, and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How the station looks.

    Attributes:
        key: The word in settings.
        name: The word in the settings dialog.
        tokens: Colour by token, each `#rrggbb`.
        text_scale: How many times as large as designed all text and controls are, 0.8 to 2.
    """

    key: str
    name: str
    tokens: Mapping[str, str]
    text_scale: float = 1.0

    def colour(self, token: str) -> QColor:
        """The colour of `token`. Raises KeyError for one that no theme has."""
        return QColor(self.tokens[token])

    def size(self, pixels: float) -> int:
        """`pixels` of the drawing board, at this text scale."""
        return max(1, round(pixels * self.text_scale))

    def font(self, pixels: float, *, bold: bool = False) -> QFont:
        """The bundled font at `pixels` of the drawing board; its digits are all of one width."""
        font = QFont(FONT)
        font.setPixelSize(self.size(pixels))
        font.setBold(bold)
        return font


class ThemeNotifier(QObject):
    """Holds the theme of an application and tells when it changed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme(DEFAULT)
        self.fonts: tuple[int, ...] = ()


def load_theme(key: str) -> Theme:
    """Read a theme.

    Raises:
        ThemeError: there is no such theme, or its file lacks a colour.
    """
    path = assets.theme_file(key)
    if not path.is_file():
        raise ThemeError(f"there is no theme {key!r}; there are {', '.join(assets.theme_keys())}")
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    theme = Theme(key=key, name=str(document["name"]), tokens=MappingProxyType(dict(document["tokens"])))
    _check(theme)
    return theme


def _check(theme: Theme) -> None:
    wrong = [t for t in TOKENS if not _COLOUR.fullmatch(str(theme.tokens.get(t, "")))]
    unknown = sorted(set(theme.tokens) - set(TOKENS))
    if wrong or unknown:
        raise ThemeError(
            f"theme {theme.key!r}: these colours are missing or wrong: {', '.join(wrong + unknown)}"
        )


def themed(theme: Theme, overrides: Mapping[str, str], text_scale: float) -> Theme:
    """The theme with the clinic's own colours and text scale.

    Raises:
        ThemeError: a colour is not `#rrggbb`, or a token is unknown.
    """
    tokens = MappingProxyType({**theme.tokens, **overrides})
    result = replace(theme, tokens=tokens, text_scale=min(max(text_scale, 0.8), 2.0))
    _check(result)
    return result


def notifier() -> ThemeNotifier:
    """The application's one notifier. Raises RuntimeError when there is no application yet."""
    app = QApplication.instance()
    if app is None:
        msg = "there is no application to ask for its theme"
        raise RuntimeError(msg)
    found = cast(ThemeNotifier | None, app.findChild(ThemeNotifier))
    return found or ThemeNotifier(app)


def current() -> Theme:
    """The theme in use."""
    return notifier().theme


def apply_theme(
    app: QApplication, key: str, overrides: Mapping[str, str] = MappingProxyType({}), text_scale: float = 1.0
) -> None:
    """Give the whole application a theme, and tell those who paint for themselves; once is enough.

    Raises:
        ThemeError: see `load_theme` and `themed`.
    """
    theme = themed(load_theme(key), overrides, text_scale)
    if notifier().fonts and notifier().theme == theme:
        return  # it is worn already
    _load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(theme.font(TEXT_PX))
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))
    notifier().theme = theme
    notifier().changed.emit()


def _load_fonts() -> None:
    holder = notifier()
    if not holder.fonts:
        holder.fonts = tuple(QFontDatabase.addApplicationFont(str(path)) for path in assets.font_files())


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in ROLES.items():
        palette.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("dim"))
    return palette


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme: the template with its colours and sizes."""
    sized = _SIZE.sub(lambda found: str(theme.size(int(found[1]))), assets.style_template())
    return Template(sized).safe_substitute(theme.tokens, folder=assets.folder().as_posix())


def set_look(widget: QWidget, look: str) -> None:
    """Say what a widget is, so that the style sheet dresses it. May change while it is shown."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    # Polishing alone leaves the room that the new look takes around the words as it was.
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    widget.updateGeometry()
