# SPDX-License-Identifier: GPL-2.0-or-later
"""Commit mails, "applied" summaries and pull requests."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.model.message.notification import (
    announced_commits,
    says_queued,
    summary_commits,
)
from maintainer_kit.model.message.subject import parse_subject
from tests.build import mail

ID = "ab" * 20


def announced(found: Mail, message_id: str = "a@b") -> tuple[str, ...]:
    """The commits that a mail announces."""
    return announced_commits(found, message_id, found.text)


@pytest.mark.parametrize(
    "body",
    [
        f"Gitweb:     https://git.example/{ID}\nCommit:     {ID}\nParent:     {'cd' * 20}\n",
        f"Commit-ID:  {ID}\nGitweb:  https://git.example\nCommitter:  A <a@b>\n",
        f"Author: A <a@b>\nCommitDate: today\nCommit: {ID}\n",
    ],
)
def test_labels_in_any_order(body: str) -> None:
    assert announced(read_mail(mail("x", body))) == (ID,)


@pytest.mark.parametrize(
    "body", [f"Commit: {ID}\n", "Commit: not-an-id\nParent: x\n", f"see commit {ID}\n"]
)
def test_no_announcement(body: str) -> None:
    assert announced(read_mail(mail("x", body))) == ()


@pytest.mark.parametrize("name", ["X-Git-Rev", "X-Git-Commit"])
def test_by_header(name: str) -> None:
    found = read_mail(mail("x", "text", headers={name: ID}))
    assert announced(found) == (ID,)


@pytest.mark.parametrize("name", ["X-Git-Rev", "X-Git-Commit"])
def test_a_header_of_spaces_announces_nothing(name: str) -> None:
    found = read_mail(b"From: a@b\n" + f"{name}:  \n\ntext".encode())
    assert announced(found) == ()


def test_by_message_id() -> None:
    found = read_mail(mail("x", "text"))
    assert announced(found, f"git-mailbomb-linux-master-{ID}@kernel.org") == (ID,)
    assert announced(found, "git-mailbomb-linux-master-short@kernel.org") == ()


def test_summary() -> None:
    text = (
        "Applied, thanks!\n\n[1/2] a: b\n      commit: 0123456789ab\n"
        "  - https://git.example/netdev/net/c/fedcba987654\n"
        "[2/2] c: d\n      commit: 0123456789ab\n"
    )
    assert summary_commits(text) == ("0123456789ab", "fedcba987654")


LOG = f"""\
---
service: git-receive-pack
repo: pub/scm/pebble
user: robin
changes:
  - ref: refs/heads/for-next
    old: {"0" * 40}
    new: {"12" * 20}
    log: |
         {"12" * 20} pebble: fix it
         {"34" * 20} pebble: break it
"""


@pytest.mark.parametrize(
    ("subject", "body", "commits"),
    [
        ("post-receive: pub/scm/pebble", LOG, ("12" * 20, "34" * 20)),
        ("post-receive: pub/scm/pebble", LOG[: LOG.index("    log:")], ("12" * 20,)),
        ("post-receive: pub/scm/pebble", LOG.replace("12" * 20, "0" * 40), ("34" * 20,)),
        ("about post-receive hooks", LOG, ()),
        ("post-receive: pub/scm/pebble", "nothing of the kind", ()),
    ],
)
def test_a_push(subject: str, body: str, commits: tuple[str, ...]) -> None:
    assert announced(read_mail(mail(subject, body))) == commits


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ('Patch "pebble: fix it" has been added to the 6.1-stable tree', True),
        ('patch "fix "it"" has been added to the 5.15-longterm tree', True),
        ('Re: Patch "pebble: fix it" has been added to the 6.1-stable tree', False),
        ('Patch "pebble: fix it" is not to be added', False),
        ("[PATCH] pebble: fix it", False),
    ],
)
def test_says_queued(subject: str, expected: bool) -> None:
    assert says_queued(parse_subject(subject)) is expected
