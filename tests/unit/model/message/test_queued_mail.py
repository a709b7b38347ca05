# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of scripts that took a patch into a queue."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.message import Kind, Says
from maintainer_kit.model.message.queued_mail import queued, says_queued
from maintainer_kit.model.message.subject import parse_subject
from tests.build import ROBIN, edit, mail, read

ID, OTHER = "ab" * 20, "cd" * 20
TITLE = "pebble: fix it"
STABLE = f"""\
This is to tell that the patch titled

    {TITLE}

to the 6.1-stable tree which can be found at:
    http://git.example/git/?p=quarry/stable-queue.git;a=summary

The filename of the patch is:
     pebble-fix-it.patch
and it can be found in the queue-6.1 subdirectory.

"""
BY_QUILT = f"""\
From {ID} Mon Sep 17 00:00:00 2001
From: Ada Author <ada@quarry.example>
Date: Mon, 5 Jan 2026 09:00:00 +0000
Subject: {TITLE}
Message-ID: <1@quarry.example>

commit {ID} upstream.

They must be counted.

Link: https://lore.example/r/2@quarry.example
---
 pebble.c |    2 +-
"""
BY_GIT = f"""\
commit {OTHER}
Author: Ada Author <ada@quarry.example>
Date:   Mon Jan 5 09:00:00 2026 +0000

    {TITLE}

    [ Upstream commit {ID} ]

    Link: https://lore.example/r/2@quarry.example
"""
OWN_TREE = f"""\
This is to tell that the patch titled

    {TITLE}

to my stones git tree which can be found at
    git://git.example/pub/scm/quarry/stones.git
in the stones-next branch.

"""
MM = f"""\
The patch titled
     Subject: {TITLE}
has been added to the -mm mm-unstable branch.  Its filename is
     pebble-fix-it.patch

Link: https://lkml.example/20260105.1@quarry.example
"""
MM_MERGED = f"""\
The quilt patch titled
     Subject: {TITLE}
has been removed from the -mm tree.  Its filename was
     pebble-fix-it.patch

This patch was dropped because it was merged into the mm-stable branch
of git://git.example/pub/scm/quarry/mm.git

Link: https://lkml.example/20260105.1@quarry.example
"""
TO_STABLE = 'Patch "pebble: fix it" has been added to the 6.1-stable tree'
BOTH = ("1@quarry.example", "2@quarry.example")
LINKED = ("20260105.1@quarry.example",)


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        (
            TO_STABLE,
            STABLE + BY_QUILT,
            Announced("", "6.1-stable", "queue-6.1", TITLE, 0, BOTH, ID),
        ),
        (
            TO_STABLE,
            STABLE + BY_GIT,
            Announced("", "6.1-stable", "queue-6.1", TITLE, 0, BOTH[1:], ID),
        ),
        (
            'patch "pebble: fix it" added to stones-next',
            OWN_TREE + BY_QUILT.replace(f"commit {ID} upstream.\n", ""),
            Announced("", "pub/scm/quarry/stones.git", "stones-next", TITLE, 0, BOTH, ID),
        ),
        (
            "+ pebble-fix-it.patch added to mm-unstable branch",
            MM,
            Announced("", "-mm", "mm-unstable", TITLE, 0, LINKED),
        ),
        (
            "+ pebble-fix-it.patch added to -mm tree",
            MM.replace("mm-unstable branch", "tree"),
            Announced("", "-mm", "", TITLE, 0, LINKED),
        ),
        (
            "[merged mm-stable] pebble-fix-it.patch removed from -mm tree",
            MM_MERGED,
            Announced("", "pub/scm/quarry/mm.git", "mm-stable", TITLE, 0, LINKED),
        ),
        (
            "[merged] pebble-fix-it.patch removed from -mm tree",
            MM_MERGED[: MM_MERGED.index("the mm-stable")] + "mainline or a subsystem tree\n",
            Announced("", "mainline", "", TITLE),
        ),
        (TO_STABLE, "nothing of it", Announced()),
    ],
)
def test_what_was_taken_where(subject: str, text: str, expected: Announced) -> None:
    assert queued(parse_subject(subject), text) == (expected,)
    assert not expected.commit, "it is no commit yet"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (TO_STABLE, True),
        ('patch "fix "it"" has been added to the 5.15-longterm tree', True),
        ('patch "fix it" has been added to the 5.15 stable tree', True),
        (f"Re: {TO_STABLE}", False),
        (f"Fwd: {TO_STABLE}", False),
        ('FAILED: patch "[PATCH] pebble: fix it" failed to apply to 6.1-stable tree', False),
        ('Patch "pebble: fix it" is not to be added', False),
        ("[PATCH] pebble: fix it", False),
        ("Re: + pebble-fix-it.patch added to mm-unstable branch", False),
        ("+ more of it added to the pile", False),
        ("[to-be-updated] pebble-fix-it.patch removed from -mm tree", False),
        ("[folded-merged] pebble-fix-it.patch removed from -mm tree", False),
        ("[merged] pebble: fix it", False),
    ],
)
def test_says_queued(subject: str, expected: bool) -> None:
    assert says_queued(parse_subject(subject)) is expected
    assert bool(queued(parse_subject(subject), STABLE)) is expected


def test_the_line_of_format_patch_may_name_nothing() -> None:
    text = STABLE + BY_QUILT.replace(ID, "0" * 40).replace("upstream", "")
    assert queued(parse_subject(TO_STABLE), text)[0].upstream == ""


def test_facts_of_the_message() -> None:
    message = read(mail(TO_STABLE, STABLE + BY_QUILT + edit(), sender=ROBIN))
    assert message.kind is Kind.COMMIT
    assert message.says == frozenset({Says.APPLIED})
    assert message.commits == ()
    assert message.announced[0].upstream == ID
