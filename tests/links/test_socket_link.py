"""Lines to a serial server: real sockets on this computer."""

import socket
import time

import pytest

from nurse_station.links.link import LinkError
from nurse_station.links.serial_link import CONNECT_S


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def url(server):
    return f"socket://127.0.0.1:{server.getsockname()[1]}"


def read_until(link, size, tries=500):
    data = b""
    for _ in range(tries):
        data += link.read(0.0)
        if len(data) >= size:
            break
        time.sleep(0.002)
    return data


def test_what_the_server_says_at_once_is_not_lost(server, serial):
    link = serial(url(server))
    link.open()
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"hello at once")
        time.sleep(0.02)
        assert read_until(link, 13) == b"hello at once"


def test_a_connected_socket_is_waited_for_by_its_descriptor(server, serial):
    link = serial(url(server))
    link.open()
    assert link.fileno() >= 0
    assert link.next_due(1.0) is None


def test_bytes_go_to_the_server(server, serial):
    link = serial(url(server))
    link.open()
    connection, _ = server.accept()
    with connection:
        link.write(b"a request")
        assert connection.recv(100) == b"a request"


def test_a_server_that_closes_is_lost_after_its_last_bytes(server, serial):
    link = serial(url(server))
    link.open()
    connection, _ = server.accept()
    connection.sendall(b"goodbye")
    connection.close()
    assert read_until(link, 7) == b"goodbye"
    with pytest.raises(LinkError, match="was lost"):
        read_until(link, 1)


def test_a_refusal_is_known_at_once(server, serial):
    gone = url(server)
    server.close()
    with pytest.raises(LinkError, match="refuses the connection"):
        serial(gone).open()


def test_a_name_may_stand_for_the_number(server, serial):
    link = serial(f"socket://localhost:{server.getsockname()[1]}")
    link.open()
    assert link.fileno() >= 0


def test_a_server_that_never_answers_is_given_up_without_waiting(serial):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:  # a full queue: the next connection is neither taken nor refused
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        link = serial(url(full))
        link.open()
        link.write(b"kept until connected")
        assert link.read(10.0) == b""
        assert link.next_due(10.0) < 10.0 + CONNECT_S
        with pytest.raises(LinkError, match="cannot be reached"):
            link.read(10.0 + CONNECT_S)
        for filler in fillers:
            filler.close()


def test_200_connections_leave_no_descriptor(server, serial, open_descriptors):
    server.listen(300)
    link = serial(url(server))
    before = open_descriptors()
    for _ in range(200):
        link.open()
        link.close()
    assert open_descriptors() == before
