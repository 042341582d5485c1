"""What a clinic engineer can do about a line that no family was recognised on. Sentences, no port.

Nothing is said that the bytes do not show: a serial port tells no parity error by itself, but seven data
bits with parity are seen in the eighth, and a joined cable is seen in its echo.
"""

from collections.abc import Mapping, Sequence

from nurse_station.devices.contract import Driver
from nurse_station.devices.identify import MOST_OF_A_LINE, Fit, Heard

NOTHING = (
    "Nothing arrives: is the cable in, is the monitor on and its data output switched on? "
    "A monitor that is wired pin to pin may need a null-modem cable."
)
NO_FRAME = (
    "{count} bytes arrive but no frame of a known family: wrong speed? GE monitors need even parity. "
    "Compare the monitor's output menu with `nurse-station monitors`, which lists what is known."
)
SAME_BYTE = (
    "{count} bytes arrive and all are {byte:02X}: the line is held or far too fast or slow; "
    "check the pins and the monitor's speed."
)
ECHO = "What was sent came back: receive and transmit are joined, in a loop-back plug or by the wrong pins."
SEVEN_BITS = (
    "The eighth bit of every byte is the {which} parity of the others: "
    "the monitor sends 7 data bits with {which} parity; set it to the settings of its family."
)
DAMAGED = (
    "{accepted} frames of {name} came whole and {refused} were refused, most of them so: {reason}. "
    "Check the cable and the adaptor, then try again."
)
TOO_FEW = "{accepted} frames of {name} came, too few to be sure: listen longer (--seconds)."
AMBIGUOUS = "It fits {names} alike: look at the monitor which of them it is set to."

ENOUGH_TO_JUDGE_PARITY = 24


def advice(drivers: Mapping[str, Driver], heard: Sequence[Heard]) -> tuple[str, ...]:
    """What to do, the most telling sentence first. Empty when one family was recognised.

    Args:
        drivers: Key -> family.
        heard: What each attempt brought, in their order.
    """
    sure = next((attempt.sure for attempt in heard if attempt.sure), ())
    if len(sure) == 1:
        return ()
    if sure:
        names = " and ".join(drivers[fit.family].name for fit in sure)
        return (AMBIGUOUS.format(names=names),)
    return tuple(dict.fromkeys(_unrecognised(drivers, heard)))


def _unrecognised(drivers: Mapping[str, Driver], heard: Sequence[Heard]) -> list[str]:
    loud = [attempt for attempt in heard if attempt.data]
    if not loud:
        return [NOTHING]
    if any(_is_echo(attempt) for attempt in loud):
        return [ECHO]
    fits = [fit for attempt in loud for fit in attempt.fits if fit.accepted and fit.tells]
    best = max(fits, key=lambda fit: (fit.share, fit.accepted), default=None)
    if best is not None and (drivers[best.family].checksum or best.share >= MOST_OF_A_LINE):
        return [_nearly(drivers[best.family], best)]
    return [*_looks_of(max((attempt.data for attempt in loud), key=len))]


def _nearly(driver: Driver, fit: Fit) -> str:
    if not fit.refused:
        return TOO_FEW.format(accepted=fit.accepted, name=driver.name)
    most = max(fit.refused, key=lambda reason: fit.refused[reason])
    refused = sum(fit.refused.values())
    return DAMAGED.format(
        accepted=fit.accepted, name=driver.name, refused=refused, reason=driver.refusals.get(most, most)
    )


def _looks_of(data: bytes) -> list[str]:
    if len(set(data)) == 1:
        return [SAME_BYTE.format(count=len(data), byte=data[0])]
    parity = _parity_in_bit_7(data)
    hint = [SEVEN_BITS.format(which=parity)] if parity else []
    return [*hint, NO_FRAME.format(count=len(data))]


def _parity_in_bit_7(data: bytes) -> str:
    """ "even" or "odd" when all bytes agree in it and bit 7 is used; "": they do not."""
    ones = {byte.bit_count() % 2 for byte in data}
    if len(data) < ENOUGH_TO_JUDGE_PARITY or len(ones) != 1 or len({byte >> 7 for byte in data}) != 2:
        return ""
    return "odd" if ones == {1} else "even"


def _is_echo(heard: Heard) -> bool:
    return bool(heard.sent) and heard.sent.startswith(heard.data[: len(heard.sent)])
