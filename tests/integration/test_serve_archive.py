# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit serve --lore`` answers from, while the stores are busy or broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from maintainer_kit.server.archive import StoredArchive
from maintainer_kit.workflow.serving.register import Entry
from maintainer_kit.workflow.serving.shelf import Shelf
from tests.build import mail
from tests.integration.driver import CONFIG, Mkit
from tests.integration.lore_server import serving_lore

_TIMEOUT = 60


@pytest.fixture
def archive(mkit: Mkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredArchive]:
    """On the stores of a home with one mail."""
    mkit.bring(mail("first", message_id="first@x"))
    for name, value in mkit.env.items():
        monkeypatch.setenv(name, value)
    found = StoredArchive()
    yield found
    found.close()


def ids(entries: Sequence[Entry]) -> list[str]:
    return [one.message_id for one in entries]


def test_nothing_waits_for_a_long_search(mkit: Mkit, archive: StoredArchive) -> None:
    before = archive.now()
    begun, may_end = Event(), Event()

    def long_search(shelf: Shelf) -> Sequence[Entry]:
        begun.set()
        assert may_end.wait(_TIMEOUT)
        return shelf.find("s:first")

    with ThreadPoolExecutor(1) as pool:
        search = pool.submit(archive.search, before, long_search)
        try:
            assert begun.wait(_TIMEOUT)
            mkit.bring(mail("second", message_id="second@x"))
            after = archive.now()
            second = after.register.shown(["second@x"])
            assert ids(second) == ["second@x"] and after.generation > before.generation
            (message,) = archive.ask(lambda shelf: shelf.messages(second))
            assert message.full_subject == "second"
        finally:
            may_end.set()
        assert ids(search.result()) == ["first@x"]
    assert ids(archive.search(after, lambda shelf: shelf.find("s:second"))) == ["second@x"]


def test_as_long_as_nothing_changes_all_is_as_it_was(archive: StoredArchive) -> None:
    assert archive.now() == archive.now()


def test_broken_settings_are_told_until_they_are_mended(mkit: Mkit) -> None:
    """They may say that something is confidential."""
    mkit.bring(mail("first", message_id="first@x"))
    with serving_lore(mkit) as server:
        assert server.get("/all/first@x/t.mbox.gz").status == 200
        mkit.configure("[mkit\n")
        while (answer := server.get("/all/first@x/t.mbox.gz")).status == 200:
            pass  # settings are looked at every two seconds
        assert answer.status == 503
        assert server.get("/all/first@x/raw").status == 503
        mkit.configure(CONFIG)
        assert server.get("/all/first@x/t.mbox.gz").ids == ["first@x"]
