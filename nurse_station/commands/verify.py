"""`verify`: whether the record is as it was written; names the first entry that is not. Repairs nothing."""

import argparse
from pathlib import Path

from nurse_station.commands.choices import session_folder
from nurse_station.commands.trouble import in_one_sentence
from nurse_station.records.reader import RecordReader
from nurse_station.records.signing import stored_public
from nurse_station.records.verify import Verdict, verify, verify_vitals

EXIT_WRONG = 1


def run(options: argparse.Namespace) -> int:
    """Print the verdict; exit code 1 if anything is wrong."""
    folder, mine, vitals, held = session_folder(options), None, "", 0
    with in_one_sentence():
        with RecordReader(folder) as reader:
            if options.session is not None:
                mine = [entry.number for entry in reader.journal(options.session)]
        verdict = verify(folder)
        if options.session is not None:
            vitals, held = verify_vitals(folder, options.session)
    if verdict.trouble:
        print(verdict.trouble)
        print("What stands before it is as it was written; of what stands after it this cannot be said.")
    else:
        print(f"The journal of the record in {folder} is as it was written.")
    for line in (*_counts(verdict), *_of_session(verdict, mine, vitals, held), *_keys(verdict, folder)):
        print(line)
    return EXIT_WRONG if verdict.trouble or vitals else 0


def _counts(verdict: Verdict) -> list[str]:
    lines = [f"Journal entries: {verdict.entries}. Signatures: {verdict.checkpoints}."]
    if verdict.deleted:
        lines.append(f"Of deleted sessions: {verdict.deleted}; their digests hold.")
    if verdict.chained_later:
        lines.append(f"Up to entry {verdict.chained_later} they are older than the chain, and chained later.")
    unsigned = verdict.entries - verdict.sealed
    if unsigned > 0 and not verdict.trouble:
        lines.append(
            f"The last {unsigned} are not signed yet: that none is missing after them cannot be said."
        )
    return lines


def _of_session(verdict: Verdict, mine: list[int] | None, vitals: str, held: int) -> list[str]:
    if mine is None:
        return ["Vitals and waves are looked at when a session is named."]
    sound = [number for number in mine if verdict.row is None or number < verdict.row]
    words = f"Of the session: {len(mine)} entries"
    entries = f"{words}." if len(sound) == len(mine) else f"{words}, {len(sound)} of them before the fault."
    return [entries, vitals or f"Its vitals and waves are as they were sealed ({held} seals)."]


def _keys(verdict: Verdict, folder: Path) -> list[str]:
    own = stored_public(folder)
    strange = sorted(public.hex()[:16] for public in verdict.publics if own is not None and public != own)
    if not strange:
        return []
    return [f"Signed by another key than the one beside the record: {', '.join(strange)}. Do you know it?"]
