"""The least that a window of PySide6 can be, for the start to be compared with. Prints when it was painted.

`python -m benchmarks.start_bare SECOND`: the monotonic second at which it was asked for.
"""

import json
import os
import sys
from time import monotonic, process_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Paints its ground, and ends the program when that is done."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QTimer.singleShot(0, self.end)

    def end(self) -> None:
        wall, cpu = (monotonic() - float(sys.argv[1])) * 1e3, process_time() * 1e3
        print(json.dumps({"first paint": [wall, cpu]}))
        QApplication.exit(0)


def main() -> int:
    app = QApplication([])
    window = Bare()
    window.resize(1600, 900)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
