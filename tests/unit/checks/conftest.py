# SPDX-License-Identifier: GPL-2.0-or-later
"""The repository that rules ask: the sample's, made anew from its stream, behind real git."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.git.repository import create_from_stream
from tests.conftest import require_tool

SAMPLE = Path(__file__).parents[3] / "sample_mboxes"


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitFacts]:
    """The sample repository; its base is taken to be the tip of master."""
    require_tool("git")
    path = tmp_path_factory.mktemp("sample-repository") / "lumen.git"
    create_from_stream(path, SAMPLE / "repository.fi")
    with GitFacts(path, assumed="master") as facts:
        yield facts
