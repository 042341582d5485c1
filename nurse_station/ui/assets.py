"""The only place that knows where the bundled files are. Reads them; makes none."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QIcon, QImageReader, QPixmap, QPixmapCache

PACKAGE = Path(__file__).resolve().parents[1]
ICON_SIZES = (16, 20, 24, 32, 48, 64, 128)


def folder() -> Path:
    """Where the resources are: inside the package of a wheel, else at the top of the checkout."""
    inside = PACKAGE / "resources"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def font_files() -> tuple[Path, ...]:
    """The bundled fonts, in a fixed order."""
    return tuple(sorted((folder() / "fonts").glob("*.ttf")))


def theme_file(key: str) -> Path:
    """The file of the theme `key`; it may not exist."""
    return folder() / "themes" / f"{key}.toml"


def theme_keys() -> tuple[str, ...]:
    """Every theme that there is a file for, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder() / "themes").glob("*.toml")))


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon drawn in `resources/icons/name.svg`; its `currentColor` becomes `colour`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    drawing = _coloured(name, colour)
    result = QIcon()
    for size in ICON_SIZES:
        result.addPixmap(_drawn(drawing, size))
    return result


def glyph(name: str, colour: QColor, size: int) -> QPixmap:
    """The same drawing for a painter, `size` x `size` device pixels; drawn once, then kept by Qt.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    key = f"nurse-station/{name}/{colour.name()}/{size}"
    kept = QPixmap()
    if not QPixmapCache.find(key, kept):
        kept = _drawn(_coloured(name, colour), size)
        QPixmapCache.insert(key, kept)
    return kept


def _coloured(name: str, colour: QColor | None) -> bytes:
    drawing = (folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return (drawing if colour is None else drawing.replace("currentColor", colour.name())).encode()


def _drawn(svg: bytes, size: int) -> QPixmap:
    """The drawing at `size` x `size` pixels: drawn anew for each size, so that its edges stay sharp."""
    buffer = QBuffer()
    buffer.setData(QByteArray(svg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"svg")
    reader.setScaledSize(QSize(size, size))
    return QPixmap.fromImage(reader.read())


def style_template() -> str:
    """The style sheet that every theme fills with its own colours and sizes."""
    return (folder() / "themes" / "station.qss").read_text(encoding="utf-8")
