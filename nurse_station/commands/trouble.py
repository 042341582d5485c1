"""What went wrong, for the person at the command line: one sentence, exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nurse_station.links.link import LinkError
from nurse_station.records.state import RecordError
from nurse_station.settings.errors import SettingsError

EXIT_USER_ERROR = 2


class UserError(Exception):
    """It cannot be done as asked. Its text is one sentence: what is wrong and what to do."""


def told(sentence: str) -> int:
    """Print the sentence on stderr; returns exit code 2."""
    print(f"nurse-station: {sentence}", file=sys.stderr)
    return EXIT_USER_ERROR


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn the errors that are meant for a person into a UserError."""
    try:
        yield
    except (LinkError, RecordError, SettingsError) as error:
        raise UserError(str(error)) from error
