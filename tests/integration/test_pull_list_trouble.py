# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull --list`` from a server that fails in the middle of it: what it did not give is not
taken for fetched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.bad_archive import FAULTS, BadArchive, after, bad_archive, status
from tests.integration.driver import CONFIG, Mkit
from tests.integration.inbox_server import InboxServer
from tests.integration.test_pull_bad_server import through

_LIST = ("--list", "pebblefs", "--since", "2025-12-01")


@pytest.fixture
def proxy(archives: InboxServer) -> Iterator[BadArchive]:
    with bad_archive(archives) as server:
        yield server


@pytest.fixture(scope="module")
def whole(archives: InboxServer, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The Message-IDs of the list."""
    mkit = Mkit(tmp_path_factory.mktemp("whole"))
    mkit.configure(CONFIG + f"\tlore = {archives.of('all')}\n")
    mkit.run("pull", *_LIST)
    return mkit.indexed()


@pytest.mark.parametrize("name", FAULTS)
def test_what_failed_is_fetched_by_the_next_run(
    mkit: Mkit, proxy: BadArchive, whole: set[str], name: str
) -> None:
    robin = through(mkit, proxy)
    # What says that the archive is there, and the first stretch, are answered.
    proxy.fault = after(2, FAULTS[name])
    done = robin.run("pull", *_LIST, code=1)
    assert done.stderr.startswith(("mkit: ", "kept: "))

    proxy.fault = None
    robin.run("pull", *_LIST)
    assert robin.indexed() == whole
    assert robin.json("pull", "--list", "pebblefs")["new"] == 0


@pytest.mark.parametrize("words", [["s:pebble"], ["s:pebble", "--threads"]])
def test_a_search_that_finds_nothing_is_told_from_a_server_that_knows_nothing(
    mkit: Mkit, proxy: BadArchive, words: list[str]
) -> None:
    robin = through(mkit, proxy)
    assert robin.json("pull", "--query", "s:nobodysaysthis", *words[1:])["messages"] == 0

    proxy.fault = status(404)
    done = robin.run("pull", "--query", *words, code=1)
    assert "answers a search with error 404" in done.stderr
