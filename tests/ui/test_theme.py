"""Every theme is whole and can be read."""

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel

from nurse_station.ui import assets, theme
from nurse_station.ui.theme import TOKENS, ThemeError, apply_theme, current, load_theme, themed
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.waves import WAVES

UI = Path(theme.__file__).parent
KEYS = assets.theme_keys()
GROUNDS = ("background", "panel", "raised")
WORDS = ("text", "dim", "accent", "hr", "spo2", "co2", "resp", "nibp", "temperature", "pressure", "other",
         "drug", "concentration", "good", "doubtful")  # fmt: skip
FILLS = (("alarm_high", "text_on_alarm_high"), ("alarm_medium", "text_on_alarm_medium"),
         ("alarm_low", "text_on_alarm_low"), ("simulation", "text_on_simulation"),
         ("simulation_stripe", "text_on_simulation"), ("accent_fill", "text_on_accent"))  # fmt: skip
READABLE = 4.5
"""WCAG 2 AA for text of ordinary size."""
SEEN = 3.0
"""WCAG 2 AA for what is no text."""


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_are_the_three_themes() -> None:
    assert set(KEYS) == {"dark", "light", "contrast"}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("key", KEYS)
def test_words_can_be_read_on_every_ground(key: str, words: str, ground: str) -> None:
    look = load_theme(key)
    assert contrast(look.colour(words), look.colour(ground)) >= READABLE


@pytest.mark.parametrize(("fill", "words"), FILLS)
@pytest.mark.parametrize("key", KEYS)
def test_words_can_be_read_on_what_is_filled(key: str, fill: str, words: str) -> None:
    look = load_theme(key)
    assert contrast(look.colour(fill), look.colour(words)) >= READABLE


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", ["alarm_high_edge", "alarm_medium_edge", "alarm_low_edge"])
@pytest.mark.parametrize("key", KEYS)
def test_the_outline_of_an_alarm_is_seen_on_every_ground(key: str, edge: str, ground: str) -> None:
    look = load_theme(key)
    assert contrast(look.colour(edge), look.colour(ground)) >= SEEN


@pytest.mark.parametrize("fill", ["alarm_high", "alarm_medium", "alarm_low"])
@pytest.mark.parametrize("key", KEYS)
def test_a_filled_alarm_differs_from_the_ground_also_without_colour(key: str, fill: str) -> None:
    """On the bright ground of the light theme a yellow fill is told by its outline and words instead."""
    look = load_theme(key)
    grounds = [contrast(look.colour(fill), look.colour(ground)) for ground in GROUNDS]
    assert min(grounds) >= SEEN or contrast(look.colour(f"{fill}_edge"), look.colour("panel")) >= SEEN


@pytest.mark.parametrize("row", [*PARAMETERS.values(), *WAVES.values()], ids=lambda row: row.key)
def test_every_parameter_and_wave_has_its_colour(row: object) -> None:
    assert row.colour in TOKENS  # type: ignore[attr-defined]


def test_a_theme_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ThemeError, match="'pink'.*contrast, dark, light"):
        load_theme("pink")


@pytest.mark.parametrize("overrides", [{"hr": "green"}, {"heart": "#00ff00"}, {"hr": "#12345"}])
def test_a_clinics_colour_that_is_none_is_refused(overrides: dict[str, str]) -> None:
    with pytest.raises(ThemeError):
        themed(load_theme("dark"), overrides, 1.0)


def test_a_clinics_own_colour_takes_the_place_of_the_themes(qapp: QApplication) -> None:
    apply_theme(qapp, "dark", {"hr": "#00ff00"})
    assert current().colour("hr") == QColor("#00ff00")


@pytest.mark.parametrize(("scale", "pixels"), [(1.0, 14), (2.0, 28), (9.0, 28), (0.1, 11)])
def test_text_scales_up_to_double(qapp: QApplication, scale: float, pixels: int) -> None:
    apply_theme(qapp, "dark", text_scale=scale)
    assert qapp.font().pixelSize() == pixels


def test_a_change_of_theme_is_told(qapp: QApplication) -> None:
    told: list[str] = []
    theme.notifier().changed.connect(lambda: told.append(current().key))
    apply_theme(qapp, "light")
    assert told == ["light"]


def test_the_bundled_font_is_the_one_in_use(qapp: QApplication) -> None:
    assert qapp.font().family() == theme.FONT
    assert {path.name for path in assets.font_files()} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
    assert theme.FONT in QFontDatabase.families()


@pytest.mark.parametrize("key", KEYS)
def test_no_word_of_the_style_sheet_is_left_unfilled(key: str) -> None:
    assert "$" not in theme.style_sheet(load_theme(key))


def test_every_look_of_the_docstring_is_in_the_style_sheet(qapp: QApplication) -> None:
    named = set(re.findall(r"\b[a-z]+\b", str(theme.__doc__).split("QWidget", 1)[1])) - {
        "resources",
        "themes",
    }
    looks = set(re.findall(r'look="([a-z]+)"', assets.style_template()))
    assert looks <= named


def test_a_new_look_takes_the_room_it_needs(qtbot: QtBot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    theme.set_look(label, "dim")
    label.show()
    plain = label.sizeHint().height()
    theme.set_look(label, "trouble")
    assert label.sizeHint().height() >= plain + current().size(12)


def test_a_look_may_change_while_it_is_shown(qapp: QApplication) -> None:
    label = QLabel("words")
    theme.set_look(label, "dim")
    theme.set_look(label, "heading")
    assert label.property("look") == "heading"


@pytest.mark.parametrize(
    "path", sorted((assets.folder() / "icons").glob("*.svg")), ids=lambda path: path.stem
)
def test_every_icon_is_drawn(qapp: QApplication, path: Path) -> None:
    image = assets.icon(path.stem, QColor("#ff0000")).pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_an_icon_that_is_not_there_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        assets.icon("no-such-icon")


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_colours_and_style_sheets_are_in_one_place(path: Path) -> None:
    if path.name == "theme.py":
        return
    source = path.read_text(encoding="utf-8")
    assert "setStyleSheet" not in source
    assert not re.search(r"#[0-9a-fA-F]{6}\b", source)


@pytest.mark.parametrize("key", assets.theme_keys())
def test_each_drawing_that_the_style_sheet_names_is_there(key: str) -> None:
    named = re.findall(r'url\("([^"]+)"\)', theme.style_sheet(load_theme(key)))
    assert named
    assert all(Path(each).is_file() for each in named)
