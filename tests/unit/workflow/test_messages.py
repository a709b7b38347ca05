# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail's text, from whichever of its files is still there."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import NotFound
from maintainer_kit.workflow.messages import read_text
from tests.build import mail
from tests.memory.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A mail in two files."""
    found = Desk()
    raw = mail("talk", "words\n", message_id="t@x")
    found.deliver(raw, raw + b"footer\n")
    found.sync()
    return found


def test_the_text(desk: Desk) -> None:
    assert read_text(desk.stores, "t@x").text == "words\n"


def test_from_the_file_that_is_left(desk: Desk) -> None:
    del desk.folder.files["inbox/0"]
    assert read_text(desk.stores, "t@x").text == "words\nfooter\n"


def test_no_file_is_left(desk: Desk) -> None:
    desk.folder.files.clear()
    with pytest.raises(NotFound, match="inbox/1") as caught:
        read_text(desk.stores, "t@x")
    assert caught.value.hint


def test_a_message_that_nobody_knows(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no message lost@x"):
        read_text(desk.stores, "lost@x")
