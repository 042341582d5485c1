"""The words of the command line. Stable: clinics script them. Imports a verb's code only to run it."""

import argparse
import importlib
import math
from collections.abc import Callable, Sequence

from nurse_station import __version__

Run = Callable[[argparse.Namespace], int]

ABOUT = """\
The screen of an infusion clinic's nurse: live vitals of every chair, kept in a record.
The bedside monitor stays the primary alarm. Not a certified medical device."""

EXAMPLES = """\
examples:
  nurse-station --simulate --beds 4               four simulated patients to try it on
  nurse-station --port COM4 --monitor ge-s5-dri   a GE monitor on a serial port
  nurse-station --replay line.raw --monitor ge-s5-dri --speed 4
                                                  a recorded line, four times as fast
  nurse-station decode --monitor ge-s5-dri line.raw --format summary
  nurse-station emulate ge-s5-dri --pty           a monitor to connect to, without hardware

Without a command the station itself starts, with the beds and monitors of its settings."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options; `run` among them does the verb. Exits with code 2 and a sentence for words it has not."""
    options = build().parse_args(argv)
    if not hasattr(options, "run"):
        options.run = _verb("start")
    return options


def build() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="nurse-station", description=ABOUT, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"nurse-station {__version__}")
    _station_options(parser)
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    _listings(verbs)
    _identify(verbs)
    _decode(verbs)
    _emulate(verbs)
    _readings(verbs)
    _lines(verbs)
    _evaluate(verbs)
    _protocol(verbs)
    _practice(verbs)
    _record(verbs)
    _report(verbs)
    return parser


def _station_options(parser: argparse.ArgumentParser) -> None:
    source = parser.add_argument_group("where the values come from (default: as set in the settings)")
    which = source.add_mutually_exclusive_group()
    which.add_argument("--simulate", action="store_true", help="simulated patients, one for each bed")
    which.add_argument("--port", metavar="PATH", help="a serial port, or socket://HOST:PORT")
    which.add_argument("--replay", metavar="FILE", help="a recorded line: the station's own, or raw bytes")
    source.add_argument("--monitor", metavar="KEY", help="which monitor family is at the port or in the file")
    source.add_argument("--baud", type=_baud_rate, metavar="N",
                        help="bit/s at the port (default: the usual of the family)")  # fmt: skip
    source.add_argument("--speed", type=_speed, default=1.0, metavar="X|max",
                        help="how fast to replay: 10 is ten times as fast (default 1)")  # fmt: skip
    source.add_argument("--beds", type=_count, metavar="N", help="how many beds, 1 to 64")
    station = parser.add_argument_group("the station")
    _data_dir(station, None)
    _settings(station, None)
    station.add_argument("--headless", action="store_true",
                         help="without a window: prints a line of vitals a second")  # fmt: skip
    station.add_argument("--no-sound", action="store_true",
                         help="alarms are not heard; the screen says so")  # fmt: skip
    station.add_argument("--fullscreen", action="store_true", help="start without a window frame (Shift+F11)")


