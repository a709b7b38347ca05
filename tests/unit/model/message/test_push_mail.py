# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of pushes to a gitolite."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.push_mail import MOST, pushed_commits
from tests.build import mail, read

A, B, C, NONE = "12" * 20, "34" * 20, "56" * 20, "0" * 40
PUSH = f"""\
---
service: git-receive-pack
repo: pub/scm/quarry/pebble
user: robin
git_push_cert_status: G
changes:
  - ref: refs/heads/for-next
    old: {NONE}
    new: {A}
    log: |
         {A} pebble: fix it: at last
         {B} ref: refs/heads/lies
  - ref: refs/heads/gone
    old: {A}
    new: {NONE}
  - ref: refs/tags/v1
    old: {NONE}
    new: {C}
"""
TREE = "pub/scm/quarry/pebble"
FIRST = (
    Announced(A, TREE, "for-next", "pebble: fix it: at last"),
    Announced(B, TREE, "for-next", "ref: refs/heads/lies"),
)


def pushed(
    body: str, subject: str = "post-receive: pub/scm/quarry/pebble"
) -> tuple[Announced, ...]:
    found = read_mail(mail(subject, body))
    return pushed_commits(found, found.text)


def test_each_ref_with_its_list_or_its_tip() -> None:
    assert pushed(PUSH) == (*FIRST, Announced(C, TREE, "refs/tags/v1"))


def test_a_list_in_an_attachment() -> None:
    name = f"revlist-{C}-{A}.txt"
    text = (
        f"service: git-receive-pack\nrepo: {TREE}\nchanges:\n  - ref: refs/heads/for-next\n"
        f"    old: {C}\n    new: {A}\n    log: {name}\n"
    )
    raw = mail(
        "post-receive: pub/scm/quarry/pebble",
        f"--cut\nContent-Type: text/plain\n\n{text}\n--cut\nContent-Type: text/plain\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n'
        f"{A} pebble: fix it: at last\n{B} ref: refs/heads/lies\n--cut--\n",
        headers={"Content-Type": 'multipart/mixed; boundary="cut"'},
    )
    assert read(raw).announced == FIRST
    assert read(raw.replace(b"log: revlist", b"log: other")).announced == (
        FIRST[0]._replace(title=""),
    )


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("about post-receive hooks", PUSH),
        ("Re: post-receive: pub/scm/quarry/pebble", PUSH),
        ("post-receive: pub/scm/quarry/pebble", "nothing of the kind"),
        ("post-receive: x", f"- ref: a\n  new: {NONE}\n"),
        ("post-receive: x", "- ref: a\n  new: 1234\n"),
    ],
)
def test_nothing_was_pushed(subject: str, body: str) -> None:
    assert pushed(body, subject) == ()


def test_a_commit_on_two_refs_is_told_twice() -> None:
    again = PUSH + f"  - ref: refs/heads/dev\n    new: {A}\n"
    assert pushed(again)[-1] == Announced(A, TREE, "dev")


def test_a_flood_is_cut() -> None:
    lines = "".join(f"         {n:040x} t\n" for n in range(1, 5 * MOST))
    assert len(pushed(f"repo: x\n- ref: y\n  log: |\n{lines}")) == MOST


def test_facts_of_the_message() -> None:
    message = read(mail("post-receive: pub/scm/quarry/pebble", PUSH))
    assert message.commits == (A, B, C)
    assert len(message.announced) == 3
