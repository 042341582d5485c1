"""Lines, marks and words of a drawing, in millimetres, black on white. Knows no vital signs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

FONT = "DejaVu Sans"
Points = Iterable[tuple[float, float]]


@dataclass(slots=True)
class Drawing:
    """A drawing that grows. Coordinates are mm from the upper left corner."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def line(self, points: Points, width: float = 0.25, dash: str = "", grey: int = 0) -> None:
        """A line through points; of one point a dot. `grey`: 0 black to 255 white."""
        own = [f"{x:.2f} {y:.2f}" for x, y in points]
        if not own:
            return
        path = "M" + "L".join(own if len(own) > 1 else own * 2)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{_grey(grey)}" stroke-width="{width}" '
            f'stroke-linejoin="round" stroke-linecap="{"butt" if dash else "round"}"{dashed}/>'
        )

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "none", edge: float = 0.15
    ) -> None:
        """A rectangle; `fill` is "none", "black", "grey" or "white"."""
        colour = {"none": "none", "black": "#000000", "grey": "#b0b0b0", "white": "#ffffff"}[fill]
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}" '
            f'stroke="#000000" stroke-width="{edge}"/>'
        )

    def words(self, x: float, y: float, said: str, size: float = 2.3, anchor: str = "start") -> None:
        """Words with their base line at y; `anchor` is "start", "middle" or "end"."""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size}" '
            f'text-anchor="{anchor}">{escape(said)}</text>'
        )

    def svg(self) -> str:
        """The whole drawing."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}mm" height="{self.height}mm" '
            f'viewBox="0 0 {self.width} {self.height}">{"".join(self.parts)}</svg>'
        )


def _grey(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"
