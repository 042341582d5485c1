"""What may be typed as the address of a line, and what is wrong with anything else. No Qt, no look-up."""

from urllib.parse import urlsplit

NETWORK = ("socket", "rfc2217")
EMPTY = "Type the path of a port, or socket://host:port."
UNKNOWN_WAY = "A serial server is written socket://host:port or rfc2217://host:port."
INCOMPLETE = "A serial server is {way}://host:port, e.g. {way}://10.0.0.7:4001."

PROGRAMS_PORT = "/dev/pts/"
EMULATED = (
    "This port belongs to a program, not to a cable: an emulated monitor would be recorded as this chair's "
    "patient. Try one at a station with a data folder of its own."
)


def doubt(address: str) -> str:
    """What is to be said of an address that can be a line's, a sentence; empty: nothing. A name that leads
    to such a port from elsewhere is not followed."""
    return EMULATED if address.startswith(PROGRAMS_PORT) else ""


def why_not(address: str) -> str:
    """Why an address cannot be a line's, a sentence; empty: it can, be it there or not."""
    if not address:
        return EMPTY
    way, colon, rest = address.partition(":")
    if way.lower() in NETWORK:
        whole = way in NETWORK and rest.startswith("//") and _has_host_and_port(address)
        return "" if whole else INCOMPLETE.format(way=way.lower())
    if "://" in address:
        return UNKNOWN_WAY
    return ""


def _has_host_and_port(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a port above 65535, or half a bracket
        return False
    whole = parts.hostname and port and parts.username is None and parts.path in ("", "/")
    return bool(whole) and not any(sign.isspace() for sign in address)
