"""A voice that keeps what it is asked. Nothing is heard."""


class FakeVoice:
    """A peer of a voice; `trouble` is set by hand."""

    name = "peer"

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble
        self.heard: list[str] = []
        self.whose: list[bool | None] = []
        self.hushes = 0

    def say(self, text: str, *, woman: bool | None = None) -> None:
        self.heard.append(text)
        self.whose.append(woman)

    def hush(self) -> None:
        self.hushes += 1
