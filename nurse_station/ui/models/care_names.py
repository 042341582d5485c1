"""Who may be asked to let something pass: names of today's prescribers. Lets nothing pass itself; no Qt."""

from nurse_station.sessions.decide import same_person
from nurse_station.sessions.session import Session

OWN_NAME = "{who} enters this: a prescriber of another name must let it pass."


def prescribers(session: Session, who: str) -> tuple[str, ...]:
    """Who is noted as present, then who ordered, then who let something pass today; never who enters."""
    used = [override.by for timed in reversed(session.stands) for override in timed.overrides]
    ordered = session.order.prescriber if session.order is not None else ""
    names: list[str] = []
    for name in (" ".join(each.split()) for each in (session.prescriber, ordered, *used)):
        if name and not same_person(name, who) and not any(same_person(name, each) for each in names):
            names.append(name)
    return tuple(names)


def refusal(by: str, who: str) -> str:
    """Why this name lets nothing pass; empty: it may."""
    return OWN_NAME.format(who=who) if by.strip() and same_person(by, who) else ""
