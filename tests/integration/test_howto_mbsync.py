# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/howto/reviewer.md and small-project.md as they are written: real mbsync, Dovecot, lei and a
public-inbox, of which the addresses alone are others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.build import ADA, edit, mail, part_id, posting
from tests.conftest import require_tool
from tests.integration.dovecot import Dovecot, serving_imap
from tests.integration.inbox_server import Archives, InboxServer, serving
from tests.integration.setups import Account, Step, Written, ids, parts_of, sample_mails
from tests.integration.test_mail_stores import fill

LORE = "https://lore.kernel.org/all/"


def imap(server: Dovecot, host: str) -> Mapping[str, str]:
    """What stands instead in ~/.mbsyncrc: this Dovecot has neither TLS nor a login."""
    return {f"Host {host}": f"Host 127.0.0.1\nPort {server.port}", "SSLType IMAPS": "SSLType None"}


@pytest.fixture
def robin(tmp_path: Path) -> Account:
    require_tool("mbsync")
    made = Account(tmp_path / "robin")
    made.shell("git config --global user.email somebody@lumen.example")
    made.clone_sample()
    return made


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_page_of_a_small_project(robin: Account) -> None:
    with serving_imap() as server:
        fill(server, "INBOX", sample_mails("wick")[:60])
        for part in parts_of("small-project"):
            if isinstance(part, Written):
                robin.write(part, imap(server, "imap.lumen.example"))
                continue
            if part.command == "mbsync --all && mkit import ~/Mail":
                fill(server, "INBOX", posting("late", 2))
            done = robin.follow(part)
            if part.command == "mkit list --turn me":
                assert "wick" in done.stdout
    assert part_id("late", 1) in robin.mkit.run("export").stdout
    assert len(robin.mkit.json("log")["log"]) == 2


@pytest.fixture
def tomasz(tmp_path: Path) -> Iterator[Account]:
    """An account in which lei may run; its daemon is ended after."""
    for tool in ("mbsync", "lei"):
        require_tool(tool)
    # The path of a socket may have a hundred bytes.
    with tempfile.TemporaryDirectory(prefix="mkit-lei-", dir="/tmp") as run:
        made = Account(tmp_path / "tomasz", XDG_RUNTIME_DIR=run)
        made.shell("git config --global user.email tomasz.wrona@quarry.example")
        try:
            yield made
        finally:
            made.mkit.program(["lei", "daemon-kill"])


def patch_of_today() -> bytes:
    """A repeated search asks an archive for what came since the last time, and two days before."""
    named = {"Date": formatdate(), "List-Id": "Pebble <pebblefs.lists.lumen.example>"}
    body = f"Why.\n\nSigned-off-by: {ADA}\n---\n{edit()}"
    return mail("[PATCH] pebble: late", body, message_id="late@made.example", headers=named)


def follow(account: Account, step: Step, archive: InboxServer) -> str:
    here = Step(step.machine, step.command.replace(LORE, archive.of("all")), step.printed)
    return account.follow(here).stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_page_of_a_reviewer(tomasz: Account, tmp_path: Path) -> None:
    made = Archives(tmp_path / "archives").fill({"pebblefs": sample_mails("pebblefs")[:40]})
    later = [patch_of_today()]
    with serving_imap() as server, serving(made) as archive:
        fill(server, "INBOX", [mail("lunch?", message_id="lunch@made.example")])
        for part in parts_of("reviewer"):
            if isinstance(part, Written):
                tomasz.write(part, imap(server, "imap.gmail.com"))
                continue
            if part.command == "mbsync --all; lei up --all; notmuch new":
                first = tomasz.mkit.run("export").stdout
                assert all(one in first for one in ids(sample_mails("pebblefs")[:2]))
                assert not any(one in first for one in ids(later))
                archive.add("pebblefs", *later)
                fill(server, "INBOX", posting("mine", 1))
            told = follow(tomasz, part, archive)
            if part.command == "mkit list --turn me":
                assert "Your turn" in told
    held = tomasz.mkit.run("export").stdout
    assert part_id("mine", 1) in held, "what came to Gmail"
    assert all(one in held for one in ids(later)), "what came to the list"
