# SPDX-License-Identifier: GPL-2.0-or-later
"""A request to pull among the drafts of the screens: it answers no mail there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, id_of
from maintainer_kit.tui.replying.drafts_screen import DraftsScreen
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.workspace import open_workspace
from tests.integration.replying import editor
from tests.tui.driver import running

MESSAGE_ID = "0123456789abcdef.pull1.robin@lumen.example"


def _keep() -> None:
    to = (Person("Lin Us", "linus@lumen.example"),)
    draft = Draft(
        id_of(MESSAGE_ID), MESSAGE_ID, MESSAGE_ID, to, (), "[GIT PULL] Pebble", (), 1, 1,
        written="The following changes\n",
    )  # fmt: skip
    with open_workspace() as workspace:
        open_desk(workspace).drafts.put(draft)


async def test_it_is_listed_shown_edited_and_sent(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sendmail = place / "sendmail"
    sendmail.write_text(f'#!/bin/sh\ncat > "{place}/sent"\n', encoding="utf-8")
    sendmail.chmod(0o700)
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tname = Robin Maintainer\n[sendemail]\n\tsmtpServer = {sendmail}\n")
    script = "sed -i 's/^The following/Hello. The following/' \"$1\""
    monkeypatch.setenv("GIT_EDITOR", editor(place, script))
    _keep()
    async with running((120, 40)) as screens:
        await screens.press("m")
        drafts = screens.app.screen
        assert isinstance(drafts, DraftsScreen)
        await screens.until(lambda: drafts.drafts.listed, "listed")
        await screens.sees("[GIT PULL] Pebble")
        await screens.press("enter")
        await screens.until(
            lambda: isinstance(screens.app.screen, LetterScreen) and screens.app.focused, "shown"
        )
        await screens.sees("The following changes")
        await screens.press("e")
        await screens.sees("Hello. The following changes")
        await screens.press("y")
        await screens.until(lambda: drafts.drafts.listed == [], "sent")
    sent = (place / "sent").read_text(encoding="utf-8")
    assert "Subject: [GIT PULL] Pebble\n" in sent
    assert "In-Reply-To" not in sent
    assert sent.endswith("Hello. The following changes\n")
