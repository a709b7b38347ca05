# SPDX-License-Identifier: GPL-2.0-or-later
"""Summaries of what became of a series, and of a pull request."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.summary_mail import MOST, pulled, summed_up
from tests.build import ROBIN, mail, posting, read, reply

A, B = "0123456789ab", "fedcba987654"
BOT = "patchwork-bot+pebble@kernel.example"
URL = "https://git.example/quarry/pebble/c"
BY_BOT = f"""\
Hello:

This series was applied to quarry/pebble.git (refs/heads/main)
by Robin Maintainer <robin@lumen.example>:

On Mon, 5 Jan 2026 09:00:00 +0000 you wrote:
> From: Ada
>   - [1/9] quoted
>     {URL}/{"9" * 12}

Here is the summary with links:
  - [pebble,v2,1/3] pebble: count them
    {URL}/{A}
  - [pebble,v2,2/3] pebble: name them
    (no matching commit)
  - [pebble,v2,3/3] pebble: throw them
    {URL}/{B}

You are awesome, thank you!
"""
TREE = "quarry/pebble.git"


def test_by_patchworks_bot() -> None:
    assert summed_up(BY_BOT) == (
        Announced(A, TREE, "main", "pebble: count them", 1),
        Announced(B, TREE, "main", "pebble: throw them", 3),
    )


@pytest.mark.parametrize(
    ("opening", "item", "expected"),
    [
        (
            "This patch was applied to a/b.git (main)",
            "[a,v3] b: c",
            Announced(A, "a/b.git", "main", "b: c"),
        ),
        (
            "This pull request was applied to a/b.git (main):",
            "pull b",
            Announced(A, "a/b.git", "main", "pull b"),
        ),
        ("no place", "[v2,2/2] b: c", Announced(A, "quarry/pebble", "", "b: c", 2)),
    ],
)
def test_of_one_item(opening: str, item: str, expected: Announced) -> None:
    text = f"{opening}\n\nHere is the summary with links:\n  - {item}\n    {URL}/{A}\n"
    assert summed_up(text) == (expected,)


ITEM = f"[1/1] pebble: count them\n      commit: {'ab' * 20}\n"
WHOLE = Announced("ab" * 20, title="pebble: count them", number=1)


@pytest.mark.parametrize(
    ("words", "tree", "ref"),
    [
        ("Applied, thanks!", "", ""),
        ("Applied to for-next, thanks!", "", "for-next"),
        ("Applied to quarry/pebble.git (for-next), thanks!", TREE, "for-next"),
        ("Applied to the a.b branch of the quarry/pebble.git tree.\nSoon in next.", TREE, "a.b"),
        (
            "Applied to\n\n   https://git.example/quarry/pebble.git for-next\n\nThanks!",
            TREE,
            "for-next",
        ),
        ("This was applied to nothing", "", ""),
    ],
)
def test_by_people(words: str, tree: str, ref: str) -> None:
    text = f"On Monday, Ada wrote:\n> [1/1] it\n\n{words}\n\n{ITEM}\nBest regards,\n"
    assert summed_up(text) == (WHOLE._replace(tree=tree, ref=ref),)


@pytest.mark.parametrize(
    "url",
    [
        f"https://git.example/a/b.git/commit/?id={A}",
        f"https://git.example/a/b.git/?id={A}",
        f"https://git.example/?p=a/b.git;a=commit;h={A}",
        f"https://github.example/a/b.git/commit/{A}",
    ],
)
def test_addresses_of_commits(url: str) -> None:
    assert summed_up(f"[01/10] t\n        {url}\n") == (Announced(A, "a/b.git", "", "t", 1),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"[1/1] t\n      commit: {A} and more\n",
        "[1/1] t\n      (no commit info)\n",
        f"> [1/1] t\n>       commit: {A}\n",
        f"[1/1] t\ncommit: {A}\n",
        f"[1/2] t\n   https://bugs.example/bug?id={'ab' * 20}\n",
        "[1/2] t\n   https://lists.example/all/20260105\n",
        "[1/2] t\n   https://lists.example/all/20260105.abc1234@quarry.example/\n",
        f"  - t\n    {URL}/{A}\n",
        f"[v2] t\n    {URL}/{A}\n",
    ],
)
def test_no_summary(text: str) -> None:
    assert summed_up(text) == ()


def test_a_flood_is_cut() -> None:
    text = "".join(f"[{n}/999] t\n   commit: {n:012x}\n" for n in range(1, 999))
    assert len(summed_up(text)) == MOST


TRACKED = {
    "X-PR-Tracked-Message-Id": "<pull@quarry.example>",
    "X-PR-Tracked-Commit-Id": "cd" * 20,
    "X-PR-Merge-Tree": "quarry/pebble.git",
    "X-PR-Merge-Refname": "refs/heads/master",
    "X-PR-Merge-Commit-Id": "ab" * 20,
}
MERGE = Announced("ab" * 20, TREE, "master", message_ids=("pull@quarry.example",), parent="cd" * 20)


def test_a_pull_request_that_was_pulled() -> None:
    assert pulled(read_mail(mail("Re: [GIT PULL] x", "text", headers=TRACKED))) == (MERGE,)


@pytest.mark.parametrize("value", ["nonsense", " ", "ab ab"])
def test_a_tracker_that_names_no_merge(value: str) -> None:
    raw = mail("x", "text", headers=TRACKED | {"X-PR-Merge-Commit-Id": value})
    assert pulled(read_mail(raw)) == ()


def test_facts_of_the_message() -> None:
    message = read(reply("a@x", BY_BOT, sender=BOT))
    assert message.kind is Kind.BOT_REPORT
    assert (message.commits, len(message.announced)) == ((A, B), 2)
    message = read(reply("a@x", f"Applied, thanks!\n\n{ITEM}", sender=ROBIN))
    assert (message.commits, message.announced) == (("ab" * 20,), (WHOLE,))


def test_a_patch_announces_nothing() -> None:
    for raw in posting("pebble: count them", 2, tail=f"Changes\n\n{ITEM}"):
        assert read(raw).announced == ()
