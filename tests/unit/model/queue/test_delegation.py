# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to decide: the first rule all of whose conditions hold."""

from __future__ import annotations

import random
import time

import pytest

from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.queue.delegation import (
    NOT_DELEGATED,
    Delegation,
    by_hand,
    delegate_of,
    takes_in,
    touched_paths,
)
from maintainer_kit.model.queue.delegation_rules import read_rules
from maintainer_kit.model.topic.topic import Topic
from tests.build import LIST, edit, mail, patch, posting, reply, topic

JANE = "jane@quarry.example"


def speaks(conditions: str, found: Topic, **more: object) -> bool:
    """Whether a rule with these conditions holds."""
    rules = read_rules((f"{JANE} {conditions}",))
    told = delegate_of(found, rules, **more)  # type: ignore[arg-type]
    assert told in (NOT_DELEGATED, Delegation(Person("", JANE), rules[0].name))
    return told != NOT_DELEGATED


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("fs/erofs/", "fs/erofs/inode.c", True),
        ("fs/erofs/", "fs/erofs/a/b.c", True),
        ("fs/erofs", "fs/erofs/inode.c", True),
        ("fs/erofs", "fs/erofs", True),
        ("fs/erofs/", "fs/erofs", False),
        ("fs/erofs", "fs/erofs-utils/x.c", False),
        ("fs/erofs", "tools/fs/erofs/x.c", False),
        ("*.c", "fs/erofs/inode.c", True),
        ("*.c", "fs/erofs/inode.cc", False),
        ("fs/*/super.c", "fs/erofs/super.c", True),
        ("fs/*/super.c", "fs/a/b/super.c", True),
        ("arch/*/kvm/", "arch/x86/kvm/mmu/mmu.c", True),
        ("arch/*/kvm", "arch/x86/kvm/mmu/mmu.c", True),
        ("fs/erofs/z*.[ch]", "fs/erofs/zdata.c", True),
        ("fs/erofs/z*.[!c]", "fs/erofs/zdata.c", False),
        ("FS/EROFS/", "fs/erofs/inode.c", False),
        ("*", "anything/at/all", True),
        ("a?c", "abc", True),
        ("a[c", "a[c", True),
        ("a.c", "abc", False),
    ],
)
def test_patterns_are_as_gits(pattern: str, path: str, expected: bool) -> None:
    assert takes_in(pattern, path) is expected


def test_many_stars_take_no_time() -> None:
    start = time.process_time()
    assert not takes_in("*a" * 200 + "b", "a" * 4096)
    assert not takes_in("*?" * 100 + "b", "a" * 4096)
    assert time.process_time() - start < 2


def test_every_file_has_to_match_or_any() -> None:
    found = topic(
        patch("[PATCH] pebble: x", edit("fs/pebble/inode.c") + edit("include/linux/pebble.h"))
    )
    assert not speaks("path=fs/pebble/", found)
    assert speaks("path=fs/pebble/ path=include/linux/*", found)
    assert speaks("any-path=fs/pebble/", found)
    assert not speaks("any-path=mm/", found)


def test_a_renamed_file_counts_under_both_names() -> None:
    moved = (
        "diff --git a/old/a.c b/new/a.c\nsimilarity index 100%\n"
        "rename from old/a.c\nrename to new/a.c\n"
    )
    found = topic(patch("[PATCH] move", moved))
    assert touched_paths(found.view) == ("new/a.c", "old/a.c")
    assert not speaks("path=new/", found)
    assert speaks("path=new/ path=old/", found)


def test_the_newest_view_counts() -> None:
    old = patch("[PATCH] foo: mend it", edit("fs/old.c"), message_id="v1@x.example")
    new = patch("[PATCH v2] foo: mend it", edit("fs/new.c"), parents=["v1@x.example"], minutes=9)
    both = topic(old, new)
    assert len(both.revisions) == 2
    assert speaks("path=fs/old.c", topic(old))
    assert speaks("path=fs/new.c", both)
    assert not speaks("any-path=fs/old.c", both)


def test_what_has_no_files_matches_no_path() -> None:
    found = topic(mail("Why does it hang?", "It hangs.\n"))
    assert not speaks("path=*", found)
    assert not speaks("any-path=*", found)
    assert speaks(f"list={LIST}", found)


def test_prefix_is_a_tag_or_begins_the_title_of_each_patch() -> None:
    tagged = topic(*posting("foo", 2, prefix="PATCH net-next"))
    assert speaks("prefix=Net-Next", tagged)
    assert speaks("prefix=foo", tagged)
    assert speaks("prefix=foo:", tagged)
    assert not speaks("prefix=net", tagged)
    assert not speaks("prefix=fo", tagged)
    deep = topic(patch("[PATCH] net: dsa: fix it"))
    assert speaks("prefix=net", deep)
    assert speaks("'prefix=net: dsa'", deep)
    assert not speaks("prefix=dsa", deep)


