"""Serial lines over real ptys: exclusive, never waiting, and loud when lost."""

import errno
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.links.link import LinkError
from nurse_station.links.serial_link import MOST_UNSENT, SerialLink
from nurse_station.links.trouble import why_not_open

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ptys are POSIX")


def read_until(link, size, tries=500):
    data = b""
    for _ in range(tries):
        data += link.read(0.0)
        if len(data) >= size:
            break
        time.sleep(0.002)
    return data


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"parity": "N", "rts_cts": False},
        {"parity": "O", "xon_xoff": True, "rts_cts": False},
        {"data_bits": 7, "stop_bits": 2},
        {"baud_rate": 115200},
    ],
)
def test_a_pty_opens_and_opens_again_with_any_settings(pty, serial, settings):
    line = pty()
    link = serial(line.path, **settings)
    link.open()
    link.open()
    line.send(b"to us")
    assert read_until(link, 5) == b"to us"
    link.write(b"to it")
    assert line.received() == b"to it"


def test_all_256_bytes_pass_both_ways(pty, serial):
    line, every_byte = pty(), bytes(range(256))
    link = serial(line.path)
    link.open()
    line.send(every_byte)
    assert read_until(link, 256) == every_byte
    link.write(every_byte)
    assert line.received() == every_byte


def test_nothing_to_read_is_no_bytes(pty, serial):
    link = serial(pty().path)
    link.open()
    assert link.read(0.0) == b""


def test_a_second_opener_is_refused_each_time(pty, serial):
    line = pty()
    first, second = serial(line.path), serial(line.path)
    first.open()
    for _ in range(2):
        with pytest.raises(LinkError, match=f"{line.path} is in use by another program"):
            second.open()
    line.send(b"still ours")
    assert read_until(first, 10) == b"still ours"


def test_a_closed_port_is_free_for_others(pty, serial):
    line = pty()
    first, second = serial(line.path), serial(line.path)
    first.open()
    first.close()
    second.open()


def test_a_port_that_vanished_is_lost(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    line.unplug()
    with pytest.raises(LinkError, match="was lost"):
        link.read(0.0)
    assert link.fileno() is None


def test_writing_to_a_port_that_vanished_is_lost(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    line.unplug()
    with pytest.raises(LinkError, match="was lost"):
        link.write(b"hello")


def test_a_lost_port_says_so_again_until_it_is_opened(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    line.unplug()
    for words in ("was lost", "is not open"):
        with pytest.raises(LinkError, match=words):
            link.read(0.0)


@pytest.mark.parametrize("act", [lambda link: link.read(0.0), lambda link: link.write(b"x")])
def test_a_link_that_is_not_open_says_so(serial, act):
    with pytest.raises(LinkError, match="is not open"):
        act(serial("/dev/ttyUSB0"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/dev/ttyNoSuchThing", "does not exist: is the adaptor plugged in"),
        ("/dev/null", "is not a serial port"),
        ("/tmp", "is not a serial port"),
        ("nonsense://x", "cannot be opened"),
        ("socket://nohost", "socket://host:port"),
    ],
)
def test_what_cannot_be_opened_says_why(serial, path, words):
    with pytest.raises(LinkError, match=words):
        serial(path).open()


@pytest.mark.parametrize("setting", [{"baud_rate": -1}, {"stop_bits": 3}])
def test_settings_that_no_port_has_are_refused(pty, serial, setting):
    with pytest.raises(LinkError, match="cannot be opened"):
        serial(pty().path, **setting).open()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            PermissionError(errno.EACCES, "denied"),
            "no permission for /no/port: add the user to the group dialout",
        ),
        (OSError("could not open port 'COM4': PermissionError(13, 'Access is denied.')"), "in use"),
        (OSError("could not open port 'COM4': FileNotFoundError(2, 'no file')"), "does not exist"),
        (OSError(errno.EIO, "input/output error"), "plug it in again"),
        (OSError(errno.EHOSTUNREACH, "no route"), "cannot be reached"),
        (OSError("Could not open port rfc2217://x:1: [Errno 111] Connection refused"), "refuses"),
        (OSError("Could not open port rfc2217://x:1: timed out"), "cannot be reached"),
        (OSError("Remote does not accept parameter change (RFC2217): x"), "use socket://"),
        (OSError("Remote does not seem to support RFC2217 or BINARY mode x"), "does not speak RFC 2217"),
        (OSError("something else"), "cannot be opened: something else"),
    ],
)
def test_each_refusal_has_its_sentence(error, words):
    assert words in why_not_open("/no/port", error)


def test_what_a_line_did_not_take_is_sent_later_and_whole(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    sent = b""
    while link.next_due(1.0) is None:  # until the line takes no more
        piece = len(sent).to_bytes(4, "big") * 100
        link.write(piece)
        sent += piece
    assert link.next_due(1.0) <= 1.0
    received = b""
    for _ in range(500):
        received += line.received()
        link.read(1.0)
        if len(received) == len(sent):
            break
        time.sleep(0.002)
    assert received == sent
    assert link.next_due(1.0) is None


def test_no_more_than_4_kib_are_kept_unsent(pty, serial):
    link = serial(pty().path)
    link.open()
    while link.next_due(1.0) is None:
        link.write(b"x" * 100)
    link.write(b"x" * (MOST_UNSENT - 100))
    with pytest.raises(LinkError, match="takes no bytes"):
        link.write(b"x" * 100)


def test_the_last_words_leave_before_the_port_is_closed(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    link.write(b"stop sending")
    link.close()
    assert line.received() == b"stop sending"


def test_a_held_line_is_closed_without_waiting(pty, serial):
    link = serial(pty().path)
    link.open()
    while link.next_due(1.0) is None:
        link.write(b"x" * 100)
    link.close()
    assert link.next_due(1.0) is None


def test_closing_twice_does_nothing(pty, serial):
    link = serial(pty().path)
    link.open()
    link.close()
    link.close()


def test_opening_an_open_link_opens_it_anew(pty, serial):
    line = pty()
    link = serial(line.path)
    link.open()
    link.open()
    line.send(b"hello")
    assert read_until(link, 5) == b"hello"


def test_200_times_open_and_closed_leaves_no_descriptor(pty, serial, open_descriptors):
    link = serial(pty().path)
    before = open_descriptors()
    for _ in range(200):
        link.open()
        link.read(0.0)
        link.close()
    assert open_descriptors() == before


def test_refused_and_lost_ports_leave_no_descriptor(pty, serial, open_descriptors):
    holder, missing = pty(), serial("/dev/ttyNoSuchThing")
    first, second = serial(holder.path), serial(holder.path)
    first.open()
    before = open_descriptors()
    for _ in range(50):
        for refused in (second, missing):
            with pytest.raises(LinkError):
                refused.open()
        line = pty()
        link = serial(line.path)
        link.open()
        line.unplug()
        with pytest.raises(LinkError):
            link.read(0.0)
    assert open_descriptors() == before


def test_a_port_without_a_descriptor_is_polled_every_10_ms():
    link = SerialLink("loop://", baud_rate=19200)
    link.open()
    assert link.fileno() is None
    assert link.next_due(5.0) == 5.0
    link.write(b"round and round")
    assert link.read(5.0) == b"round and round"
    assert link.read(5.0) == b""
    assert link.next_due(5.0) == pytest.approx(5.01)
    link.close()
    assert link.next_due(6.0) is None


@given(data=st.binary(max_size=3000))
def test_a_polled_port_changes_no_byte(data):
    link = SerialLink("loop://", baud_rate=19200)
    link.open()
    link.write(data)
    assert link.read(0.0) == data
    link.close()
