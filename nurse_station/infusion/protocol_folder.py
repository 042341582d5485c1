"""The clinic's own protocols beside the program's. A file that is none is named, and the rest is offered."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.protocol_files import ProtocolError, factory_folder, load, load_all


class Offered(Mapping[str, Protocol]):
    """Protocols by key, the clinic's own before the program's.

    Attributes:
        troubles: Why a file of the clinic is not among them, a sentence each.
    """

    def __init__(self, protocols: Mapping[str, Protocol], troubles: tuple[str, ...] = ()) -> None:
        self._protocols = dict(protocols)
        self.troubles = troubles

    def __getitem__(self, key: str) -> Protocol:
        return self._protocols[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._protocols)

    def __len__(self) -> int:
        return len(self._protocols)


def offered(own: Path, *, wanted: bool = False) -> Offered:
    """What the clinic may choose from; `wanted`: its folder was named, so that it must be there.

    Raises:
        ProtocolError: one of the program's own is broken.
    """
    shipped = load_all(factory_folder())
    found: dict[str, Protocol] = {}
    troubles = [f"The folder of protocols {own} is not there."] if wanted and not own.is_dir() else []
    for path in sorted(own.glob("*.toml")):
        try:
            _add(found, load(path), shipped, path)
        except ProtocolError as error:
            troubles.append(_named(path, error))
    clinic = dict(sorted(found.items(), key=lambda item: item[1].course.days))
    return Offered({**clinic, **shipped}, tuple(troubles))


def _add(found: dict[str, Protocol], protocol: Protocol, shipped: Mapping[str, Protocol], path: Path) -> None:
    whose = "the program's" if protocol.key in shipped else "another file's" if protocol.key in found else ""
    if whose:
        raise ProtocolError([f'key "{protocol.key}" is {whose} as well; give it another.'], str(path))
    found[protocol.key] = protocol


def _named(path: Path, error: ProtocolError) -> str:
    first, *others = (sentence.removeprefix(f"{path}: ") for sentence in error.sentences)
    more = f" ({len(others)} more: nurse-station protocol check {path})" if others else ""
    return f"The protocol {path.name} is not offered: {first}{more}"


def troubles_of(protocols: Mapping[str, Protocol]) -> tuple[str, ...]:
    """Why files of the clinic are not among these; empty: all are, or it has none."""
    return protocols.troubles if isinstance(protocols, Offered) else ()
