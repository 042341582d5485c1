"""Where everything starts: the words of the command line -> the verb that does them."""

import sys
from collections.abc import Sequence

from nurse_station.commands.parser import parse
from nurse_station.commands.trouble import UserError, told


def main(argv: Sequence[str] | None = None) -> int:
    """Run the nurse station.

    Args:
        argv: The words after the program's name; None: those it was called with.

    Returns:
        0: done; 1: something was found wrong, and said; 2: it could not be done as asked, and one
        sentence on stderr says why and what to do.
    """
    options = parse(sys.argv[1:] if argv is None else argv)
    try:
        return int(options.run(options))
    except UserError as error:
        return told(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has gone, e.g. `| head`
        return 0