def test_list_by_id_or_address() -> None:
    found = topic(patch("[PATCH] foo: x", to="pebblefs@lists.lumen.example, dev@lumen.example"))
    assert speaks("list=pebblefs@lists.lumen.example", found)
    assert speaks("list=PebbleFS.lists.lumen.example", found)
    # An address that nobody would take for a list's may be one.
    assert speaks("list=dev@lumen.example", found)
    assert not speaks("list=other@lists.lumen.example", found)


def test_from_is_author_or_submitter() -> None:
    text = "From: Cy Coder <cy@shale.example>\n\nBetter.\n"
    found = topic(patch("[PATCH] foo: x", text=text))
    assert speaks("from=ada@quarry.example", found)
    assert speaks("from=CY@shale.example", found)
    assert speaks("from=@shale.example", found)
    assert not speaks("from=@example", found)
    assert not speaks("from=bo@shale.example", found)


def test_to_and_cc() -> None:
    found = topic(patch("[PATCH] x", headers={"Cc": "Jane <jane@corp.example>"}))
    assert speaks(f"to={LIST}", found)
    assert speaks("to=jane@corp.example", found)
    assert speaks("to=@corp.example", found)
    assert not speaks("to=ada@quarry.example", found)


def test_people_are_seen_through_the_mailmap() -> None:
    people = read_mailmap("Ada Author <ada@new.example> <ada@quarry.example>\n")
    found = topic(patch("[PATCH] x", headers={"Cc": "ada@new.example"}))
    assert speaks("from=ada@new.example", found, people=people)
    assert speaks("from=@new.example", found, people=people)
    assert not speaks("from=ada@new.example", found)
    assert speaks("to=ada@quarry.example", found, people=people)
    assert not speaks("to=ada@quarry.example", found)


def test_sections_by_title() -> None:
    def sections(path: str) -> tuple[str, ...]:
        return ("pebble file system", "the rest") if path.startswith("fs/") else ("the rest",)

    found = topic(patch("[PATCH] x", edit("fs/a.c") + edit("mm/b.c")))
    assert not speaks("'section=Pebble File System'", found, sections=sections)
    assert speaks("'any-section=Pebble File System'", found, sections=sections)
    assert speaks("'section=THE REST'", found, sections=sections)
    assert not speaks("'section=THE REST'", found)
    assert not speaks("'section=THE REST'", topic(mail("Hello", "x")), sections=sections)


def test_all_kinds_have_to_hold() -> None:
    found = topic(patch("[PATCH] foo: x"))
    assert speaks("path=fs/ prefix=foo from=@quarry.example", found)
    assert not speaks("path=fs/ prefix=bar from=@quarry.example", found)
    assert speaks("path=fs/ prefix=bar prefix=foo", found)


def test_only_while_away() -> None:
    found = topic(patch("[PATCH] foo: x"))
    assert not speaks("path=fs/ when=away", found)
    assert speaks("path=fs/ when=away", found, away=True)
    assert not speaks("path=mm/ when=away", found, away=True)


def test_the_first_that_holds_speaks_and_nobody_stops() -> None:
    found = topic(patch("[PATCH] foo: x"))
    rules = read_rules(("a@x.example path=mm/", "nobody prefix=foo", "b@x.example path=fs/"))
    assert delegate_of(found, rules) == Delegation(NOBODY, "rule 2: prefix=foo")
    assert delegate_of(found, rules[2:]) == Delegation(
        Person("", "b@x.example"), "rule 3: path=fs/"
    )
    assert delegate_of(found, ()) == NOT_DELEGATED


def test_the_order_of_arrival_does_not_matter() -> None:
    mails = [*posting("foo", 3), *posting("foo", 3, revision=2, minutes=99)]
    mails.append(reply("foo-v1-1@made.example", "Why?\n"))
    rules = read_rules(("a@x.example path=fs/foo/1.c", "b@x.example path=fs/foo/"))
    told = set()
    for seed in range(10):
        random.Random(seed).shuffle(mails)
        told.add(delegate_of(topic(*mails), rules))
    assert told == {Delegation(Person("", "b@x.example"), "rule 2: path=fs/foo/")}


def test_what_was_said_by_hand() -> None:
    assert by_hand("") is None
    assert by_hand("nobody") == Delegation(NOBODY, "by hand")
    assert by_hand("Jane Doe <j@x.example>") == Delegation(
        Person("Jane Doe", "j@x.example"), "by hand"
    )
