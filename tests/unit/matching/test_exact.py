# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that landed as they were mailed, and what looks like it."""

from __future__ import annotations

import time

from tests.unit.matching.build import ADA, BO, body, commit, file_diff, matched, patch, said

LONG = file_diff(body("get", 0, 8))
TITLE = "pebblefs: get inodes in one go"
TINY = file_diff(["\treturn -ENOMEM;"])


def test_the_same_patch_id() -> None:
    found = matched([patch("p", TITLE, LONG)], [commit("c", TITLE, LONG)])
    assert said(found) == [("p", "c", "patch-id", True)]
    assert found[0].score == 1.0


def test_a_title_that_was_changed_does_not_matter() -> None:
    found = matched([patch("p", TITLE, LONG)], [commit("c", "pebblefs: other words", LONG)])
    assert said(found) == [("p", "c", "patch-id", True)]


def test_an_author_that_was_put_right_is_known_by_the_title() -> None:
    found = matched([patch("p", TITLE, LONG)], [commit("c", TITLE, LONG, author=BO)])
    assert said(found) == [("p", "c", "patch-id", True)]


def test_the_same_change_by_another_author_is_never_proof() -> None:
    found = matched([patch("p", TITLE, LONG)], [commit("c", "pebblefs: mine", LONG, author=BO)])
    assert said(found) == [("p", "c", "other-author", False)]
    tiny = matched([patch("p", TITLE, TINY)], [commit("c", TITLE, TINY, author=BO)])
    assert said(tiny) == [("p", "c", "other-author", False)]


def test_every_posting_of_what_landed_is_claimed() -> None:
    patches = [patch("one", TITLE, LONG), patch("two", TITLE, LONG, hours=2)]
    found = matched(patches, [commit("c", TITLE, LONG)])
    assert said(found) == [("one", "c", "patch-id", True), ("two", "c", "patch-id", True)]


def test_landed_twice_the_first_after_the_mail() -> None:
    commits = [
        commit("a", TITLE, LONG, hours=-500),
        commit("b", TITLE, LONG, hours=30),
        commit("c", TITLE, LONG, hours=20),
        commit("d", "pebblefs: other words", LONG, hours=10),
        commit("e", TITLE, LONG, hours=5, author=BO),
    ]
    assert said(matched([patch("p", TITLE, LONG)], commits)) == [("p", "c", "patch-id", True)]


def test_several_commits_of_other_titles_prove_nothing() -> None:
    commits = [commit("a", "pebblefs: once", TINY), commit("b", "pebblefs: again", TINY)]
    assert said(matched([patch("p", TITLE, TINY)], commits)) == [("p", "a", "patch-id", False)]


def test_other_context_is_the_same_lines() -> None:
    landed = file_diff(body("get", 0, 8), context="int quarry(void)")
    found = matched([patch("p", TITLE, LONG)], [commit("c", TITLE, landed)])
    assert said(found) == [("p", "c", "lines", True)]


def test_tiny_changes_happen_twice() -> None:
    landed = file_diff(["\treturn -ENOMEM;"], context="int quarry(void)")
    titled = matched([patch("p", TITLE, TINY)], [commit("c", TITLE, landed)])
    assert said(titled) == [("p", "c", "lines", True)]
    other = matched([patch("p", TITLE, TINY)], [commit("c", "pebblefs: elsewhere", landed)])
    assert said(other) == [("p", "c", "lines", False)]
    by_bo = matched([patch("p", TITLE, TINY)], [commit("c", TITLE, landed, author=BO)])
    assert said(by_bo) == [("p", "c", "lines", False)]


def test_nothing_matches_nothing() -> None:
    mode = b"diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n"
    other = b"diff --git a/go.sh b/go.sh\nold mode 100644\nnew mode 100755\n"
    braces = file_diff(["}", "});"])
    patches = [patch("empty", "a", b""), patch("mode", "b", mode), patch("braces", "c", braces)]
    commits = [
        commit("1", "d", b""),
        commit("2", "e", other),
        commit("3", "f", file_diff(["}", "});"], context="int quarry(void)")),
    ]
    assert matched(patches, commits) == []


def test_the_commit_names_its_mail() -> None:
    other = file_diff(body("put", 0, 8))
    named = commit("c", "pebblefs: rewritten", other, text="Message-ID: <p@made.example>")
    found = matched([patch("p", TITLE, LONG)], [named])
    assert said(found) == [("p", "c", "message-id", True)]
    assert matched([patch("p", TITLE, LONG)], [named], content_only=True) == []


def test_a_plain_link_needs_more() -> None:
    link = "Link: https://lore.kernel.org/r/p@made.example"
    other, elsewhere = file_diff(body("put", 0, 8)), file_diff(body("put", 0, 8), path="lib/x.c")
    part = file_diff([*body("get", 0, 4), *body("put", 0, 8)])
    mail = [patch("p", TITLE, LONG)]
    titled = matched(mail, [commit("c", TITLE, other, text=link)])
    assert said(titled) == [("p", "c", "message-id", True)]
    alike = matched(mail, [commit("c", "pebblefs: rewritten", part, text=link)])
    assert said(alike) == [("p", "c", "message-id", True)]
    unlike = matched(mail, [commit("c", "pebblefs: rewritten", other, text=link)])
    assert said(unlike) == [("p", "c", "message-id", False)]
    assert matched(mail, [commit("c", "lib: a report told me", elsewhere, text=link)]) == []


def test_ten_thousand_equal_one_line_patches() -> None:
    patches = [patch(f"p{number}", TITLE, TINY, hours=number) for number in range(10_000)]
    commits = [
        commit(f"{number:x}f", "pebblefs: noise", TINY, hours=number, author=BO)
        for number in range(3000)
    ]
    start = time.perf_counter()
    found = matched(patches, commits)
    assert time.perf_counter() - start < 30
    assert len(found) == 10_000
    assert not any(one.is_sure for one in found)


def test_the_mail_order_does_not_matter() -> None:
    patches = [patch(f"p{number}", TITLE, LONG, hours=number) for number in range(5)]
    commits = [commit(f"a{number}", TITLE, LONG, hours=24, author=ADA) for number in range(5)]
    assert matched(patches, commits) == matched(patches[::-1], commits[::-1])
