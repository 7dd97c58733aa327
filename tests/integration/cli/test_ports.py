"""What `up` says of an address at which it cannot listen."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from workflow import embedded
from workflow.embedded import Wanted, refuse_taken_ports


def wanted(port: int, prefect_port: int | None = None, host: str = "127.0.0.1") -> Wanted:
    return Wanted(demo=False, host=host, port=port, prefect_port=prefect_port)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_free_port_is_fine_and_stays_free(free: int) -> None:
    refuse_taken_ports(wanted(free))
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", free))
        assert ours.getsockname()[1] == free


def test_a_taken_port_is_named_with_its_option(taken: int, free: int) -> None:
    with pytest.raises(embedded.PortTaken, match=rf"{taken}.* --port"):
        refuse_taken_ports(wanted(taken))
    with pytest.raises(embedded.PortTaken, match=rf"{taken}.* --prefect-port"):
        refuse_taken_ports(wanted(free, taken))


def test_the_port_of_prefect_is_looked_for_where_prefect_listens(taken: int, free: int) -> None:
    with pytest.raises(embedded.PortTaken, match="--prefect-port"):
        refuse_taken_ports(wanted(free, taken, host="127.0.0.2"))


def test_the_pages_and_prefect_do_not_share_a_port(free: int) -> None:
    with pytest.raises(embedded.PortTwice, match=str(free)):
        refuse_taken_ports(wanted(free, free))


@pytest.mark.parametrize("host", ["192.0.2.1", "..", "2001:db8::1"])
def test_an_address_of_another_machine_or_of_none_is_named(free: int, host: str) -> None:
    with pytest.raises(embedded.AddressElsewhere, match="--host"):
        refuse_taken_ports(wanted(free, host=host))


class Refusing(socket.socket):
    """A socket of a machine that lets nobody but its administrator take a low port, or one that has run short."""

    number = errno.EACCES

    def bind(self, _address: Any) -> None:
        raise OSError(self.number, "refused")


def test_a_port_that_needs_rights_says_so_and_offers_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(embedded.PortForbidden, match=r"80 .*--port 8080"):
        refuse_taken_ports(wanted(80))


def test_any_other_refusal_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", Refusing)
    monkeypatch.setattr(Refusing, "number", errno.ENOBUFS)
    with pytest.raises(embedded.PortUnusable, match="refused"):
        refuse_taken_ports(wanted(8000))
