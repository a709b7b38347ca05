# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mail announces commits, by whatever form."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.notification import announcements, notified, summary_commits
from maintainer_kit.model.message.subject import parse_subject
from tests.build import mail

ID = "ab" * 20
LABELS = f"Commit: {ID}\nParent: {'cd' * 20}\n"
PUSH = f"service: git-receive-pack\nchanges:\n  - ref: refs/heads/main\n    new: {ID}\n"


def both(subject: str, body: str, **headers: str) -> list[tuple[Announced, ...]]:
    """What a mail announces as a notification, and what it would as any other mail."""
    found, taken = read_mail(mail(subject, body, headers=headers)), parse_subject(subject)
    return [notified(found, taken, "a@b", found.text), announcements(found, taken, found.text)]


@pytest.mark.parametrize(
    ("subject", "body", "which"),
    [
        ("pebble: fix it", LABELS, 0),
        ("post-receive: pebble", PUSH, 0),
        ("Re: [PATCH] pebble: fix it", f"Applied\n\n[1/1] t\n   commit: {ID}\n", 1),
        ('patch "pebble: fix it" has been added to the 6.1-stable tree', "text", 1),
    ],
)
def test_each_form_is_one_of_the_two(subject: str, body: str, which: int) -> None:
    found = both(subject, body)
    assert found[which]
    assert not found[1 - which]


def test_the_tracker_of_pull_requests() -> None:
    head = {"X-PR-Merge-Commit-Id": ID, "X-PR-Merge-Tree": "quarry/pebble.git"}
    assert both("Re: [GIT PULL] x", "text", **head)[1] == (Announced(ID, "quarry/pebble.git"),)


@pytest.mark.parametrize("body", ["", "see commit {ID}", "service: none\n", "Thanks, applied.\n"])
def test_other_mail(body: str) -> None:
    assert both("Re: pebble", body) == [(), ()]


def test_summary() -> None:
    text = (
        "Applied, thanks!\n\n[1/2] a: b\n      commit: 0123456789ab\n"
        "  - https://git.example/netdev/net/c/fedcba987654\n"
        "[2/2] c: d\n      commit: 0123456789ab\n"
    )
    assert summary_commits(text) == ("0123456789ab", "fedcba987654")
