"""The settings file: what is read, what is refused in which words, and what a save leaves alone."""

import contextlib
import dataclasses
import os
import tempfile
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.settings.errors import SettingsError
from nurse_station.settings.fields import BED, COLOUR_TOKENS, MONITOR, TOP
from nurse_station.settings.file import load, save
from nurse_station.settings.model import BedSettings, MonitorSettings, Settings
from nurse_station.vitals.parameters import MEASUREMENTS

BY_HAND = """\
# Our own words.
theme = 'light'   # Ruth likes it
text_scale = 1

clinic = "Old clinic"

[colours]
spo2 = "#0000FF" # as on the B450

# by the window
[[beds]]
key = "window"
name = "Window"

  [[beds.monitors]]
  driver = "ge-s5-dri"   # the old one
  port = "/dev/ttyUSB0"

# by the door
[[beds]]
key = "door"
name = "Door"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refused(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file)
    return str(caught.value).removeprefix(f"{file} ")


def test_no_file_means_one_bed_without_a_monitor(file: Path) -> None:
    assert load(file).beds == (BedSettings(key="chair-1", name="Chair 1"),)


def test_a_file_by_hand_is_read(file: Path) -> None:
    file.write_text(BY_HAND)
    read = load(file)
    assert (read.theme, read.text_scale, read.clinic) == ("light", 1.0, "Old clinic")
    assert read.colours == {"spo2": "#0000FF"}
    assert read.beds[0].monitors == (MonitorSettings(driver="ge-s5-dri", port="/dev/ttyUSB0"),)


def test_a_byte_order_mark_and_windows_line_ends_are_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode())
    assert load(file).clinic == "Old clinic"


BED_A = '[[beds]]\nkey = "a"\nname = "A"\n'
BED_B = '[[beds]]\nkey = "b"\nname = "B"\n'
MONITOR_1 = '[[beds.monitors]]\ndriver = "ge-s5-dri"\nport = "COM4"\n'

REFUSED = [
    ('clinic = "x"\ntheme = \n', "line 2: this is not TOML (invalid value); write name = value"),
    ('clinic = "x', "line 1: this is not TOML"),
    ('clinic = "x"\nclinic = "y"\n', "line 2: this is not TOML"),
    ('\ntheem = "dark"\n', 'line 2: "theem" is not a setting; did you mean theme?'),
    ("qqq = 1\n", 'line 1: "qqq" is not a setting; take it out, or write one of clinic, theme'),
    ("clinic = 5\n", "line 1: clinic is 5; write one line of text between quotation marks."),
    ('\n\ntheme = "blue"\n', 'line 3: theme is "blue"; write "dark", "light" or "contrast".'),
    ("text_scale = 3\n", "line 1: text_scale is 3; write a number from 1 to 2."),
    ("text_scale = nan\n", "line 1: text_scale is nan; write a number from 1 to 2."),
    ("text_scale = true\n", "line 1: text_scale is true; write a number from 1 to 2."),
    ('text_scale = "1"\n', 'line 1: text_scale is "1"; write a number from 1 to 2.'),
    ("sweep_mm_s = 30\n", "line 1: sweep_mm_s is 30; write 6.25, 12.5, 25 or 50."),
    ('data_dir = "here"\n', 'line 1: data_dir is "here"; write a full path, or "" for'),
    ('[colours]\n\nspo2 = "blue"\n', 'line 3: spo2 is "blue"; write a colour as #rrggbb'),
    ('[colours]\nspo = "#000000"\n', 'line 2: "spo" is not a setting; did you mean spo2?'),
    (
        "sources = 1\n",
        "line 1: sources is 1; write [sources] and a parameter with its monitor families a line.",
    ),
    (
        '[sources]\nspo2 = "ge-s5-dri"\n',
        'line 2: spo2 is "ge-s5-dri"; write monitor families in order, e.g. ["capnostream", "ge-s5-dri"].',
    ),
    ("[sources]\nspo2 = []\n", "line 2: spo2 is a list; write monitor families in order"),
    ('[sources]\nsp02 = ["x"]\n', 'line 2: "sp02" is not a setting; did you mean spo2?'),
    (
        '[sources]\nnibp_dia = ["x"]\n',
        "line 2: nibp_dia comes from the monitor that gives nibp_sys; write the order for nibp_sys.",
    ),
    (
        '[sources]\nhr = ["x", "x"]\n',
        'line 2: the family "x" stands twice in the order for hr; leave one.',
    ),
    ("colours = 1\n", "line 1: colours is 1; write [colours] and a colour a line."),
    ("beds = 1\n", "line 1: beds is 1; write [[beds]] before"),
    ("beds = []\n", "line 1: there is no bed; write [[beds]] with a key and a name."),
    ('\n[[beds]]\nname = "A"\n', "line 2: this bed has no key; write key = and up to 40 small letters"),
    ('[[beds]]\nkey = "A b"\nname = "A"\n', 'line 2: key is "A b"; write up to 40 small letters'),
    ('[[beds]]\nkey = "a"\nname = ""\n', 'line 3: name is ""; write a name of 1 to 40 characters.'),
    (BED_A + '[[beds]]\nkey = "a"\nname = "B"\n', 'line 5: two beds have the key "a"; give each its own.'),
    (BED_A + '[[beds]]\nkey = "b"\nname = "A"\n', 'line 6: two beds have the name "a"; give each its own.'),
    (BED_A + "monitors = 1\n", "line 4: monitors is 1; write [[beds.monitors]] before each monitor."),
    (BED_A + '[[beds.monitors]]\nport = "COM4"\n', "line 4: this monitor has no driver; write driver ="),
    (
        BED_A + MONITOR_1 + 'kind = "usb"\n',
        'line 7: kind is "usb"; write "serial", "capture" or "simulator".',
    ),
    (BED_A + MONITOR_1 + MONITOR_1, 'line 8: the bed has two monitors of the family "ge-s5-dri"; leave one.'),
    (BED_A + MONITOR_1 + BED_B + MONITOR_1, 'line 12: the port "COM4" is at two beds; leave it at the bed'),
    (BED_A + '[[beds.monitors]]\ndriver = "x"\nkind = "capture"\n', "line 4: this capture has no port"),
    (
        'beds = [\n  {key = "a", name = "A"},\n  {key = "a", name = "B"},\n]\n',
        "line 1: two beds have the key",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_a_fault_is_one_sentence_with_its_line_and_remedy(file: Path, text: str, sentence: str) -> None:
    said = refused(file, text)
    assert said.startswith(sentence)
    assert said[-1] in ".?"
    assert "\n" not in said


def test_a_byte_that_is_not_utf8_is_named_by_its_line(file: Path) -> None:
    file.write_bytes(b'theme = "dark"\nclinic = "\xff"\n')
    with pytest.raises(
        SettingsError, match="line 2: there is a byte that is not UTF-8; save the file as UTF-8"
    ):
        load(file)


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        with contextlib.suppress(SettingsError):
            load(file)


def test_a_new_file_explains_every_setting(file: Path) -> None:
    save(file, Settings())
    written = file.read_text()
    for row in TOP:
        assert f"# {row.comment}\n{row.name} = " in written
    for row in (*BED, *MONITOR):
        assert row.name in written


def test_a_save_without_a_change_leaves_every_byte(file: Path) -> None:
    file.write_text(BY_HAND)
    save(file, load(file))
    assert file.read_text() == BY_HAND


def change(file: Path, **changes: object) -> list[str]:
    """Save `changes` into BY_HAND; the lines that are gone (-) and new (+)."""
    file.write_text(BY_HAND)
    wanted = dataclasses.replace(load(file), **changes)  # type: ignore[arg-type]
    save(file, wanted)
    assert load(file) == wanted
    old, new = BY_HAND.splitlines(), file.read_text().splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


def test_a_changed_value_keeps_the_comment_beside_it(file: Path) -> None:
    assert change(file, theme="dark") == [
        "-theme = 'light'   # Ruth likes it",
        '+theme = "dark"   # Ruth likes it',
    ]


def test_a_new_value_is_added_above_the_tables(file: Path) -> None:
    assert change(file, co2_unit="kPa") == ['+co2_unit = "kPa"']


def test_a_colour_is_added_and_another_removed(file: Path) -> None:
    assert change(file, colours=MappingProxyType({"hr": "#00ff00"})) == [
        '-spo2 = "#0000FF" # as on the B450',
        '+hr = "#00ff00"',
    ]


def test_a_clinics_order_of_monitors_is_written_and_read(file: Path) -> None:
    wanted = MappingProxyType({"spo2": ("ge-s5-dri", "masimo-ascii1"), "etco2": ("ge-s5-dri",)})
    save(file, dataclasses.replace(load(file), sources=wanted))
    assert load(file).sources == wanted
    save(file, dataclasses.replace(load(file), sources=MappingProxyType({"hr": ("ivy-450c",)})))
    assert load(file).sources == {"hr": ("ivy-450c",)}


def test_an_order_of_monitors_is_added_to_a_file_by_hand(file: Path) -> None:
    file.write_text(BY_HAND)
    save(file, dataclasses.replace(load(file), sources=MappingProxyType({"hr": ("ivy-450c",)})))
    assert load(file).sources == {"hr": ("ivy-450c",)}


def test_a_bed_takes_its_comment_along_when_the_order_changes(file: Path) -> None:
    file.write_text(BY_HAND)
    read = load(file)
    save(file, dataclasses.replace(read, beds=read.beds[::-1]))
    written = file.read_text()
    assert '# by the door\n[[beds]]\nkey = "door"' in written
    assert written.index("# by the door") < written.index("# by the window")
    assert "# the old one" in written


def test_a_removed_bed_takes_only_its_own_lines(file: Path) -> None:
    file.write_text(BY_HAND)
    read = load(file)
    save(file, dataclasses.replace(read, beds=read.beds[1:]))
    assert (
        file.read_text()
        == BY_HAND[: BY_HAND.index("# by the window")] + BY_HAND[BY_HAND.index("# by the door") :]
    )


def test_a_new_bed_stands_where_it_was_put(file: Path) -> None:
    file.write_text(BY_HAND)
    read = load(file)
    new = BedSettings(key="middle", name="Middle", monitors=(MonitorSettings(driver="x", port="COM9"),))
    save(file, dataclasses.replace(read, beds=(read.beds[0], new, read.beds[1])))
    assert [bed.key for bed in load(file).beds] == ["window", "middle", "door"]


def test_beds_in_one_list_are_written_anew_and_the_old_file_is_kept(file: Path) -> None:
    old = 'beds = [{key = "a", name = "A"}, {key = "b", name = "B"}]\n'
    file.write_text(old)
    wanted = dataclasses.replace(load(file), beds=load(file).beds[::-1])
    save(file, wanted)
    assert load(file) == wanted
    assert file.with_name("settings.toml.old").read_text() == old


def test_a_file_with_a_fault_is_not_written_over(file: Path) -> None:
    file.write_text('theme = "blue"\n')
    with pytest.raises(SettingsError, match="line 1"):
        save(file, Settings())
    assert file.read_text() == 'theme = "blue"\n'


def test_settings_with_a_fault_are_not_written(file: Path) -> None:
    with pytest.raises(SettingsError, match="was not written: theme"):
        save(file, Settings(theme="blue"))
    assert not file.exists()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file.write_text(BY_HAND)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="cannot be written .No space left"):
        save(file, Settings())
    assert file.read_text() == BY_HAND
    assert os.listdir(file.parent) == [file.name]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=20)
NAMES = TEXT.map(str.strip).filter(bool)
MONITORS = st.lists(
    st.builds(
        MonitorSettings,
        driver=st.sampled_from(["ge-s5-dri", "nonin", "philips"]),
        kind=st.sampled_from(["serial", "simulator"]),
        serial_number=TEXT,
    ),
    max_size=3,
    unique_by=lambda monitor: monitor.driver,
).map(tuple)
BEDS = st.lists(
    st.builds(
        BedSettings, key=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), name=NAMES, monitors=MONITORS
    ),
    min_size=1,
    max_size=4,
    unique_by=(lambda bed: bed.key, lambda bed: bed.name.casefold()),
).map(tuple)
SETTINGS = st.builds(
    Settings,
    **{row.name: st.sampled_from(row.among) for row in TOP if row.among},
    clinic=TEXT,
    text_scale=st.floats(1, 2),
    data_dir=st.just("") | TEXT.map("/{}".format),
    colours=st.dictionaries(
        st.sampled_from(COLOUR_TOKENS), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
    ).map(MappingProxyType),
    sources=st.dictionaries(
        st.sampled_from(MEASUREMENTS),
        st.lists(st.sampled_from(["ge-s5-dri", "nonin-df1", "x"]), min_size=1, unique=True).map(tuple),
    ).map(MappingProxyType),
    beds=BEDS,
)


@settings(max_examples=60, deadline=None)
@given(first=SETTINGS, second=SETTINGS)
def test_what_was_saved_is_what_is_loaded(first: Settings, second: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        save(file, first)
        assert load(file) == first
        save(file, second)
        assert load(file) == second
        assert not file.with_name("settings.toml.old").exists()


@settings(max_examples=60, deadline=None)
@given(wanted=SETTINGS)
def test_any_settings_go_into_a_file_by_hand_and_leave_its_words(wanted: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_text(BY_HAND)
        save(file, wanted)
        assert load(file) == wanted
        assert "# Our own words." in file.read_text()
        assert "# Ruth likes it" in file.read_text()
