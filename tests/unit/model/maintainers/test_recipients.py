# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is mailed for a patch, as what, and why."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.maintainers.gathering import tree_people
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.model.maintainers.recipient import Recipient, Recipients
from maintainer_kit.model.maintainers.recipients import files_to_read, find_recipients
from maintainer_kit.model.maintainers.touched import Touched
from tests.unit.model.maintainers.tree import quarry


def _find(
    *paths: str,
    text: str = "",
    people: People = NO_MAILMAP,
    changed: str = "",
) -> Recipients:
    made = read_maintainers({"M": text}) if text else quarry()
    return find_recipients(made, Touched(paths, changed=changed), people=people)


def _named(some: tuple[Recipient, ...]) -> list[str]:
    return [f"{one.person.address} {one.label}" for one in some]


def test_maintainers_and_their_list_are_asked_and_others_are_shown() -> None:
    found = _find("blast/cap.c")
    assert _named(found.to) == [
        "ada@quarry.example supporter:BLASTING",
        "blasting@lists.example moderated list:BLASTING",
    ]
    assert _named(found.cc) == [
        "bo@shale.example reviewer:BLASTING",
        "quarry@lists.example open list:QUARRY CORE",
        "everybody@lists.example open list:THE MOUNTAIN",
    ]
    assert found.addresses == {one.person.address for one in (*found.to, *found.cc)}


def test_why() -> None:
    found = {one.person.address: one for one in _find("blast/cap.c").everybody}
    assert found["bo@shale.example"].reason == "blast/cap.c matches F: blast/"
    assert found["bo@shale.example"].section == "BLASTING"


def test_a_closed_list_is_not_mailed() -> None:
    found = _find("carts/wheel.c")
    assert _named(found.to) == [
        "cy@quarry.example maintainer:CARTS",
        "di@quarry.example maintainer:CARTS",
        "rails@lists.example open list:CARTS",
    ]
    assert "carts@lists.example" not in found.addresses


def test_who_looks_after_everything_is_asked_where_nobody_else_is() -> None:
    assert _named(_find("Makefile").to) == [
        "ada@home.example maintainer:QUARRY CORE",
        "quarry@lists.example open list:QUARRY CORE",
        "everybody@lists.example open list:THE MOUNTAIN",
    ]


def test_a_list_of_the_rest_has_no_section_in_its_role() -> None:
    found = _find("x/y", text="THE REST\nM: Ada <ada@x.example>\nL: all@x.example\nF: */\n")
    assert _named(found.to) == ["ada@x.example unknown:THE REST", "all@x.example open list"]


def test_who_is_found_by_a_word_is_shown() -> None:
    found = _find("papers/old/map1.rst", changed="+detonate\n")
    assert _named(found.to) == ["eve@papers.example odd fixer:OLD PAPERS"]
    (bo,) = (one for one in found.cc if one.person.address == "bo@shale.example")
    assert bo.reason == r"the patch has what K: \bdetonat(e|or)s?\b looks for"
    assert bo.path == ""


def test_where_nobody_is_asked_everybody_is() -> None:
    found = _find("x/y", text="ONE\nR: Ada <ada@x.example>\nS: Maintained\nF: x/\n")
    assert _named(found.to) == ["ada@x.example reviewer:ONE"]
    assert found.cc == ()


def test_nobody_at_all() -> None:
    assert _find("z/y", text="ONE\nM: Ada <ada@x.example>\nF: x/\n") == Recipients((), ())


def test_the_chief_is_left_in_peace_everywhere() -> None:
    text = "ONE\nM: The Chief <chief@x.example>\nM: Ada <ada@x.example>\nF: a/\n\n"
    text += "THE REST\nM: The Chief <chief@x.example>\nS: Buried alive in reporters\nF: */\n"
    assert _find("a/b", text=text).addresses == {"ada@x.example"}


@pytest.mark.parametrize(
    ("name", "mailbox"),
    [
        ("Ada Author-Bo", "Ada Author-Bo <a@x.example>"),
        ("Ada B. Author", '"Ada B. Author" <a@x.example>'),
        ("Zo\u00eb", '"Zo\u00eb" <a@x.example>'),
        ('Ada "A" Author', '"Ada \\"A\\" Author" <a@x.example>'),
        ("", "a@x.example"),
    ],
)
def test_names_in_quotes(name: str, mailbox: str) -> None:
    assert Recipient(Person(name, "a@x.example"), "maintainer").mailbox == mailbox


