"""Where an adaptor is: found after it was renumbered, never mistaken for another bed's."""

import pytest

from nurse_station.links.link import LinkError
from nurse_station.links.ports import PortInfo, _describe, _natural, find_port, list_ports, locate

A = PortInfo(path="/dev/ttyUSB0", serial_number="A")
B = PortInfo(path="/dev/ttyUSB1", serial_number="B")
B2 = PortInfo(path="/dev/ttyUSB2", serial_number="B")
PLAIN = PortInfo(path="/dev/ttyS0")


@pytest.mark.parametrize(
    ("serial_number", "fallback", "ports", "found"),
    [
        ("A", "/dev/ttyUSB0", [A, B], "/dev/ttyUSB0"),
        ("B", "/dev/ttyUSB0", [A, B], "/dev/ttyUSB1"),  # renumbered
        ("", "/dev/ttyUSB0", [A, B], "/dev/ttyUSB0"),
        ("", "/dev/pts/3", [], "/dev/pts/3"),
        ("C", "/dev/ttyUSB9", [A, B], "/dev/ttyUSB9"),  # opening it will say that it does not exist
        ("B", "/dev/ttyUSB2", [B, B2], "/dev/ttyUSB2"),
    ],
)
def test_an_adaptor_is_found_by_its_serial_number(serial_number, fallback, ports, found):
    assert locate(serial_number, fallback, ports) == found


@pytest.mark.hazard("H-05")
def test_another_adaptor_in_its_place_is_refused():
    with pytest.raises(LinkError, match="adaptor C is not plugged in: /dev/ttyUSB0 is another"):
        locate("C", "/dev/ttyUSB0", [A, B])


def test_a_built_in_port_in_its_place_is_refused():
    with pytest.raises(LinkError, match="not plugged in"):
        locate("C", "/dev/ttyS0", [PLAIN])


def test_two_adaptors_with_one_number_are_not_guessed():
    with pytest.raises(LinkError, match="2 ports bear the serial number B"):
        locate("B", "/dev/ttyUSB7", [A, B, B2])


@pytest.mark.parametrize(
    ("vendor", "product", "number", "words"),
    [
        ("FTDI", "US232R", "FT4CYXZ1", "FTDI US232R, serial number FT4CYXZ1"),
        ("FTDI", None, None, "FTDI"),
        ("Prolific", "Prolific", None, "Prolific"),
        (None, None, "X1", "serial number X1"),
        (None, None, None, "a port of this computer"),
    ],
)
def test_a_port_is_described_in_words(vendor, product, number, words):
    assert _describe(vendor, product, number) == words


def test_com10_comes_after_com9():
    assert sorted(["COM10", "COM9", "COM1"], key=_natural) == ["COM1", "COM9", "COM10"]


def test_the_ports_of_this_computer_can_be_listed():
    assert all(port.path and port.description for port in list_ports())


def test_a_path_without_a_serial_number_is_taken_as_it_is():
    assert find_port("", "socket://10.0.0.7:4001") == "socket://10.0.0.7:4001"
