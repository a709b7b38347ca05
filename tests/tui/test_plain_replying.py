# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies in the linear mode: written, told, sent, kept, dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.drafts import DraftFolder
from tests.build import LIST
from tests.integration.replying import editor
from tests.integration.smtp_sink import Sink, smtp_sink
from tests.tui.plain_script import said

ALLOC = "alloc@made.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


@pytest.fixture(autouse=True)
def _sends(place: Path, sink: Sink) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(
            "\tname = Robin Maintainer\n"
            "[sendemail]\n\tsmtpServer = 127.0.0.1\n\tsmtpEncryption = none\n"
            f"\tsmtpServerPort = {sink.port}\n\tsmtpDomain = lumen.example\n"
        )


def test_a_trailer_is_told_and_sent(place: Path, sink: Sink) -> None:
    text = said("reviewed 2", "send")
    assert "Reviewed-by: Robin Maintainer <robin@lumen.example>" in text
    assert f"Cc: {LIST}" in text
    (mail,) = sink.raw
    assert b"Reviewed-by: Robin Maintainer" in mail
    assert f"In-Reply-To: <{ALLOC}>".encode() in mail
    assert not list(DraftFolder(place).all())


def test_what_is_not_sent_is_a_draft(place: Path, sink: Sink) -> None:
    text = said("tags 2", "Acked-by", "keep", "drafts", "drop", "m")
    assert text.count("Acked-by: Robin Maintainer") == 2
    assert "1 draft" in text
    assert "0 drafts" in text
    assert not sink.raw
    assert not list(DraftFolder(place).all())


def test_a_reply_is_written_in_the_editor(
    place: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(place, 'echo "Looks good." >>"$1"'))
    text = said("2", "reply 1", "send", "q")
    assert "Looks good." in text
    (mail,) = sink.raw
    assert b"Looks good." in mail


def test_a_reply_begins_with_a_text_of_mine(
    place: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(place, 'echo "Rebase, please." >>"$1"'))
    assert "error: no templates" in said("reply-with 2")
    (place / "templates").mkdir()
    (place / "templates" / "late").write_text("This comes late.\n")
    text = said("reply-with 2", "late", "drop")
    assert "This comes late." in text
    assert "Rebase, please." in text
    assert not list(DraftFolder(place).all())


def test_what_is_confidential_is_asked_about(place: Path, sink: Sink) -> None:
    text = said("confidential 2 confidential", "reviewed 2", "send", "no")
    assert "confidential: it would become known; send it to them? yes or no?" in text
    assert not sink.raw
    assert len(list(DraftFolder(place).all())) == 1


def test_a_wrong_trailer_is_refused(place: Path) -> None:
    assert "error: Liked-by is none of these" in said("tags 2 Liked-by")
