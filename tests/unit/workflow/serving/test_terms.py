# SPDX-License-Identifier: GPL-2.0-or-later
"""What terms of an archive's query ask of notmuch and of the mails."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.workflow.serving.expression import Term
from maintainer_kit.workflow.serving.terms import Indexed, Listed, Looked, Opened, meaning_of
from tests.build import mail, patch, read


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term("s", "leak"), "subject:leak"),
        (Term("s", "fix leak", True), 'subject:"fix leak"'),
        (Term("f", "a@b"), 'from:"a@b"'),
        (Term("a", "ada"), "(from:ada or to:ada)"),
        (Term("bs", "x"), "(body:x or subject:x)"),
        (Term("m", "<x@y>"), 'id:"x@y"'),
        (Term("m", 'x" or *'), 'id:"x"" or *"'),
        (Term("", "pre*"), "pre*"),
        (Term("", "or"), '"or"'),
        (Term("", "tag"), "tag"),
        (Term("", "a/b"), '"a/b"'),
        (Term("d", "20240101.."), "date:@1704067200.."),
    ],
)
def test_what_notmuch_is_asked(term: Term, words: str) -> None:
    assert meaning_of(term, 0) == Indexed(words)


def test_what_the_catalogue_is_asked() -> None:
    assert meaning_of(Term("l", "<Foo@Lists.example>"), 0) == Listed("list", "foo.lists.example")
    assert meaning_of(Term("patchid", "AB12"), 0) == Listed("patch", "ab12")


@pytest.mark.parametrize("term", [Term("tag", "inbox"), Term("dfpre", "abc"), Term("", "--")])
def test_what_cannot_be_said(term: Term) -> None:
    with pytest.raises(Refused):
        meaning_of(term, 0)


def holds(prefix: str, value: str, raw: bytes) -> bool:
    meaning = meaning_of(Term(prefix, value, True), 0)
    assert isinstance(meaning, Looked)
    return meaning.holds(Opened(read(raw), read_mail(raw)))


def test_quoted_text_is_not_meant() -> None:
    raw = mail("x", "> the old words\nthe new\nwords\n")
    assert holds("nq", "new words", raw)
    assert not holds("nq", "old words", raw)
    assert not holds("nq", "ew words", raw)


def test_a_word_is_found_in_any_form_outside_of_quotes() -> None:
    meaning = meaning_of(Term("nq", "leaks"), 0)
    assert isinstance(meaning, Looked)
    for body, is_there in (("It leaked.\n", True), ("> It leaks\nNo.\n", False)):
        raw = mail("x", body)
        assert meaning.holds(Opened(read(raw), read_mail(raw))) == is_there


def test_to_and_cc_are_told_apart() -> None:
    raw = mail("x", to="Ada <ada@x>", headers={"Cc": "Bo <bo@y>"})
    assert holds("t", "ada@x", raw) and not holds("t", "bo", raw)
    assert holds("c", "bo@y", raw) and not holds("c", "ada", raw)


def test_names_of_changed_files() -> None:
    raw = patch("fix")
    assert holds("dfn", "fs/pebble/inode.c", raw)
    assert holds("dfn", "inode.c", raw)
    assert not holds("dfn", "node.c", raw)


def test_when_it_was_received() -> None:
    received = "from a by b; Mon, 01 Jan 2024 00:00:00 +0000"
    raw = mail("x", headers={"Received": received})
    assert holds("rt", "1704067200..1704067200", raw)
    assert not holds("rt", "1704067201..", raw)