def _listings(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    monitors = verbs.add_parser("monitors", help="list the monitor families that can be connected")
    monitors.set_defaults(run=_verb("monitors"))
    ports = verbs.add_parser("ports", help="list the serial ports of this computer")
    ports.set_defaults(run=_verb("ports"))
    sessions = verbs.add_parser("sessions", help="list the sessions in the record")
    _record_of(sessions)
    sessions.set_defaults(run=_verb("sessions"))
    sound = verbs.add_parser("sound-test", help="play each alarm sound once, and tell whether it was taken")
    what = sound.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the sound outputs instead")
    what.add_argument("--write", metavar="FOLDER", help="write the sounds as WAV files instead")
    what.add_argument("--output", metavar="NAME", help="the output to play on (default: the computer's)")
    sound.set_defaults(run=_verb("sound_test"))


def _identify(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    identify = verbs.add_parser(
        "identify", help="which monitor speaks on a port",
        description="Listen on a port, try the line settings of all families, and say which monitor it is.",
    )  # fmt: skip
    identify.add_argument("port", metavar="PORT", help="a serial port, or socket://HOST:PORT")
    identify.add_argument("--seconds", type=_seconds, default=3.0, metavar="S",
                          help="how long to listen at each setting (default 3)")  # fmt: skip
    identify.add_argument("--json", action="store_true", help="one object, with all that was heard")
    identify.set_defaults(run=_verb("identify"))


def _decode(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    decode = verbs.add_parser(
        "decode", help="what a recorded line says",
        description="Decode recorded bytes and print what they say, one reading a line, or a summary.",
    )  # fmt: skip
    decode.add_argument("file", metavar="FILE", help="raw bytes of a line, or a recording of the station")
    decode.add_argument("--monitor", metavar="KEY", required=True, help="the monitor family that sent them")
    _format(decode, "jsonl")
    decode.set_defaults(run=_verb("decode"))


def _emulate(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    emulate = verbs.add_parser(
        "emulate", help="be a monitor with a simulated patient",
        description="Answer on a port as a monitor of the family does, until interrupted.",
    )  # fmt: skip
    emulate.add_argument("monitor", metavar="KEY", help="the monitor family")
    where = emulate.add_mutually_exclusive_group(required=True)
    where.add_argument("--pty", action="store_true",
                       help="on a new pseudo-terminal; its path is printed first")  # fmt: skip
    where.add_argument("--port", metavar="PATH", help="on a serial port, cabled to another computer")
    emulate.add_argument("--link", metavar="PATH", help="with --pty: also reachable by this name")
    emulate.add_argument("--seed", type=int, default=1, metavar="N", help="which patient (default 1)")
    emulate.set_defaults(run=_verb("emulate"))


def _readings(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    readings = verbs.add_parser(
        "readings", help="what a session's monitors said, from the record",
        description="Print the readings of a session in the form that decode prints.",
    )  # fmt: skip
    readings.add_argument("session", metavar="SESSION", help="its name, as `sessions` lists it")
    _format(readings, "jsonl")
    _record_of(readings)
    readings.set_defaults(run=_verb("readings"))


def _lines(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    lines = verbs.add_parser(
        "lines", help="how well the lines of a session did, from the record",
        description="Print bytes, frames, refusals, silences and the share of time that each line received.",
    )  # fmt: skip
    lines.add_argument("session", metavar="SESSION", help="its name, as `sessions` lists it")
    lines.add_argument("--json", action="store_true", help="one object instead of a table")
    _record_of(lines)
    lines.set_defaults(run=_verb("lines"))


def _evaluate(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    evaluate = verbs.add_parser(
        "evaluate", help="which alarms a recording would have given",
        description="Replay recordings of 1 Hz vitals (CSV) through the alarms and count what they give.",
    )  # fmt: skip
    evaluate.add_argument(
        "files", metavar="FILE", nargs="+", help="one row a second: t_s, spo2_pct, pr_bpm, ..."
    )
    evaluate.add_argument("--limits", metavar="FILE", help="a clinic's limits (default: the factory's)")
    evaluate.add_argument("--format", choices=("table", "json"), default="table",
                          help="a table to read, or one object (table)")  # fmt: skip
    evaluate.set_defaults(run=_verb("evaluate"))


def _protocol(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    protocol = verbs.add_parser("protocol", help="check a protocol file and print the day it describes")
    acts = protocol.add_subparsers(title="what to do", metavar="ACT", required=True)
    check = acts.add_parser(
        "check", help="what is wrong with a file, or the day it describes",
        description="Check a protocol file. Prints its mistakes, or times, rates in four units and totals.",
    )  # fmt: skip
    check.add_argument("file", metavar="FILE", help="a protocol, TOML")
    check.add_argument("--weight", type=float, default=70.0, metavar="KG", help="of the patient (70)")
    check.add_argument("--json", action="store_true", help="one object instead of a text")
    check.set_defaults(run=_verb("protocol"))


def _practice(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _practise(verbs)
    scenario = verbs.add_parser("scenario", help="check a practice scenario and print its storyboard")
    acts = scenario.add_subparsers(title="what to do", dest="act", metavar="ACT", required=True)
    check = acts.add_parser("check", help="what is wrong with a file, or its storyboard")
    check.add_argument("file", metavar="FILE", help="a scenario or a scripted nurse (policy), TOML")
    check.add_argument("--json", action="store_true", help="one object instead of a text")
    _settings(check)
    acts.add_parser("actions", help="list everything that a nurse can do in one")
    words = acts.add_parser("words", help="list everything else that a scenario can name, with its units")
    _settings(words)
    scenario.set_defaults(run=_verb("scenario"))
    train = verbs.add_parser(
        "train", help="run a scripted nurse through a practice scenario",
        description="Run a scripted nurse through a scenario; print the debrief. Code 0: passed, 1: not.",
    )  # fmt: skip
    train.add_argument("scenario", metavar="SCENARIO", help="its key, or a file")
    train.add_argument("--policy", metavar="FILE", required=True, help="the nurse: a key, or a file")
    train.add_argument("--seed", type=_seed, default=1, metavar="N",
                       help="which person and hour, 1 to 999999 (1)")  # fmt: skip
    train.add_argument("--speed", type=_speed, default=math.inf, metavar="X|max", help="how fast (max)")
    train.add_argument("--json", action="store_true", help="one object instead of a text")
    _settings(train)
    train.add_argument("--pdf", metavar="FILE", help="the debrief on paper too: a file that is not there yet")
    train.set_defaults(run=_verb("train"))


def _practise(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    practise = verbs.add_parser(
        "practise", help="a patient to practise on, in windows of its own",
        description="Practise on a simulated patient who answers. Kept apart from the patients' record.",
    )  # fmt: skip
    practise.add_argument("scenario", metavar="SCENARIO", nargs="?", type=_scenario_key,
                          help="its key (default: choose in a window)")  # fmt: skip
    practise.add_argument("--trainee", metavar="NAME", default="", help="who practises")
    practise.add_argument("--seed", type=_seed, metavar="N",
                          help="which person and hour, 1 to 999999 (default: another each time)")  # fmt: skip
    practise.add_argument("--no-hints", action="store_true", help="no word of help")
    practise.add_argument("--instructor", action="store_true", help="with the instructor's window")
    _settings(practise)
    practise.add_argument("--no-sound", action="store_true", help="alarms and patient are not heard")
    practise.add_argument("--no-voice", action="store_true", help="the patient's words are text only")
    practise.add_argument("--fullscreen", action="store_true", help="without a window frame (Shift+F11)")
    _data_dir(practise)
    practise.set_defaults(run=_verb("practise"))


def _record(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = verbs.add_parser(
        "verify", help="whether the record is as it was written",
        description="Walk the record's chain and signatures; name the first entry that is not as written.",
    )  # fmt: skip
    verify.add_argument("session", metavar="SESSION", nargs="?", help="say it of this session's entries too")
    _record_of(verify)
    verify.set_defaults(run=_verb("verify"))
    delete = verbs.add_parser(
        "delete-session", help="take a session out of the record for good",
        description="Delete a session that need not be kept. Without SESSION: list those.",
    )  # fmt: skip
    delete.add_argument("session", metavar="SESSION", nargs="?", help="its name, as `sessions` lists it")
    delete.add_argument("--who", metavar="NAME", default="", help="who deletes it; stands in the record")
    delete.add_argument("--why", metavar="REASON", default="", help="why; stands in the record")
    delete.add_argument("--yes", action="count", default=0,
                        help="given twice: do not ask, which is else done twice")  # fmt: skip
    _record_of(delete)
    delete.set_defaults(run=_verb("delete_session"))
    export = verbs.add_parser(
        "export", help="a session as a file for other tools",
        description="Write a session as long CSV, as EDF+ with its waves, or as a FHIR R4 bundle.",
    )  # fmt: skip
    export.add_argument("session", metavar="SESSION", help="its name, as `sessions` lists it")
    export.add_argument("--format", choices=("csv", "edf", "fhir"), required=True)
    export.add_argument("--output", metavar="PATH", required=True, help="a file that is not there yet")
    export.add_argument("--deidentify", action="store_true",
                        help="no names, dates, numbers or free words; a new random identity")  # fmt: skip
    _record_of(export)
    export.set_defaults(run=_verb("export"))
    backup = verbs.add_parser("backup", help="copy the record, also while the station runs")
    backup.add_argument("folder", metavar="FOLDER", help="where to; an older copy in it is replaced")
    _record_of(backup)
    backup.set_defaults(run=_verb("backup"))


def _report(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = verbs.add_parser(
        "report", help="a session on paper",
        description="Write a session as a PDF for the chart, or the page that the patient takes home.",
    )  # fmt: skip
    report.add_argument("session", metavar="SESSION", help="its name, as `sessions` lists it")
    report.add_argument("--output", metavar="FILE", required=True, help="a file that is not there yet")
    report.add_argument("--paper", choices=("A4", "letter"), default="A4", help="the sheet (A4)")
    report.add_argument("--patient", action="store_true", help="one page in plain words, to take home")
    _record_of(report)
    report.set_defaults(run=_verb("report"))


def _format(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument("--format", choices=("jsonl", "csv", "summary"), default=default,
                        help=f"an object a reading, a table, or one object in all ({default})")  # fmt: skip


def _data_dir(
    parser: "argparse.ArgumentParser | argparse._ArgumentGroup", default: str | None = argparse.SUPPRESS
) -> None:
    # A verb that was not given the option leaves what stood before the verb.
    parser.add_argument(
        "--data-dir", metavar="DIR", default=default, help="folder of the record (default: the user's)"
    )


def _settings(
    parser: "argparse.ArgumentParser | argparse._ArgumentGroup", default: str | None = argparse.SUPPRESS
) -> None:
    # As with --data-dir.
    parser.add_argument(
        "--settings", metavar="FILE", default=default, help="another settings file than the user's own"
    )


def _record_of(parser: argparse.ArgumentParser) -> None:
    """Which record a verb reads."""
    _data_dir(parser)
    parser.add_argument("--simulation", action="store_true",
                        help="what was simulated or replayed, which is kept apart from patients")  # fmt: skip


def _verb(name: str) -> Run:
    def run(options: argparse.Namespace) -> int:
        done: int = importlib.import_module(f"nurse_station.commands.{name}").run(options)
        return done

    return run


def _speed(word: str) -> float:
    if word == "max":
        return math.inf
    try:
        speed = float(word)
    except ValueError:
        speed = 0.0
    if not 0 < speed < math.inf:
        msg = f"{word!r} is no speed: give a number above 0, or max"
        raise argparse.ArgumentTypeError(msg)
    return speed


def _seconds(word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        msg = f"{word!r} is no time to listen: give seconds, up to 600"
        raise argparse.ArgumentTypeError(msg)
    return seconds


def _baud_rate(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) <= 1_000_000:
        msg = f"{word!r} is no line speed: give bit/s, e.g. 19200"
        raise argparse.ArgumentTypeError(msg)
    return int(word)


def _seed(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word) <= 999_999:
        msg = f"{word!r} is no number of a patient: give 1 to 999999"
        raise argparse.ArgumentTypeError(msg)
    return int(word)


def _scenario_key(word: str) -> str:
    if word.endswith(".toml") or "/" in word or "\\" in word:
        msg = (
            f"{word!r} is a file: put it into the folder `scenarios` beside the settings file, "
            "and give the key that stands in it"
        )
        raise argparse.ArgumentTypeError(msg)
    return word


def _count(word: str) -> int:
    if not word.isdigit() or not 1 <= int(word) <= 64:
        msg = f"{word!r} is no number of beds: give 1 to 64"
        raise argparse.ArgumentTypeError(msg)
    return int(word)
