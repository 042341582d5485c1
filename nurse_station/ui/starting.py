"""The window that is there at once, while the station is still being loaded. Knows no theme and no station.

It imports Qt alone: whoever starts the program sees within a blink that it starts, and where to look until
the room is shown. What is shown here is never a value.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from nurse_station.ui.guard import unsuitable_qt

TITLE, SIMULATION = "Nurse Station", "SIMULATION"
SENTENCE = "Starting. Until the room is shown, look at the bedside monitors."
SIZE = (560, 160)
TITLE_PX, SENTENCE_PX = 26, 15


class StartWindow(QWidget):
    """Says that the station starts. Keeps the application alive until the room's window has taken over."""

    def __init__(self, app: QApplication, *, simulated: bool = False) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen)
        self._app = app
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(f"{SIMULATION} · {TITLE}" if simulated else TITLE)
        self.setAccessibleName(f"{self.windowTitle()}. {SENTENCE}")
        self.resize(*SIZE)
        self.move(self.screen().availableGeometry().center() - self.rect().center())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setPen(Qt.GlobalColor.white)
        half = self.height() // 2
        title = self.windowTitle()
        for words, pixels, bold, top in ((title, TITLE_PX, True, 0), (SENTENCE, SENTENCE_PX, False, half)):
            font = QFont(self.font())
            font.setPixelSize(pixels)
            font.setBold(bold)
            painter.setFont(font)
            painter.drawText(
                self.rect().adjusted(12, top, -12, top - half), Qt.AlignmentFlag.AlignCenter, words
            )
        painter.end()


def show_start(*, simulated: bool = False) -> StartWindow | None:
    """Show the window, painted; `simulated`: of a station that shows no patient.

    None: this Qt cannot be used, which is said elsewhere.
    """
    if unsuitable_qt() is not None:
        return None
    app = QApplication.instance() or QApplication(["nurse-station"])
    assert isinstance(app, QApplication)
    window = StartWindow(app, simulated=simulated)
    window.show()
    app.processEvents()
    return window


def end_start() -> None:
    """Take the window away: the room's own is there."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, StartWindow):
            widget.close()
