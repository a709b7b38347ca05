# SPDX-License-Identifier: GPL-2.0-or-later
"""How alike two postings are."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.evidence import compare
from maintainer_kit.model.topic.posting import Posting, people_keys, person_keys
from tests.build import BO, DAY, edit, mail, patch, posting, read


def posted(*raws: bytes) -> Posting:
    """The one posting that mails make."""
    (series,) = collect_series([read(raw) for raw in raws])
    return Posting(series)


def lines(word: str) -> str:
    """A diff that has no line in common with that of another word."""
    return edit(f"fs/{word}.c", old=f"old_{word}", new=f"new_{word}")


def two(one: str, other: str, first: str = "1", second: str = "2") -> Posting:
    """Two patches, by their titles and the words of their diffs."""
    return posted(
        patch(f"[PATCH 1/2] {one}", lines(first), message_id=f"{one}-1@x"),
        patch(f"[PATCH 2/2] {other}", lines(second), message_id=f"{other}-2@x"),
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Author <ada@x.example>", "ada <ADA@x.example>", True),
        ("Ada Author <ada@x.example>", '"Author, Ada" <ada@y.example>', True),
        ("Ada Author <ada@x.example>", "Bo Author <bo@y.example>", False),
        ("root <root@x.example>", "root <root@y.example>", False),
        ("Ada via l <l@lists.x.example>", "Bo via l <l@lists.x.example>", False),
    ],
)
def test_one_person_under_two_names_or_addresses(one: str, other: str, same: bool) -> None:
    keys = [person_keys(parse_person(value)) for value in (one, other)]
    assert bool(keys[0] & keys[1]) is same


def test_author_and_submitter_are_both_known() -> None:
    text = "From: Kit Coder <kit@home.example>\n\nFixes it.\n"
    keys = people_keys(read(patch("[PATCH] foo", text=text, sender=BO)))
    assert keys >= {"kit@home.example", "coder kit", "bo@shale.example", "bo reviewer"}
    sender = posted(patch("[PATCH] foo", text=text, sender=BO)).sender
    assert {"bo@shale.example", "bo reviewer"} <= sender < keys


def test_counterparts_by_title() -> None:
    match = compare(two("a", "b"), two("b", "c", "3", "4"))
    assert (match.of_older, match.of_newer, match.by_title, match.pairs) == (0.5, 0.5, 0.5, 1)
    assert match.content == 0.0


def test_counterparts_by_diff() -> None:
    match = compare(two("a", "b"), two("c", "d", "1", "9"))
    assert (match.share, match.by_title, match.content, match.pairs) == (0.5, 0.0, 1.0, 1)


def test_a_patch_has_one_counterpart() -> None:
    """Two of one title or of one diff in the newer posting, one in the older."""
    older = posted(patch("[PATCH] a", lines("1"), message_id="1@x"))
    match = compare(older, two("a", "A.", "1", "1"))
    assert (match.of_older, match.of_newer, match.pairs) == (1.0, 0.5, 1)


def test_cover_letters_count_as_one_more() -> None:
    match = compare(posted(*posting("foo", 1)), posted(*posting("foo", 3, revision=2)))
    assert match.same_cover
    assert (match.of_older, match.of_newer) == (1.0, 0.5)


def test_a_cover_letter_alone_is_found_by_its_title() -> None:
    cover = posted(mail("[PATCH 0/2] foo: make it better", message_id="0@x"))
    assert compare(cover, posted(*posting("foo", 2))).share == 0.5
    assert compare(cover, posted(*posting("bar", 2))).share == 0.0


def test_half_a_title_makes_up_for_a_changed_diff() -> None:
    body = "".join(f"+\tcall_{at}();\n" for at in range(3))
    rest = ["".join(f"+\t{word}_{at}();\n" for at in range(4)) for word in ("one", "two")]
    head = "--- a/x.c\n+++ b/x.c\n@@ -1,0 +1,7 @@\n"
    older, newer = (f"{head}{body}{one}" for one in rest)
    first = posted(patch("[PATCH] foo: fix the leak", older, message_id="1@x"))
    near = posted(patch("[PATCH] foo: fix a leak", newer, message_id="2@x"))
    far = posted(patch("[PATCH] bar: something", newer, message_id="3@x"))
    assert compare(first, near).pairs == 1
    assert compare(first, far).pairs == 0


def test_empty_titles_are_not_equal() -> None:
    one, other = (posted(patch("[PATCH]", lines(at), message_id=f"{at}@x")) for at in "12")
    assert compare(one, other).pairs == 0


def test_who_is_akin() -> None:
    base = two("a", "b", "1", "2")
    assert base.is_akin_to(two("c", "d", "2", "3"))  # a file
    assert base.is_akin_to(two("b", "d", "8", "9"))  # a title
    assert not base.is_akin_to(two("c", "d", "8", "9"))
    assert base.is_akin_to(posted(mail("[PATCH 0/2] words", message_id="0@x")))  # nothing known


def test_completing_and_replacing() -> None:
    mails = posting("foo", 4, cover=False)
    first, second, whole = posted(*mails[:2]), posted(*mails[2:]), posted(*mails)
    assert first.completes(second)
    assert second.completes(first)
    assert not whole.completes(first)
    assert not first.replaces(second)
    assert first.replaces(whole)
    assert not whole.replaces(first)
    newer = posted(*posting("foo", 4, cover=False, revision=2)[2:])
    assert not first.completes(newer)


@pytest.mark.parametrize(
    ("prefix", "tree"),
    [
        ("PATCH", set()),
        ("PATCH net-next", set()),
        ("PATCH 5.10.y", {"5.10.y"}),
        ("PATCH 5.10", {"5.10"}),
        ("PATCH v6.1.y v2", {"6.1.y"}),
        ("PATCH 5.10/5.15", {"5.10", "5.15"}),
        ("PATCH v5.4 2/3", {"5.4"}),
    ],
)
def test_stable_trees(prefix: str, tree: set[str]) -> None:
    assert posted(patch(f"[{prefix}] foo")).tree == tree


def test_rfc_and_order() -> None:
    one = posted(patch("[RFC PATCH v5.1 2/3] foo", minutes=DAY))
    assert one.is_rfc
    assert one.order == (5, 1)
    assert not posted(patch("[PATCH] foo")).is_rfc
