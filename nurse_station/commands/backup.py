"""`backup`: a whole copy of the record in another folder, while the station runs or not."""

import argparse
from pathlib import Path

from nurse_station.commands.choices import data_dir
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.backup import copy_record


def run(options: argparse.Namespace) -> int:
    """Copy it and say where it is. Refuses a folder in which another record lies."""
    with in_one_sentence():
        copy = copy_record(data_dir(options), Path(options.folder))
    if copy is not None:
        print(f"{copy.path}: {copy.size / 1e6:.1f} MB, whole. The key that signs the record is not in it.")
    return 0
