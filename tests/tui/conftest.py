# SPDX-License-Identifier: GPL-2.0-or-later
"""A home with a little mail for each test of the screens, imported once through the real road."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from tests.build import BO, ROBIN, mail, part_id, patch, posting, reply

NOW = "2026-01-20T12:00:00Z"
CONFIG = "[mkit]\n\tme = robin@lumen.example\n\tlist = pebblefs@lists.lumen.example\n"
HOSTILE = "\x1b[31mred\x07 [bold]no markup[/bold] \u202egnp.exe"
LONG_QUOTE = "".join(f"> quoted line {at}\n" for at in range(40))


def _mails() -> list[bytes]:
    """Six topics: three for me, two for their authors, one that nobody waits for."""
    review = f"{LONG_QUOTE}\nReviewed-by: {BO}\n"
    return [
        *posting("xattr", 3),
        reply(part_id("xattr", 1), review, minutes=90, subject="Re: [PATCH 1/3] xattr: step 1"),
        patch("[PATCH] alloc: be quick", message_id="alloc@made.example", minutes=200),
        patch(
            f"[PATCH] {HOSTILE}",
            message_id="hostile@made.example",
            minutes=300,
            sender="\u4f50\u85e4\u5065\u4e8c <kenji@sango.example>",
        ),
        patch("[PATCH] log: say less", message_id="log@made.example", minutes=400),
        reply(
            "log@made.example", "This hides errors. Please keep them.\n", sender=ROBIN, minutes=500
        ),
        # The second patch never arrived.
        *(one for at, one in enumerate(posting("dir", 3, minutes=600)) if at != 2),
        reply(part_id("dir", 0), "Patch 2 is missing.\n", sender=ROBIN, minutes=700),
        mail("Holiday", "I am away.\n", sender=ROBIN, message_id="away@made.example", minutes=800),
    ]


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that tests get copies of."""
    base = tmp_path_factory.mktemp("tui")
    source = base / "mails"
    source.mkdir()
    for at, raw in enumerate(_mails()):
        (source / f"{at:03}.eml").write_bytes(raw)
    home = base / "home"
    home.mkdir()
    (home / "config").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        for name in [one for one in os.environ if one.startswith(("NOTMUCH_", "MKIT_", "GIT_"))]:
            patched.delenv(name)
        patched.setenv("HOME", str(base))
        patched.setenv("MKIT_HOME", str(home))
        with open_workspace() as workspace:
            import_mail(workspace.stores, MailSource([source]))
    return home


@pytest.fixture(autouse=True)
def _tools(needs_tool: Callable[[str], str]) -> None:
    for tool in ("git", "notmuch"):
        needs_tool(tool)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[None]:
    monkeypatch.setenv("MKIT_NOW", NOW)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    yield


@pytest.fixture
def place(tmp_path: Path, imported: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test's own, with the mail in it."""
    own = tmp_path / "home"
    shutil.copytree(imported, own)
    monkeypatch.setenv("MKIT_HOME", str(own))
    return own


@pytest.fixture
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any mail, index or catalogue."""
    own = tmp_path / "empty"
    own.mkdir()
    (own / "config").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("MKIT_HOME", str(own))
    return own
