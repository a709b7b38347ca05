# SPDX-License-Identifier: GPL-2.0-or-later
"""Which requests wait for which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest

from maintainer_kit.server.lanes import Lanes

_TIMEOUT = 30


@dataclass
class Asked:
    path: str
    command: str = "GET"


@dataclass
class Connection:
    """What waitress hands to a dispatcher: its first request is to be answered."""

    requests: list[Asked]
    is_free: Event
    """What its answer waits for."""
    is_answered: Event = field(default_factory=Event)

    def service(self) -> None:
        self.is_free.wait(_TIMEOUT)
        self.is_answered.set()


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    found = Lanes()
    yield found
    found.shutdown()


def asking(lanes: Lanes, is_free: Event, path: str, command: str = "GET") -> Connection:
    found = Connection([Asked(path, command)], is_free)
    lanes.add_task(found)
    return found


@pytest.mark.parametrize("end", ["t.mbox.gz", "raw"])
def test_mail_does_not_wait_for_searches(lanes: Lanes, end: str) -> None:
    held, free = Event(), Event()
    free.set()
    searches = [asking(lanes, held, "/all/", "POST") for _ in range(20)]
    searches += [asking(lanes, held, "/all/a@x/t.mbox.gz", "POST") for _ in range(20)]
    assert asking(lanes, free, f"/all/a@x/{end}").is_answered.wait(_TIMEOUT)
    assert not any(one.is_answered.is_set() for one in searches)
    held.set()
    assert all(one.is_answered.wait(_TIMEOUT) for one in searches)


def test_nothing_else_waits_for_mail(lanes: Lanes) -> None:
    held, free = Event(), Event()
    free.set()
    mail = asking(lanes, held, "/all/a@x/raw")
    assert asking(lanes, free, "/all/new.atom").is_answered.wait(_TIMEOUT)
    assert not mail.is_answered.is_set()
    held.set()
    assert mail.is_answered.wait(_TIMEOUT)
