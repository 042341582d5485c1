"""How the station finds out which monitor speaks on a port, in words. Listens to nothing itself."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nurse_station.station.view import RecognitionSnapshot, RecognitionState
from nurse_station.ui import theme
from nurse_station.ui.dialogs.connect_raw import RawView
from nurse_station.ui.dialogs.side import label_with_look

TRIED_SHOWN = 3
FOUND = "{name} at {line}. Enter connects it to {bed}."
STOPPED = "Stopped."


def doing(picture: RecognitionSnapshot) -> str:
    """`Step 3 of 12: listening at 9600 8N1 · 42 bytes`; empty when it is over."""
    if picture.state is not RecognitionState.RUNNING:
        return ""
    if picture.step == 0:
        return f"Opening {picture.port}."
    count = f"{picture.bytes_heard} bytes" if picture.bytes_heard else "nothing yet"
    return f"Step {picture.step} of {picture.steps}: {picture.doing} · {count}"


def outcome(picture: RecognitionSnapshot, bed: str) -> tuple[str, str]:
    """What came of it and its look; both empty while it runs."""
    found = picture.found
    if found is not None:
        return FOUND.format(name=found.name, line=found.line, bed=bed), "good"
    if picture.state is RecognitionState.STOPPED:
        return STOPPED, "dim"
    return ("", "") if picture.state is RecognitionState.RUNNING else ("\n".join(picture.advice), "trouble")


class Finding(QWidget):
    """What is being tried, the bytes that came, and what the attempts before brought."""

    def __init__(self, bed: str) -> None:
        super().__init__()
        self._bed = bed
        self._doing, self._tried = label_with_look("dim"), label_with_look("small")
        self._outcome = label_with_look("good")
        self.raw = RawView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().size(8))
        for part in (self._outcome, self._doing, self.raw, self._tried):
            column.addWidget(part)
        self.hide()

    def show_picture(self, picture: RecognitionSnapshot) -> None:
        """Show how it goes."""
        sentence, look = outcome(picture, self._bed)
        theme.set_look(self._outcome, look)
        for label, words in ((self._outcome, sentence), (self._doing, doing(picture)),
                             (self._tried, "\n".join(picture.tried[-TRIED_SHOWN:]))):  # fmt: skip
            label.setText(words)
            label.setVisible(bool(words))
        self.raw.show_bytes(picture.raw)
        self.show()
