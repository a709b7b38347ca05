# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints of commits and of mails."""

from __future__ import annotations

from maintainer_kit.matching.commit import author_name, commit_print
from maintainer_kit.matching.likeness import same_author, title_likeness
from maintainer_kit.matching.mailed import patch_print
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import Person
from tests.build import edit, patch, read

ADA = Person("Ada Author", "Ada@Quarry.example")


def test_a_mail_and_its_commit_agree() -> None:
    raw = patch("[PATCH net-next v2 3/7] pebblefs:  fix  One thing.", minutes=30)
    message = read(raw)
    mailed = patch_print(message, raw.decode().partition("\n\n")[2], series="s")
    made = commit_print("c" * 40, ADA, message.date, "pebblefs: fix one thing\n", edit().encode())
    assert mailed.print == made.print
    assert (mailed.series, mailed.number, mailed.total) == ("s", 3, 7)
    assert mailed.print.author == "ada@quarry.example"


def test_what_the_message_names() -> None:
    text = "\ntitle in\ntwo lines\n\nThis reverts commit 0123456789ab.\n\nMessage-ID: <a@b>\n"
    made = commit_print("c" * 40, ADA, 1, text, b"", notes=("n@b", "a@b"))
    assert made.print.subject == "title in two lines"
    assert made.message_ids == ("n@b", "a@b")
    assert made.reverts == ("0123456789ab",)


def test_the_mailmap_speaks() -> None:
    people = read_mailmap("Ada Author <ada@lumen.example> <ada@quarry.example>\n")
    made = commit_print("c" * 40, ADA, 1, "title\n", b"", people=people)
    assert made.print.author == "ada@lumen.example"


def test_spellings_of_a_name() -> None:
    names = {author_name(one) for one in ("Ada Author", "Author, Ada", "ADA AUTHOR", "AdaAuthor")}
    assert len(names) == 1
    assert author_name("ada") == ""


def test_authors() -> None:
    one = commit_print("c" * 40, ADA, 1, "title\n", b"").print
    moved = commit_print("c" * 40, Person("Author, Ada", "a@b"), 1, "title\n", b"").print
    nobody = commit_print("c" * 40, Person("", ""), 1, "title\n", b"").print
    assert same_author(one, moved)
    assert not same_author(one, nobody)
    assert not same_author(nobody, nobody)


def test_the_area_is_no_part_of_what_titles_share() -> None:
    def titled(title: str) -> float:
        one = commit_print("c" * 40, ADA, 1, "pebblefs: mkfs: fix a leak\n", b"").print
        return title_likeness(one, commit_print("c" * 40, ADA, 1, title, b"").print)

    assert titled("pebblefs: mkfs: add something") == 0
    assert titled("lib: fix a leak") == 1
    assert titled("") == 0
