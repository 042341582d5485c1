"""What our drawing is measured against: which peers there are, and which of them run here. Measures nothing.

They come with the dependency group "peers"; one that is not installed is left out, by name and with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol


class Screen(Protocol):
    """Waves on a screen, or in memory as on a screen."""

    @property
    def painted(self) -> int:
        """Whole frames that were painted so far."""

    def frame(self) -> None:
        """Draw and paint the next frame."""


class DoesNotRunError(Exception):
    """A peer that is installed and cannot draw on this machine; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One way to draw the same.

    Attributes:
        name: In the tables.
        module, screen: Where its screen is made.
        frames: So many frames at least are measured together; 30 where their cost differs over a second.
    """

    name: str
    module: str
    screen: str
    frames: int = 3


PLAIN = "plain pyqtgraph"
SWEEP: tuple[Peer, ...] = (
    Peer(name=PLAIN, module="benchmarks.peers_pyqtgraph", screen="Plain"),
    Peer(name=f"{PLAIN}, cheap look", module="benchmarks.peers_pyqtgraph", screen="Cheap"),
    Peer(name="tuned pyqtgraph", module="benchmarks.peers_pyqtgraph", screen="Tuned"),
    Peer(
        name="pyqtgraph in one-second pieces", module="benchmarks.peers_pyqtgraph", screen="Pieces", frames=30
    ),
    Peer(name="matplotlib, blit", module="benchmarks.peers_matplotlib", screen="Blit"),
    Peer(name="QtCharts", module="benchmarks.peers_qtcharts", screen="Charts"),
    Peer(name="vispy", module="benchmarks.peers_vispy", screen="Gl"),
)


def made(peers: Sequence[Peer], *given: object) -> tuple[dict[str, Any], dict[str, str]]:
    """The peers' screens, each made with what is given, by name; and why those are missing that are."""
    found: dict[str, Any] = {}
    left_out: dict[str, str] = {}
    for peer in peers:
        try:
            found[peer.name] = getattr(import_module(peer.module), peer.screen)(*given)
        except ModuleNotFoundError as error:
            left_out[peer.name] = f"{error.name} is not installed"
        except DoesNotRunError as error:
            left_out[peer.name] = f"does not run here: {error}"
    return found, left_out
