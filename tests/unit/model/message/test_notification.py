# SPDX-License-Identifier: GPL-2.0-or-later
"""Commit mails, "applied" summaries and pull requests."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.notification import (
    announced_commits,
    asks_to_pull,
    summary_commits,
)
from maintainer_kit.model.message.subject import parse_subject
from tests.build import mail

ID = "ab" * 20


@pytest.mark.parametrize(
    "body",
    [
        f"Gitweb:     https://git.example/{ID}\nCommit:     {ID}\nParent:     {'cd' * 20}\n",
        f"Commit-ID:  {ID}\nGitweb:  https://git.example\nCommitter:  A <a@b>\n",
        f"Author: A <a@b>\nCommitDate: today\nCommit: {ID}\n",
    ],
)
def test_labels_in_any_order(body: str) -> None:
    assert announced_commits(read_mail(mail("x", body)), "a@b") == (ID,)


@pytest.mark.parametrize(
    "body", [f"Commit: {ID}\n", "Commit: not-an-id\nParent: x\n", f"see commit {ID}\n"]
)
def test_no_announcement(body: str) -> None:
    assert announced_commits(read_mail(mail("x", body)), "a@b") == ()


@pytest.mark.parametrize("name", ["X-Git-Rev", "X-Git-Commit"])
def test_by_header(name: str) -> None:
    found = read_mail(mail("x", "text", headers={name: ID}))
    assert announced_commits(found, "a@b") == (ID,)


@pytest.mark.parametrize("name", ["X-Git-Rev", "X-Git-Commit"])
def test_a_header_of_spaces_announces_nothing(name: str) -> None:
    found = read_mail(b"From: a@b\n" + f"{name}:  \n\ntext".encode())
    assert announced_commits(found, "a@b") == ()


def test_by_message_id() -> None:
    found = read_mail(mail("x", "text"))
    assert announced_commits(found, f"git-mailbomb-linux-master-{ID}@kernel.org") == (ID,)
    assert announced_commits(found, "git-mailbomb-linux-master-short@kernel.org") == ()


def test_summary() -> None:
    text = (
        "Applied, thanks!\n\n[1/2] a: b\n      commit: 0123456789ab\n"
        "  - https://git.example/netdev/net/c/fedcba987654\n"
        "[2/2] c: d\n      commit: 0123456789ab\n"
    )
    assert summary_commits(text) == ("0123456789ab", "fedcba987654")


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("[GIT PULL] fixes", "", True),
        ("[git pull] fixes", "", True),
        ("[PULL] drm", "The following changes since commit 1234567:\n", True),
        ("[PULL] drm", "no request in it\n", False),
        ("pull request: bluetooth", "are available in the Git repository at:\n", True),
        ("Please pull fixes", "please pull from:\n", True),
        ("[PATCH] pull the plug", "are available in the git repository at:\n", False),
    ],
)
def test_asks_to_pull(subject: str, body: str, expected: bool) -> None:
    assert asks_to_pull(parse_subject(subject), body) is expected
