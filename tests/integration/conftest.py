# SPDX-License-Identifier: GPL-2.0-or-later
"""Homes for tests with the real notmuch and git."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.authoring import Author
from tests.integration.driver import SAMPLE, Mkit
from tests.integration.inbox_server import Archives, InboxServer, sample_lists, serving
from tests.integration.smtp_sink import Sink, smtp_sink


@pytest.fixture(autouse=True)
def _real_tools(needs_tool: Callable[[str], str]) -> None:
    for tool in ("git", "notmuch"):
        needs_tool(tool)


@pytest.fixture
def mkit(tmp_path: Path) -> Mkit:
    """An empty home of Robin's."""
    return Mkit(tmp_path).configure()


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A server that takes all mail."""
    with smtp_sink() as made:
        yield made


@pytest.fixture
def author(mkit: Mkit, sink: Sink) -> Author:
    """Ada, who posts by way of that server."""
    return Author(mkit, sink)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """A home with all sample mail: for tests that only look."""
    made = Mkit(tmp_path_factory.mktemp("sample")).configure()
    made.run("import", *sorted(SAMPLE.glob("*.mbox")))
    return made


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InboxServer]:
    """All sample mail as lore serves it: for tests that only fetch; see inbox_server.py."""
    with serving(Archives(tmp_path_factory.mktemp("archives")).fill(sample_lists())) as server:
        yield server