@pytest.mark.parametrize(
    ("status", "role"),
    [
        ("Supported", "supporter"),
        ("Maintained", "maintainer"),
        ("Odd fixes", "odd fixer"),
        ("Orphan", "orphan minder"),
        ("Obsolete", "obsolete minder"),
        ("Orphan / Obsolete", "orphan / obsolete"),
        ("", "unknown"),
    ],
)
def test_roles(status: str, role: str) -> None:
    line = f"S: {status}\n" if status else ""
    (one,) = _find("a/b", text=f"ONE\nM: Ada <ada@x.example>\n{line}F: a/\n").to
    assert one.role == role


def test_a_long_title_is_cut_in_the_label_only() -> None:
    title = "A SECTION THAT HAS A TITLE WITH A LOT OF WORDS, AND MORE"
    (one,) = _find("a/b", text=f"{title}\nM: Ada <ada@x.example>\nS: Maintained\nF: a/\n").to
    assert one.section == title
    assert one.label == "maintainer:A SECTION THAT HAS A TITLE WITH A LOT OF WORDS,..."


def test_nobody_twice() -> None:
    text = "ONE\nM: Ada <ada@x.example>\nR: ADA <ada@home.example>\nR: B <Ada@X.example>\n"
    assert len(_find("a/b", text=text + "L: l@x.example\nL: L@x.example\nF: a/\n").everybody) == 2


def test_the_mailmap_speaks_before_the_doubles_are_left_out() -> None:
    people = tree_people(
        "Ada Author <ada@new.example> <ada@mid.example>\n"
        "Ada Author <ada@mid.example> <ada@old.example>\n"
        "Bo Reviewer <bo@new.example> <bo@old.example>\n"
        "Not Cy <CY@x.example>\n"
    )
    text = "ONE\nM: A. <ada@old.example>\nM: B <bo@old.example>\nR: Ada Author <ada@x.example>\n"
    found = _find("a/b", text=text + "R: Cy <cy@x.example>\nF: a/\n", people=people)
    assert [str(one.person) for one in found.everybody] == [
        "Ada Author <ada@new.example>",
        "Bo Reviewer <bo@new.example>",
        "Cy <cy@x.example>",
    ]


def _with_people(maintainers: Maintainers) -> Recipients:
    return find_recipients(
        maintainers,
        Touched(("blast/cap.yaml", "blast/lost.yaml")),
        texts={
            "blast/cap.yaml": "maintainers:\n  - Eve Elder <eve@x.example>\n"
            "  - Ada Author <ada@quarry.example>\n"
        },
        fixed=[
            [
                *map(parse_person, ("Bo B. Reviewer <bo@shale.example>", "Gil <gil@x.example>")),
                *map(parse_person, ("Ida <ida@x.example>", "The Chief <chief@mountain.example>")),
            ]
        ],
        ignored=[Person("Ida", "ida@x.example")],
    )


def test_people_of_other_files_and_of_the_commit_that_is_mended() -> None:
    found = _with_people(quarry())
    assert _named(found.to)[0] == "ada@quarry.example supporter:BLASTING,in file"
    assert _named(found.cc)[:3] == [
        "bo@shale.example reviewer:BLASTING,blamed_fixes",
        "eve@x.example in file",
        "gil@x.example blamed_fixes",
    ]
    assert not {"ida@x.example", "chief@mountain.example"} & found.addresses
    reasons = {one.person.name: one.reason for one in found.cc}
    assert reasons["Eve Elder"] == "named in blast/cap.yaml"
    assert reasons["Gil"] == "signed the commit that is mended"


def test_at_most_five_signers_of_a_commit() -> None:
    signers = [Person(f"P{at}", f"p{at}@x.example") for at in range(9)]
    found = find_recipients(read_maintainers({}), Touched(()), fixed=[[signers[8], *signers]])
    assert [one.person.name for one in found.to] == ["P8", "P0", "P1", "P2", "P3"]


def test_which_files_name_people() -> None:
    assert files_to_read(["a/b.yaml", "a/b.c", "a/yaml"]) == ("a/b.yaml",)
