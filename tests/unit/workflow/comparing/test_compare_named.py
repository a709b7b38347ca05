# SPDX-License-Identifier: GPL-2.0-or-later
"""What the words of the command line mean, by the mail of a topic."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.landed import Landing, Place
from maintainer_kit.workflow.comparing.comparison import compare
from maintainer_kit.workflow.comparing.named import read_sides
from maintainer_kit.workflow.comparing.pairing import Fate
from maintainer_kit.workflow.comparing.series_file import NoContents
from maintainer_kit.workflow.comparing.side import Sides
from tests.build import ADA, DAY, edit, mail, part_id, patch, posting
from tests.memory.desk import Desk

AUTHOR = Person("Ada Author", "ada@quarry.example")
FIRST, SECOND = "1" * 40, "2" * 40


class MemoryCommits(NoContents):
    """Repositories in memory: commits by id, and what ranges and branches hold."""

    def __init__(self, **commits: Patch) -> None:
        self.commits = {name.removeprefix("c"): one for name, one in commits.items()}

    def ranges(self, texts: Sequence[str]) -> Sequence[Sequence[Patch]]:
        return [self.range(text) for text in texts]

    def range(self, text: str) -> Sequence[Patch]:
        if not self.commits:
            raise RepositoryError(f"there is no commit {text}")
        return tuple(self.commits.values())

    def branch(self, name: str) -> Sequence[Patch] | None:
        return tuple(self.commits.values()) if name == "topic" else None

    def named(self, repository: str, commit: str) -> Patch:
        if commit not in self.commits:
            raise RepositoryError(f"{commit[:12]} is not in {repository}")
        return self.commits[commit]


def committed(name: str, raw: bytes) -> Patch:
    """A commit that does what a mail does."""
    sent = patch_of_mail(raw)
    text = f"{sent.title}\n\n{sent.text}\n"
    return patch_of_commit(CommitRecord(name, (), AUTHOR, AUTHOR, 1, text, sent.diff_text))


def desk() -> tuple[Desk, str]:
    """Three revisions of two patches; of the third only the second came, in reply to the old."""
    found = Desk()
    late = patch(
        "[PATCH v3 2/2] s: step 2", edit("fs/s/2.c", new="three"), message_id="late@x",
        parents=[part_id("s", 0, 2), part_id("s", 2, 2)], minutes=2 * DAY,
    )  # fmt: skip
    second = posting("s", 2, revision=2, parents=[part_id("s", 0)], minutes=DAY, change="half")
    found.deliver(*posting("s", 2), *second, late)
    found.sync()
    return found, found.row("late@x").id


def sides(found: Desk, *words: str, revisions: str = "", commits: object = None) -> Sides:
    source = commits if isinstance(commits, MemoryCommits) else MemoryCommits()
    return read_sides(found.stores, source, words, revisions)


def ids(found: Sides) -> tuple[list[str | None], list[str | None]]:
    old, new = ([p.message_id if p else None for p in s.patches] for s in (found.old, found.new))
    return old, new


def test_a_partial_reroll_keeps_what_it_did_not_replace() -> None:
    found, topic = desk()
    told = sides(found, topic)
    assert (told.old.name, told.new.name) == ("v2", "v3")
    kept = part_id("s", 1, 2)
    assert ids(told) == ([kept, part_id("s", 2, 2)], [kept, "late@x"])
    assert [one.fate for one in compare(told).pairs] == [Fate.KEPT, Fate.CHANGED]


def test_revisions_by_number() -> None:
    found, topic = desk()
    told = sides(found, topic, revisions="v1..v2")
    assert ids(told)[0] == [part_id("s", 1), part_id("s", 2)]
    assert ids(sides(found, f"{topic}@v1", f"{topic}@v2")) == ids(told)
    assert ids(sides(found, f"{topic[:6]}@v1", topic))[1] == [part_id("s", 1, 2), "late@x"]
    for wrong in ("1", "1..2..3", "0..1", "a..b"):
        with pytest.raises(Refused, match="names no two revisions"):
            sides(found, topic, revisions=wrong)
    with pytest.raises(NotFound, match="has no v9"):
        sides(found, topic, revisions="1..9")


def test_a_message_id_means_its_posting_or_that_patch() -> None:
    found, _ = desk()
    told = sides(found, part_id("s", 0), part_id("s", 0, 2))
    assert ids(told)[0] == [part_id("s", 1), part_id("s", 2)]
    told = sides(found, part_id("s", 2), f"<{part_id('s', 2, 2)}>")
    assert ids(told) == ([part_id("s", 2)], [part_id("s", 2, 2)])
    assert sides(found, part_id("s", 2, 2)).only == part_id("s", 2, 2)
    assert sides(found, part_id("s", 0, 2)).only == ""


def test_a_file_that_is_gone_is_a_problem_not_the_end() -> None:
    found, topic = desk()
    for path, raw in list(found.folder.files.items()):
        if part_id("s", 2, 2).encode() in raw.split(b"\n\n")[0] and b"v2 2/2" in raw:
            del found.folder.files[path]
    told = compare(sides(found, topic))
    assert f"v2: no file of {part_id('s', 2, 2)} is left" in told.problems
    assert Fate.KEPT in {one.fate for one in told.pairs}


def test_commits_of_a_repository() -> None:
    found, topic = desk()
    one, two = posting("s", 2, revision=2, change="half")[1:]
    commits = MemoryCommits(
        **{f"c{FIRST}": committed(FIRST, one), f"c{SECOND}": committed(SECOND, two)}
    )
    for word in ("A..B", "topic"):
        told = compare(sides(found, f"{topic}@v2", word, commits=commits))
        assert {pair.fate for pair in told.pairs} == {Fate.KEPT}
    both = sides(found, "A..B", "C..D", commits=commits)
    assert both.topic is None
    assert {pair.fate for pair in compare(both).pairs} == {Fate.KEPT}
    with pytest.raises(NotFound, match="neither a topic nor a branch"):
        sides(found, topic, "nosuch", commits=commits)


def landing(message_id: str, commit: str, *, sure: bool = True) -> Landing:
    place = Place("/r.git", "refs/heads/master", "mainline", commit, 5)
    return Landing(message_id, commit, "subject", 0.9, sure, "why", (place,))


def test_what_landed_is_paired_by_its_landings() -> None:
    """Whatever it looks like."""
    found, topic = desk()
    view = [part_id("s", 1, 2), "late@x"]
    found.catalogue.put_landings({
        view[0]: [landing(view[0], SECOND, sure=False)], view[1]: [landing(view[1], FIRST)],
    })  # fmt: skip
    one, two = posting("other", 2)[1:]
    commits = MemoryCommits(
        **{f"c{FIRST}": committed(FIRST, one), f"c{SECOND}": committed(SECOND, two)}
    )
    told = sides(found, topic, "landed", commits=commits)
    assert told.links == {0: 0, 1: 1}
    assert [one.commit if one else "" for one in told.new.patches] == [SECOND, FIRST]
    assert told.new.problems == (f"{SECOND[:12]} is a candidate for patch 1 only",)
    assert [(p.old, p.new) for p in compare(told).pairs] == [(0, 0), (1, 1)]
    told = sides(
        found, topic, "landed", commits=MemoryCommits(**{f"c{FIRST}": committed(FIRST, one)})
    )
    assert told.links == {1: 0}
    assert any("cannot be read" in words for words in told.new.problems)


def test_what_cannot_be_compared() -> None:
    found, topic = desk()
    lone = patch("[PATCH] one", message_id="one@x", sender=ADA, minutes=9 * DAY)
    found.deliver(mail("[BUG] it breaks", message_id="bug@x"), lone)
    found.sync()
    for words, said in (
        (("one@x",), "has one revision"),
        (("bug@x",), "has no patches"),
        (("landed", topic), "is the second of the two"),
        ((topic, "landed"), "was seen in a branch"),
    ):
        with pytest.raises(Refused, match=said):
            sides(found, *words)
    with pytest.raises(NotFound):
        sides(found, topic, "gone@nowhere.example")
    with pytest.raises(RepositoryError):
        sides(found, topic, "A..B")
