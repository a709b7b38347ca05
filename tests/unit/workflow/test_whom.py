# SPDX-License-Identifier: GPL-2.0-or-later
"""From patches to those who are to be mailed, without a repository."""

from __future__ import annotations

from maintainer_kit.checks.example import ADA, BO, COVER, GOOD, LIST, ROBIN, Example
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import patch_of_message
from maintainer_kit.checks.report import Unchecked
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.workflow import whom as asking
from maintainer_kit.workflow.whom import Whom

SECTION = f"PEBBLE\nM:\t{ROBIN}\nR:\t{BO}\nL:\t{LIST}\nS:\tMaintained\nF:\tfs/pebble/\n"
WORDS = "\nWORDS\nM:\tWanda <wanda@x.example>\nS:\tMaintained\nK:\tkmemleak\nK:\troaming\n"
READ = read_maintainers({"MAINTAINERS": SECTION + WORDS})
ELSEWHERE = GOOD.with_(
    subject="[PATCH] lib: x", diff=GOOD.diff.replace("fs/pebble/", "lib/"), body="Nothing else."
)


def read(*examples: Example, name: str = "000{}-x.patch") -> list[Patch]:
    return [patch_of_mail(one.file, name.format(at)) for at, one in enumerate(examples)]


def whom(*patches: Patch) -> Whom:
    unread: list[Unchecked] = []
    series = collect_postings(patches)
    touched = list(asking.touched_by_series(series, unread))
    return asking.ask(READ, touched, None, unread, has_cover=asking.has_cover(series))


def addresses(found: Whom) -> set[str]:
    return set(found.recipients.addresses)


def test_a_patch() -> None:
    found = whom(*read(GOOD.with_(body="Give it back.")))
    assert [str(one.person) for one in found.recipients.to] == [ROBIN, f"<{LIST}>"]
    assert [str(one.person) for one in found.recipients.cc] == [BO]
    assert [one.title for one in found.sections] == ["PEBBLE"]
    assert (found.paths, found.unmaintained) == (("fs/pebble/super.c",), ())
    assert found.exit_code == 0


def test_several_at_once() -> None:
    found = whom(*read(GOOD, ELSEWHERE))
    assert found.paths == ("fs/pebble/super.c", "lib/super.c")
    assert found.unmaintained == ("lib/super.c",)
    assert addresses(found) == {"robin@lumen.example", LIST, "bo@shale.example", "wanda@x.example"}


def test_words_stand_in_the_title_the_text_the_notes_and_the_header() -> None:
    plain = ELSEWHERE
    assert addresses(whom(*read(plain))) == set()
    for changed in (
        plain.with_(subject="[PATCH] lib: roaming"),
        plain.with_(body="The roaming of x."),
        plain.with_(notes="v2: roaming"),
        plain.with_(headers={"Cc": "roaming@x.example"}),
        plain.with_(diff=plain.diff.replace("pebble_put", "roaming")),
    ):
        assert addresses(whom(*read(changed))) == {"wanda@x.example"}
    # What servers write into a mail on its way says nothing about the patch.
    mail = plain.with_(headers={"Received": "from roaming.x.example by y.example"}).mail
    assert addresses(whom(patch_of_mail(mail))) == set()
    mail = plain.with_(headers={"Cc": "roaming@x.example"}).mail
    assert addresses(whom(patch_of_mail(mail))) == {"wanda@x.example"}


def test_a_cover_letter_touches_nothing_and_is_no_failure() -> None:
    found = whom(*read(COVER))
    assert (found.paths, addresses(found), found.exit_code) == ((), set(), 0)
    assert whom(*read(COVER, GOOD)).paths == ("fs/pebble/super.c",)


def test_what_is_no_patch() -> None:
    letter = GOOD.with_(subject="hello", diff="")
    assert whom(*read(letter)).unread == (Unchecked("0000-x.patch", asking.NO_DIFF),)
    assert whom(*read(letter)).exit_code == 2
    assert whom(*read(letter, GOOD)).exit_code == 1
    (mail,) = whom(patch_of_mail(letter.mail)).unread
    assert mail.name == letter.message_id
    ada = parse_person(ADA)
    assert whom(patch_of_message("x: y\n", ada, ada)).unread[0].name == "-"
    assert whom().exit_code == 2


def test_files_of_the_tree() -> None:
    touched = asking.touched_by_files({"fs/pebble/": "", "lib/x.c": "/* roaming */"})
    found = asking.ask(READ, touched, None)
    assert addresses(found) == {"robin@lumen.example", LIST, "bo@shale.example", "wanda@x.example"}
    assert found.unmaintained == ("lib/x.c",)


def test_a_lone_cover_letter() -> None:
    first, second = (
        GOOD.with_(subject=f"[PATCH {number}/2] pebble: x", kind="file") for number in (1, 2)
    )
    patches = read(COVER, first, second)
    (alone,) = collect_postings(patches[:1])
    whole = collect_postings(patches)
    assert asking.lone_cover([alone]) is patches[0]
    assert asking.lone_cover(whole) is None
    assert asking.lone_cover([]) is None
    assert asking.lone_cover(collect_postings(patches[1:2])) is None
    assert asking.lone_cover(collect_postings([patch_of_mail(COVER.mail)])) is None
    assert asking.series_of_cover(patches[0], whole) is whole[0]
    assert asking.series_of_cover(patches[0], collect_postings(patches[1:])) is None
