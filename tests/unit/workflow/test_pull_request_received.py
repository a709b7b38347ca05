# SPDX-License-Identifier: GPL-2.0-or-later
"""Others' pull requests without a repository: read, held against what is there, answered once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.mailmap import NO_MAILMAP
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.audit import Verdict
from maintainer_kit.workflow.pull_request.arrived import Arrived, Target, audit_arrived
from maintainer_kit.workflow.pull_request.asked import Asked, find_asked
from maintainer_kit.workflow.pull_request.facts import MergeTry, Signature, Trust
from maintainer_kit.workflow.pull_request.merging import merge_message, refuse_merge
from maintainer_kit.workflow.pull_request.stat import Changed
from maintainer_kit.workflow.pull_request.tags import Tag
from maintainer_kit.workflow.pull_request.thanking import draft_thanks, thanks_words
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.sending import send
from tests.build import ADA, mail, part_id, posting
from tests.memory.desk import SETTINGS
from tests.memory.desk import Desk as Stores
from tests.memory.drafts import reply_desk

ASKED_ID = "pull@quarry.example"
BASE, TIP = "a" * 40, "b" * 40
TEXT = f"""\
Hi Robin,

The following changes since commit {BASE}:

  pebble: more (2026-01-05 09:00:00 +0000)

are available in the Git repository at:

  https://git.quarry.example/pebble.git/ tags/pebble-for-6.9

for you to fetch changes up to {TIP}:

  pebble: two (2026-01-05 09:00:00 +0000)

----------------------------------------------------------------
Pebble changes for 6.9
----------------------------------------------------------------
Ada Author (2):
      pebble: one
      pebble: two

 fs/a.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
