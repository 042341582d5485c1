"""How fast each family's decoder is, as a multiple of real time, at reads of several sizes.

The bytes are what the family's emulator sends of a simulated patient. The peer of the run is summing the
same bytes one by one in Python, the least that any decoder written byte by byte must do.
"""

import sys
from collections.abc import Callable, Sequence
from time import process_time

from benchmarks.measure import Measured, arguments, interleaved, print_json, print_machine, print_table
from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS

READS = (32, 256, 4096)
SECONDS = 300
BYTE_BY_BYTE = "sum of each byte"


def stream_of(driver: Driver, seconds: int) -> bytes:
    """What a monitor of the family sends in so many seconds once it was asked."""
    emulator, decoder = driver.emulator(simulated_patient(1), 1), driver.decoder()
    emulator.receive(driver.conversation(decoder).opened(0.0), 0.0)
    return b"".join(emulator.emit(float(second)) for second in range(1, seconds + 1))


def decoding(driver: Driver, stream: bytes, read: int) -> Callable[[], float]:
    """Times the decoding of the stream in reads of so many bytes; CPU seconds."""

    def run() -> float:
        decoder = driver.decoder()
        begin = process_time()
        for at in range(0, len(stream), read):
            decoder.feed(stream[at : at + read], at / 1000)
        return process_time() - begin

    return run


def summing(stream: bytes) -> Callable[[], float]:
    def run() -> float:
        begin, total = process_time(), 0
        for byte in stream:
            total = (total + byte) & 0xFF
        return process_time() - begin

    return run


def measured(driver: Driver, repeat: int) -> tuple[int, dict[str, Measured]]:
    """Bytes of the stream, and CPU seconds for each way."""
    stream = stream_of(driver, SECONDS)
    runs = {f"reads of {read}": decoding(driver, stream, read) for read in READS}
    return len(stream), interleaved({**runs, BYTE_BY_BYTE: summing(stream)}, repeat)


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    options = parser.parse_args(argv)
    found = {key: measured(driver, options.repeat) for key, driver in DRIVERS.items()}
    if options.json:
        figures = {key: _figures(size, runs) for key, (size, runs) in found.items()}
        print_json("decode", {"seconds": SECONDS, "families": figures})
        return 0
    for key, (size, runs) in found.items():
        peer = runs[BYTE_BY_BYTE]
        rows = [
            (name, f"{run.median * 1e3:.1f}", f"{SECONDS / run.median:,.0f}", f"{run.over(peer):.2f}")
            for name, run in runs.items()
        ]
        title = f"{key}: {SECONDS} s of its line, {size / SECONDS:,.0f} bytes a second"
        print_table(title, ("", "CPU ms", "x real time", f"/ {BYTE_BY_BYTE}"), rows)
    print_machine()
    return 0


def _figures(size: int, runs: dict[str, Measured]) -> dict[str, object]:
    peer = runs[BYTE_BY_BYTE]
    return {
        "bytes": size,
        "cpu_s": {name: run.record() for name, run in runs.items()},
        "times_real_time": {name: SECONDS / run.median for name, run in runs.items()},
        "over_peer": {name: run.over(peer) for name, run in runs.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
