"""python -m nurse_station."""

import sys

from nurse_station.app import main

if __name__ == "__main__":
    sys.exit(main())