"""
PERSON = Person("Ada Author", "ada@quarry.example")
SIGNED = "Signed-off-by: Ada Author <ada@quarry.example>"


def commit(title: str, body: str = SIGNED) -> CommitRecord:
    message = f"{title}\n\nWhy.\n\n{body}\n"
    return CommitRecord(TIP, (BASE,), PERSON, PERSON, 0, message, "")


ARRIVED = Arrived(
    target=Target("master", "c" * 40),
    tip=TIP,
    tag=Tag("d" * 40, "pebble-for-6.9", TIP, str(PERSON), "Pebble changes for 6.9\n", "ssh"),
    signature=Signature(Trust.GOOD, "ada@quarry.example"),
    base=BASE,
    stands_on_base=True,
    target_has_base=True,
    is_merged=False,
    brings=2,
    commits=(commit("pebble: one"), commit("pebble: two")),
    changed=((Changed("fs/a.c", 1, 1),),),
    tried=MergeTry("e" * 40),
    files_before=100,
    files_after=100,
)


def desk(text: str = TEXT, *more: bytes) -> Desk:
    made = Stores(replace(SETTINGS, name=("Robin Maintainer",)))
    subject = "[GIT PULL] Pebble changes for 6.9"
    made.deliver(mail(subject, text, sender=ADA, message_id=ASKED_ID), *posting("foo", 1), *more)
    made.sync()
    return reply_desk(made.stores)


def asked(text: str = TEXT) -> Asked:
    return find_asked(desk(text).stores, ASKED_ID)


def test_what_a_mail_asks_for_is_read() -> None:
    found = asked()
    assert (found.tip, found.base) == (TIP, BASE)
    assert (found.ref, found.name, found.is_tag) == ("tags/pebble-for-6.9", "pebble-for-6.9", True)
    assert found.refs == ("refs/tags/pebble-for-6.9",)
    assert found.titles == ("pebble: one", "pebble: two")
    assert str(found.stat.total) == "1 file, +1 -1"
    stores = desk().stores
    topic = stores.catalogue.topic_ids([ASKED_ID])[ASKED_ID]
    assert find_asked(stores, topic) == found


@pytest.mark.parametrize(
    ("named", "refs"),
    [
        ("topic", ("refs/heads/topic", "refs/tags/topic")),
        ("heads/topic", ("refs/heads/topic",)),
        ("refs/for/topic", ("refs/for/topic",)),
        ("tags/v1", ("refs/tags/v1",)),
        ("", ()),
    ],
)
def test_what_a_ref_may_be(named: str, refs: tuple[str, ...]) -> None:
    assert asked(TEXT.replace("tags/pebble-for-6.9", named)).refs == refs


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://eve:secret@x.example/p.git", "https://eve:***@x.example/p.git"),
        ("https://eve@x.example/p:q@r", "https://eve@x.example/p:q@r"),
        ("https://x.example:8443/p", "https://x.example:8443/p"),
        ("git@x.example:p.git", "git@x.example:p.git"),
    ],
)
def test_a_password_is_not_kept(url: str, shown: str) -> None:
    assert asked(TEXT.replace("https://git.quarry.example/pebble.git/", url)).url == shown


def test_other_mail_asks_for_nothing() -> None:
    stores = desk().stores
    with pytest.raises(Refused, match="does not ask to pull"):
        find_asked(stores, part_id("foo", 1))
    with pytest.raises(NotFound):
        find_asked(stores, "nothing@x.example")


def verdicts(arrived: Arrived, text: str = TEXT) -> dict[str, Verdict]:
    audits = audit_arrived(asked(text), arrived, NO_MAILMAP)
    assert [one.name for one in audits] == [
        "tip", "tag", "signature", "base", "commits", "diffstat", "merge", "sign-off",
    ]  # fmt: skip
    return {one.name: one.verdict for one in audits if one.verdict is not Verdict.GOOD}


F, T, U = Verdict.FAILED, Verdict.TOLD, Verdict.UNKNOWN
LIGHT = replace(ARRIVED, tag=None, signature=Signature(Trust.NONE))


@pytest.mark.parametrize(
    ("arrived", "text", "expected"),
    [
        (ARRIVED, TEXT, {}),
        (replace(ARRIVED, tip="f" * 40), TEXT, {"tip": F}),
        (ARRIVED, TEXT.replace(f"up to {TIP}", "now"), {"tip": U}),
        (ARRIVED, TEXT.replace("for-6.9\n\nfor", "for-7.0\n\nfor"), {"tag": F}),
        (LIGHT, TEXT, {"tag": T, "signature": T}),
        (LIGHT, TEXT.replace("tags/", ""), {"tag": T, "signature": T}),
        (replace(ARRIVED, signature=Signature(Trust.BAD)), TEXT, {"signature": F}),
        (replace(ARRIVED, signature=Signature(Trust.EXPIRED)), TEXT, {"signature": F}),
        (replace(ARRIVED, signature=Signature(Trust.UNKNOWN_KEY)), TEXT, {"signature": U}),
        (replace(ARRIVED, signature=Signature(Trust.UNVERIFIED)), TEXT, {"signature": U}),
        (replace(ARRIVED, is_merged=True), TEXT, {"base": T}),
        (ARRIVED, TEXT.replace(BASE, "HEAD"), {"base": U}),
        (replace(ARRIVED, base=""), TEXT, {"base": F}),
        (replace(ARRIVED, stands_on_base=False), TEXT, {"base": F}),
        (replace(ARRIVED, target_has_base=False), TEXT, {"base": F}),
        (ARRIVED, TEXT.replace("      pebble: one\n", ""), {"commits": F}),
        (ARRIVED, TEXT.replace("Author (2)", "Author"), {"commits": U}),
        (ARRIVED, TEXT.replace(" 1 file changed", " 2 files changed"), {"diffstat": F}),
        (ARRIVED, TEXT.replace(" 1 file changed", "one file"), {"diffstat": U}),
        (replace(ARRIVED, tried=MergeTry("", ("fs/a.c",)), files_after=0), TEXT, {"merge": F}),
        (replace(ARRIVED, files_after=0), TEXT, {"merge": F}),
        (replace(ARRIVED, files_after=49), TEXT, {"merge": F}),
        (replace(ARRIVED, files_before=10, files_after=1), TEXT, {}),
        (
            replace(ARRIVED, commits=(commit("pebble: one"), commit("pebble: two", ""))),
            TEXT,
            {"sign-off": F},
        ),
    ],
)
def test_what_is_there_is_held_against_the_mail(
    arrived: Arrived, text: str, expected: dict[str, Verdict]
) -> None:
    assert verdicts(arrived, text) == expected


def test_a_diffstat_may_be_of_the_merge() -> None:
    other = (Changed("fs/b.c", 7, 0),)
    assert verdicts(replace(ARRIVED, changed=(other, *ARRIVED.changed))) == {}
    assert verdicts(replace(ARRIVED, changed=(other,))) == {"diffstat": F}


def test_titles_are_compared_as_git_shortlog_writes_them() -> None:
    made = (commit("[PATCH v2] pebble: one"), commit("pebble:  two"))
    assert verdicts(replace(ARRIVED, commits=made)) == {}


def test_many_differences_are_named_in_part() -> None:
    many = tuple(Changed(f"fs/{at}.c", 1, 0) for at in range(1000))
    found = audit_arrived(asked(), replace(ARRIVED, changed=(many,)), NO_MAILMAP)
    (stat,) = [one for one in found if one.name == "diffstat"]
    assert len(stat.details) == 21
    assert stat.details[-1].endswith("more")


def test_a_merge_is_called_as_git_calls_it() -> None:
    found = asked()
    place = "https://git.quarry.example/pebble"
    message = merge_message(found, ARRIVED, Manner())
    assert message == f"Merge tag 'pebble-for-6.9' of {place}\n\nPebble changes for 6.9\n"
    other = replace(ARRIVED, target=Target("next", "c" * 40), tag=None)
    branch = replace(found, ref="topic", message_id="a/b@x.example")
    manner = Manner("https://lore.example/r/%s/t", PERSON)
    assert merge_message(branch, other, manner) == (
        f"Merge branch 'topic' of {place} into next\n\n"
        f"Link: https://lore.example/r/a%2Fb@x.example/t\n{SIGNED}\n"
    )
    lone = merge_message(replace(found, ref=""), other, Manner("https://lore.example/r/"))
    assert lone.startswith(f"Merge commit '{TIP[:12]}' of {place} into next\n\nLink: ")


def test_the_trailers_of_a_tag_are_gone_on_with() -> None:
    """As git merge --signoff does."""
    found = replace(asked(), message_id="a@x.example")
    assert ARRIVED.tag is not None
    tag = replace(ARRIVED.tag, message=f"Pebble changes\n\nLink: https://x/a@x.example\n{SIGNED}\n")
    manner = Manner("https://lore.example/r/", Person("Robin", "robin@lumen.example"))
    message = merge_message(found, replace(ARRIVED, tag=tag), manner)
    robin = "Signed-off-by: Robin <robin@lumen.example>"
    assert message.endswith(f"\n\nLink: https://x/a@x.example\n{SIGNED}\n{robin}\n")
    again = merge_message(found, replace(ARRIVED, tag=tag), replace(manner, signer=PERSON))
    assert again.count("Signed-off-by") == 1


def test_nothing_of_a_mail_makes_more_lines_of_a_title() -> None:
    found = replace(asked(), ref="x\n\nSigned-off-by: Eve <e@x>", url="https://x/\x1b[2J")
    title = merge_message(found, replace(ARRIVED, tag=None), Manner()).rstrip("\n")
    assert "\n" not in title
    assert title.isprintable()


@pytest.mark.parametrize(
    ("arrived", "words"),
    [
        (replace(ARRIVED, is_merged=True), "has all of it"),
        (replace(ARRIVED, tried=MergeTry("", ("fs/a.c",))), "conflicts: fs/a.c"),
        (replace(ARRIVED, files_after=0), "without a file"),
    ],
)
def test_what_no_reason_is_good_enough_for(arrived: Arrived, words: str) -> None:
    with pytest.raises(Refused, match=words):
        refuse_merge(arrived)
    refuse_merge(ARRIVED)


def test_thanks_are_said_once_and_known_for_what_they_are() -> None:
    found = desk()
    request = find_asked(found.stores, ASKED_ID)
    words = thanks_words("pebble", "master", "e" * 40)
    draft = draft_thanks(found, request, words)
    assert draft_thanks(found, request, words).id == draft.id
    text = preview(found, draft).text
    assert text.split("\n")[1] == ("> https://git.quarry.example/pebble.git/ tags/pebble-for-6.9")
    (kept,) = found.drafts.all()
    assert [one.id for one in send(found, [kept]).sent] == [draft.id]
    with pytest.raises(Refused, match="was said in"):
        draft_thanks(found, request, words)
    topic = found.stores.catalogue.topic_ids([ASKED_ID])[ASKED_ID]
    (row,) = found.stores.catalogue.rows([topic])
    assert row.by_mail.turn.value == "nobody"
