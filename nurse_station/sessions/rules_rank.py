"""Which finding harms most if it is let pass: what is read first. Ranks only; lets nothing pass."""

from collections.abc import Iterable

from nurse_station.sessions.findings import Finding

RANKS: tuple[tuple[str, ...], ...] = (
    # More drug than the order allows.
    ("R5:above_max", "R5:limit", "R5:total", "R7:step_too_large", "R5:order_max", "R7:order_max"),
    # A slipped decimal point, in the dose, at the pump or in the bag.
    ("R5:tenfold", "R5:pump_disagrees", "R5:bag_strength", "R5:usual_strength", "R5:above_plan", "weight"),
    # The patient as he is now.
    ("R6:hold", "R6:alarm", "R9:", "R18", "R1:", "R16:"),
    # What was not checked, or not well enough.
    ("R6:pressure", "R6:moaas", "R6:hallucination", "R6:nausea", "R2:nibp", "R2:spo2", "R2:air"),
)
"""Beginnings of keys, the worst first; what is named nowhere, times above all, comes last. A default."""


def rank(key: str) -> int:
    """0: the worst. By the beginning of the key; `R6:moaas_age` is a check that is missing."""
    found = (place for place, group in enumerate(RANKS) if key.startswith(group))
    return next(found, len(RANKS))


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings by harm; those alike stay in the order of the rules."""
    return tuple(sorted(findings, key=lambda each: rank(each.key)))
