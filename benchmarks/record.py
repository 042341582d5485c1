"""What it costs to commit one second of sixteen beds, beside sixteen plain appends with fdatasync.

The second: of each bed 15 numerics, ECG, pleth and CO2 in four packets, and of the room one journal entry a
bed, bound into the chain. A journal entry for each bed in each second is far more than a ward makes.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.measure import arguments, interleaved, print_json, print_machine, print_table
from nurse_station.records.rows import JOURNAL, SESSION, Catalogue, Handed, Packer, Row
from nurse_station.records.signing import load_signer
from nurse_station.records.store import RecordStore
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Reading
from nurse_station.vitals.waves import WaveBlock

BEDS = 16
SECONDS = 60
RAW_BYTES = 1375
"""Of one bed's waves in a second as 16-bit samples, and its numerics: what a plain append writes."""

APPENDS, COMMIT, WITH_ENTRIES, SEAL = (
    "16 appends, fdatasync each",
    "commit of vitals",
    "commit with 16 chained entries",
    "signature, once a minute",
)


def second(bed: int, number: int) -> Handed:
    """What one bed's monitor says in one second."""
    at = 1000.0 + number
    noise = np.random.default_rng(bed * 1000 + number)
    events: list[Reading | WaveBlock] = [
        Reading(parameter=key, value=float(noise.integers(40, 120)), at=at, source="ge-s5-dri")
        for key in list(PARAMETERS)[:15]
    ]
    for part in range(4):
        for wave, rate, resolution in (("ecg1", 300, 0.001), ("pleth", 100, 0.01), ("co2", 25, 0.05)):
            samples = (noise.normal(0, 20, rate // 4).round() * resolution).astype(np.float32)
            events.append(WaveBlock(wave=wave, samples=samples, rate_hz=rate, resolution=resolution,
                                    at=at + part / 4, source="ge-s5-dri"))  # fmt: skip
    return Handed(session=bed + 1, events=tuple(events), offset_us=0)


class Ward:
    """A record with sixteen sessions, and its rows of a minute, packed beforehand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = RecordStore(folder)
        self.store.open()
        catalogue = Catalogue({}, {})
        packers = [Packer(bed + 1, catalogue) for bed in range(BEDS)]
        self.seconds: list[list[Row]] = [
            [row for bed in range(BEDS) for row in packers[bed].pack([second(bed, number)])]
            for number in range(SECONDS)
        ]
        sessions = [
            (SESSION, (bed + 1, f"s{bed}", f"u{bed}", f"b{bed}", "B", 0, 0.0, 0, "0")) for bed in range(BEDS)
        ]
        self.store.write([sessions, catalogue.news])

    def commits(self, entries: int) -> float:
        """Seconds that one commit takes, with so many entries in each; the median of a minute."""
        taken = []
        for number, rows in enumerate(self.seconds):
            journal = [entry(bed, number) for bed in range(entries)]
            begin = perf_counter()
            self.store.write([journal, rows])
            taken.append(perf_counter() - begin)
        return median(taken)

    def signature(self) -> float:
        signer = load_signer(self.folder)
        begin = perf_counter()
        self.store.seal(signer, 0)
        return perf_counter() - begin


def entry(bed: int, number: int) -> Row:
    body = '{"change":"none","condition":"spo2_low","limit":90,"value":89}'
    return JOURNAL, (None, bed + 1, number, float(number), "station", "alarm", body, None, "")


def appends(folder: Path) -> float:
    """Seconds that sixteen appends with fdatasync take, each to a file of its own; the median of a minute."""
    files = [os.open(folder / f"bed-{bed}", os.O_CREAT | os.O_APPEND | os.O_WRONLY) for bed in range(BEDS)]
    sync = getattr(os, "fdatasync", os.fsync)
    taken = []
    for _ in range(SECONDS):
        begin = perf_counter()
        for file in files:
            os.write(file, bytes(RAW_BYTES))
            sync(file)
        taken.append(perf_counter() - begin)
    for file in files:
        os.close(file)
    return median(taken)


def main(argv: Sequence[str]) -> int:
    parser = arguments(__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--folder", metavar="DIR", help="on the disk to measure (default: a temporary one)")
    options = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        (folder / "record").mkdir()
        ward = Ward(folder / "record")
        runs = {
            APPENDS: lambda: appends(folder),
            COMMIT: lambda: ward.commits(0),
            WITH_ENTRIES: lambda: ward.commits(BEDS),
            SEAL: ward.signature,
        }
        found = interleaved(runs, options.repeat)
        ward.store.close()
    finally:
        shutil.rmtree(folder)
    peer = found[APPENDS]
    if options.json:
        figures = {name: {**run.record(), "over_appends": run.over(peer)} for name, run in found.items()}
        print_json("record", {"beds": BEDS, "seconds": figures})
        return 0
    rows = [(name, f"{run.median * 1e3:.2f}", f"{run.over(peer):.2f}") for name, run in found.items()]
    print_table(f"One second of {BEDS} beds", ("", "ms", "/ appends"), rows)
    print_machine()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
