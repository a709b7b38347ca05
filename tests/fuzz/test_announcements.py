# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits, hostile: never an exception, always in bounded time and room."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.codec import MessageReader, dump_message
from maintainer_kit.model.message.push_mail import MOST
from maintainer_kit.model.message.reading import own_message_id, read_message
from tests.build import mail

ID = "ab" * 20
TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
VALUES = st.sampled_from(
    [
        *(ID, ID[:12], "0" * 40, "refs/heads/x", "x (y)", "https://x/y/c/", f"https://x/y/c/{ID}"),
        *("git@x:y", "http://x/?p=;a=commit;h=1", "<a@b>", "Mon, 5 Jan 2026 09:00:00 +01:00", ""),
        *("Ada <ada@x>", "Mon Jan 5 09:00:00 2026", "99999999999", "|", f"revlist-{ID}.txt"),
    ]
)
NAMES = st.sampled_from(
    [
        *("Commit: ", "Commit-ID: ", "Parent: ", "Refname: ", "Web: ", "Gitweb: ", "Author: "),
        *("AuthorDate: ", "Committer: ", "X-Git-Rev: ", "service: ", "repo: ", "  - ref: "),
        *("    new: ", "    log: ", "         ", "  - ", "[1/2] ", "      commit: ", "    "),
        *("Link: ", "Message-ID: ", "    [ Upstream commit ", "commit ", "From ", "Applied to "),
        *("> ", "tree: ", "to the ", "to my ", "merged into the ", "in the ", "patch titled\n "),
        *("Here is the summary with links:", "This patch was applied to ", "---", "diff --git a/"),
    ]
)
LINES = st.tuples(NAMES | TEXT, VALUES | TEXT, st.sampled_from(["", " upstream", " branch of "]))
BODIES = st.lists(LINES.map("".join), max_size=30).map("\n".join)
SUBJECTS = st.sampled_from(
    [
        *("post-receive: x", "[tip: a/b] c", "[tip:] ", "Re: [PATCH] x", "x", ""),
        *('Patch "x" has been added to the y tree', "+ x.patch added to y branch"),
        *('patch "x" added to y', "[merged y] x.patch removed from -mm tree"),
    ]
)
IDS = st.sampled_from([f"git-mailbomb-a-b-{ID}@x", f"tip-{ID}@x", "git-mailbomb-", "a@b"])
FIELDS = st.dictionaries(
    st.sampled_from(
        ["X-Git-Rev", "X-Git-Parent", "X-Git-Refname", "X-PR-Merge-Commit-Id", "X-PR-Merge-Tree"]
    ),
    VALUES,
)


@given(SUBJECTS, BODIES, IDS, FIELDS)
def test_any_mixture(subject: str, body: str, message_id: str, fields: dict[str, str]) -> None:
    text = body.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    raw = mail(subject, text, message_id=message_id, headers=fields)
    found = read_mail(raw)
    message = read_message(found, own_message_id(found, raw))
    stored = dump_message(message)
    stored.encode()
    json.loads(stored)
    assert MessageReader().read(stored) == message
    for one in message.announced:
        assert not one.commit or set(one.commit) <= set("0123456789abcdef")
        assert "\n" not in one.title + one.tree + one.ref
    named = {one.commit for one in message.announced if one.commit}
    assert not named or named == set(message.commits)


FLOODS = {
    "labels": f"Commit: {ID}\nParent: {ID}\n" * 100_000,
    "blank lines": "Commit: x\n" + " \n" * 500_000,
    "spaces": f"Commit: {ID}\nParent: x\n\n" + " " * 2_000_000,
    "links": f"Commit: {ID}\nParent: x\n\nt\n\n" + "Link: https://x/a@b\n" * 100_000,
    "a link": f"Commit: {ID}\nParent: x\n\nt\n\nLink: https://x/" + "a/" * 500_000 + "\n",
    "items": "Applied\n" + f"[1/2] t\n    commit: {ID}\n" * 100_000,
    "prefixes": "  - [" * 400_000 + "\n    commit: x",
    "titles": ("x" * 599 + "\n    https://x/" + "y" * 499 + " z\n") * 2_000,
    "applied": "Applied to " * 200_000 + f"\n[1/2] t\n    commit: {ID}\n",
    "a push": "service: x\nrepo: y\n" + f"  - ref: z\n    new: {ID}\n" * 100_000,
    "a log": "service: x\n" + "".join(f"{n:040x} t\n" for n in range(1, 50_000)),
    "dashes": "service: x\n" + "- " * 1_000_000,
    "patch titled": "patch titled " * 200_000,
    "to the": "to the x\n" * 200_000,
    "upstream": "commit " + "a" * 2_000_000 + " upstream",
}


@pytest.mark.parametrize("name", FLOODS)
@pytest.mark.parametrize(
    "subject",
    ["x", "post-receive: x", 'patch "x" added to y', 'patch "' + '" added to ' * 90 + " z"],
)
def test_floods_are_read_in_bounded_time(name: str, subject: str) -> None:
    raw = mail(subject, FLOODS[name])
    found = read_mail(raw)
    start = process_time()
    message = read_message(found, "a@b")
    assert process_time() - start < 2
    assert len(message.announced) <= MOST
