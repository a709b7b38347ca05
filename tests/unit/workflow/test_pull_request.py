# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests without a repository: what is written, kept, sent, and held against mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.mailmap import NO_MAILMAP
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, Stage, id_of
from maintainer_kit.model.testing.problems import Verdict as Ran
from maintainer_kit.workflow.audit import Audit, Verdict, failed
from maintainer_kit.workflow.pull_request.addressing import Addressed, address, read_addresses
from maintainer_kit.workflow.pull_request.asked import read_titles
from maintainer_kit.workflow.pull_request.audit import (
    audit_known_tests,
    audit_links,
    audit_sign_offs,
    audit_tests,
    patches_of,
)
from maintainer_kit.workflow.pull_request.drafting import (
    Request,
    keep_request,
    refuse_failed,
    request_id,
)
from maintainer_kit.workflow.pull_request.facts import (
    MergeTry,
    Offer,
    Point,
    Signature,
    Trust,
    Upstream,
)
from maintainer_kit.workflow.pull_request.ports import Note
from maintainer_kit.workflow.pull_request.stat import Changed, Stat, Total, differences, read_stat
from maintainer_kit.workflow.pull_request.tags import read_tag
from maintainer_kit.workflow.pull_request.text import request_subject, request_text
from maintainer_kit.workflow.replying.desk import answered_mail
from maintainer_kit.workflow.replying.editing import take_edited, to_edit
from maintainer_kit.workflow.replying.ports import MaybeSent
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.sending import send, settle, uncertain
from maintainer_kit.workflow.testing.verdicts import Verdicts
from tests.build import BO, ROBIN, mail
from tests.memory.desk import SETTINGS
from tests.memory.desk import Desk as Stores
from tests.memory.drafts import MemoryOutbox, reply_desk

URL = "https://git.lumen.example/pebble.git"
ADA = Person("Ada Author", "ada@quarry.example")
SIGNED = "Signed-off-by: Ada Author <ada@quarry.example>"
LINUS = Person("Lin Us", "linus@lumen.example")


def point(digit: str, title: str = "pebble: one") -> Point:
    return Point(digit * 40, title, "2026-01-05 09:00:00 +0000", 1_767_603_600)


def commit(digit: str, body: str = SIGNED, parents: int = 1) -> CommitRecord:
    message = f"pebble: {digit}\n\nWhy.\n\n{body}\n"
    return CommitRecord(digit * 40, ("0" * 40,) * parents, ADA, ADA, 0, message, "")


def offer(*commits: CommitRecord, ref: str = "refs/heads/topic") -> Offer:
    return Offer(
        ref=ref,
        tag=None,
        signature=Signature(Trust.NONE),
        upstream=Upstream("origin/master", point("f", "pebble: newest")),
        base=point("a"),
        tip=point("b", "pebble: last"),
        commits=commits or (commit("b"),),
        shortlog="Ada Author (1):\n      pebble: last\n\n",
        diffstat=" fs/a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n",
    )


class MemoryNotes(dict[str, Note]):
    """Implements the port ``Notes``."""

    def put(self, draft_id: str, note: Note) -> None:
        self[draft_id] = note


def request(text: str = "Please pull.\n", audits: tuple[Audit, ...] = (), why: str = "") -> Request:
    return Request(offer(), URL, Addressed((LINUS,), (), "--to"), "[GIT PULL] x", text, audits, why)


BAD = Audit("tests", Verdict.FAILED, "1 of 1 suite not passed")


def test_a_draft_that_begins_a_thread_goes_out_once_and_is_then_ones_own_mail() -> None:
    desk = reply_desk(Stores(SETTINGS).stores)
    message_id = request_id(desk, offer(), URL, again=False)
    made = keep_request(desk, MemoryNotes(), message_id, request())
    letter = preview(desk, made.draft)
    assert (letter.text, letter.lack) == ("Please pull.\n", "")
    assert to_edit(desk, message_id).startswith("To: Lin Us <linus@lumen.example>\n")
    edited = take_edited(desk, message_id, to_edit(desk, message_id) + "\nThanks\n")
    outcome = send(desk, [edited])
    assert [one.id for one in outcome.sent] == [id_of(message_id)]
    assert isinstance(desk.outbox, MemoryOutbox)
    raw = desk.outbox.posted[0].raw.decode()
    assert "In-Reply-To" not in raw
    assert raw.endswith("Please pull.\n\nThanks\n")
    assert desk.drafts.all() == []
    assert answered_mail(desk, message_id).subject == "[GIT PULL] x"
    with pytest.raises(Refused, match="was asked for before"):
        request_id(desk, offer(), URL, again=False)
    assert request_id(desk, offer(), URL, again=True) != message_id


def test_one_whose_fate_nobody_knows_is_asked_about_and_not_made_anew() -> None:
    desk = reply_desk(Stores(SETTINGS).stores)
    assert isinstance(desk.outbox, MemoryOutbox)
    desk.outbox.trouble[0] = MaybeSent("it broke off")
    message_id = request_id(desk, offer(), URL, again=False)
    made = keep_request(desk, MemoryNotes(), message_id, request())
    assert send(desk, [made.draft]).is_uncertain
    (asked,) = uncertain(desk)
    assert (asked.message_id, asked.stage) == (message_id, Stage.SENDING)
    with pytest.raises(Refused, match="is on its way"):
        keep_request(desk, MemoryNotes(), message_id, request())
    assert settle(desk, asked.id, went_out=True).stage is Stage.SENT
    with pytest.raises(Refused, match="was asked for before"):
        request_id(desk, offer(), URL, again=False)


def test_mail_that_nobody_knows_is_still_not_found() -> None:
    desk = reply_desk(Stores(SETTINGS).stores)
    draft = Draft("", "gone@x.example", "mine@x.example", (), (), "", (), 0, 0, written="x")
    desk.drafts.put(replace(draft, id=id_of("gone@x.example")))
    for message_id in ("gone@x.example", "mine@x.example", "else@x.example"):
        with pytest.raises(NotFound):
            answered_mail(desk, message_id)


def test_the_message_id_is_that_of_the_address_and_the_state_of_the_ref() -> None:
    desk = reply_desk(Stores(SETTINGS).stores)
    asked = offer()
    others = (
        (asked, "https://else.example/x"),
        (replace(asked, tip=point("c")), URL),
        (replace(asked, ref="refs/heads/other"), URL),
    )
    ids = {request_id(desk, one, url, again=False) for one, url in ((asked, URL), *others)}
    assert len(ids) == 4
    assert all(one.endswith("robin@lumen.example") for one in ids)


def test_what_an_editor_made_of_a_draft_stays_and_what_mkit_made_is_made_anew() -> None:
    desk, notes = reply_desk(Stores(SETTINGS).stores), MemoryNotes()
    message_id = request_id(desk, offer(), URL, again=False)
    keep_request(desk, notes, message_id, request("One.\n"))
    made = keep_request(desk, notes, message_id, request("Two.\n"))
    assert (made.draft.written, made.is_edited) == ("Two.\n", False)
    take_edited(desk, message_id, "Mine.\n")
    made = keep_request(desk, notes, message_id, request("Three.\n"))
    assert (made.draft.written, made.is_edited) == ("Mine.\n", True)


def test_a_reason_is_kept_only_for_what_failed() -> None:
    desk, notes = reply_desk(Stores(SETTINGS).stores), MemoryNotes()
    message_id = request_id(desk, offer(), URL, again=False)
    made = keep_request(desk, notes, message_id, request(audits=(BAD,), why="they run tonight"))
    assert made.note.why == "they run tonight"
    assert made.note.failed == ("tests: 1 of 1 suite not passed",)
    assert keep_request(desk, notes, message_id, request(why="for nothing")).note.why == ""
    for why in ("", "  "):
        with pytest.raises(Refused, match="1 of 1 suite"):
            refuse_failed([BAD], why)
    refuse_failed([BAD], "a reason")


@pytest.mark.parametrize(
    ("verdicts", "verdict", "known"),
    [
        ({}, Verdict.UNKNOWN, Verdict.UNKNOWN),
        ({"a": Ran.PASSED, "b": Ran.PASSED}, Verdict.GOOD, Verdict.GOOD),
        ({"a": Ran.PASSED, "b": Ran.WARNED}, Verdict.TOLD, Verdict.TOLD),
        ({"a": Ran.PASSED, "b": Ran.KNOWN}, Verdict.TOLD, Verdict.TOLD),
        ({"a": Ran.PASSED, "b": Ran.SKIPPED}, Verdict.FAILED, Verdict.TOLD),
        ({"a": Ran.PASSED, "b": None}, Verdict.FAILED, Verdict.TOLD),
        ({"a": None, "b": Ran.FAILED}, Verdict.FAILED, Verdict.FAILED),
    ],
)
def test_every_suite_has_to_have_passed(
    verdicts: Verdicts, verdict: Verdict, known: Verdict
) -> None:
    assert audit_tests(verdicts, "b" * 40).verdict is verdict
    assert audit_known_tests(verdicts, "b" * 40).verdict is known


def test_which_suites_did_not_pass_is_told() -> None:
    verdicts = {"a": Ran.PASSED, "b": Ran.KNOWN, "c": None, "d": Ran.FAILED}
    found = audit_tests(verdicts, "b" * 40)
    assert found.words == "2 of 4 suites not passed on bbbbbbbbbbbb"
    assert found.details == ("c: not tested", "d: failed")
    told = audit_tests({"a": Ran.PASSED, "b": Ran.KNOWN}, "b" * 40)
    assert told.details == ("b: fails already in base",)


def test_who_commits_signs_where_that_is_the_custom() -> None:
    other = replace(commit("c"), committer=Person("Bo Boss", "bo@lumen.example"))
    patches = patches_of(offer(commit("b"), other, commit("d", "", parents=2)))
    found = audit_sign_offs(patches, NO_MAILMAP)
    assert (found.verdict, found.details) == (Verdict.FAILED, ("cccccccccccc pebble: c",))
    nobody = patches_of(offer(commit("b", "")))
    assert audit_sign_offs(nobody, NO_MAILMAP).verdict is Verdict.TOLD


@pytest.mark.parametrize(
    ("links", "held", "verdict"),
    [
        (("", ""), set(), Verdict.TOLD),
        (("a@x.example", ""), {"a@x.example"}, Verdict.FAILED),
        (("a@x.example", "b@x.example"), {"a@x.example"}, Verdict.UNKNOWN),
        (("a@x.example", "b@x.example"), {"a@x.example", "b@x.example"}, Verdict.GOOD),
    ],
)
def test_links_lead_to_mail(links: tuple[str, ...], held: set[str], verdict: Verdict) -> None:
    made = [
        commit(str(at), f"Link: https://lore.example/r/{one}\n{SIGNED}" if one else SIGNED)
        for at, one in enumerate(links)
    ]
    assert audit_links(patches_of(offer(*made)), held).verdict is verdict


def test_the_text_tells_of_conflicts_above_the_form() -> None:
    text = request_text(offer(), URL, "Hello.\n", MergeTry("", ("a.c", "b.c")))
    head, _, form = text.partition("The following changes")
    assert head == (
        "Hello.\n\nMerging this into origin/master as of ffffffffffff leaves 2 files in"
        " conflict:\n\n  a.c\n  b.c\n\n"
    )
    assert form.endswith("1 deletion(-)\n")
    many = request_text(offer(), URL, "", MergeTry("", tuple(map(str, range(1000)))))
    assert "  ... and 950 other files\n" in many


def test_a_subject_is_the_tags_first_line_else_the_branch() -> None:
    asked = offer()
    assert request_subject(asked) == "[GIT PULL] topic"
    raw = b"object " + b"b" * 40 + b"\ntype commit\ntag t\ntagger A <a@x> 1 +0000\n\n\nFirst\n\nx\n"
    assert request_subject(replace(asked, tag=read_tag("c" * 40, raw))) == "[GIT PULL] First"


def test_a_tag_is_read_whatever_stands_in_it() -> None:
    head = b"object " + b"b" * 40 + b"\ntype commit\ntag v1\ntagger Ada <a@x.example> 1 +0000\n\n"
    mark = b"-----BEGIN PGP SIGNATURE-----\n"
    tag = read_tag("c" * 40, head + b"One\n" + mark + b"quoted\n\n" + mark + b"real\n")
    assert tag is not None
    assert (tag.name, tag.tagger, tag.signed_with) == ("v1", "Ada <a@x.example>", "pgp")
    assert tag.message == "One\n-----BEGIN PGP SIGNATURE-----\nquoted\n\n"
    # Of a field that stands there twice git takes the first.
    twice = read_tag("c" * 40, head.replace(b"tag v1\n", b"tag v1\ntag v2\n") + b"One\n")
    assert twice is not None
    assert (twice.name, twice.signed_with) == ("v1", "")
    for raw in (b"", b"\n\n", b"tag v1\n\nx", b"object --x\ntag v1\n\nx", b"\xff" * 100):
        assert read_tag("c" * 40, raw) is None


STAT = """\
Text above | 7

 .../very/long/{old => new}/name.c | 12 +++---
 "fs/\\303\\244.c"                   |  2 +-
 logo.png                          | Bin 0 -> 123 bytes
 a => b                            |  0
 4 files changed, 7 insertions(+), 7 deletions(-)
 create mode 100644 logo.png
"""
CHANGED = (
    Changed("drivers/very/long/new/name.c", 6, 6),
    Changed("fs/\u00e4.c", 1, 1),
    Changed("logo.png", None, None),
    Changed("b", 0, 0),
)


def test_a_diffstat_is_read_as_git_writes_it() -> None:
    found = read_stat(STAT)
    assert found.total == Total(4, 7, 7)
    assert [count for _, count in found.files] == [12, 2, None, 0]
    assert differences(found, CHANGED) == []


def test_where_a_diffstat_differs_is_named() -> None:
    more = (*CHANGED[:3], Changed("c", 0, 3))
    assert differences(read_stat(STAT), more) == [
        "the mail says 4 files, +7 -7; it is 4 files, +7 -10",
        "b is not changed",
        "c is not in the mail",
    ]
    less = (*CHANGED[:1], Changed("fs/\u00e4.c", 2, 1), *CHANGED[2:])
    assert "fs/\\303\\244.c" in differences(read_stat(STAT), less)[1]
    assert differences(Stat((), None), CHANGED) == []


def test_a_hostile_diffstat_takes_no_time() -> None:
    lines = " |" * 100_000 + "\n" + (" " + "x" * 900 + " | 1 +\n") * 20_000
    text = f"{lines} 1 file changed, 1 insertion(+)\n"
    assert len(read_stat(text).files) == 20_000
    cut = tuple((f".../{at}/x", 1) for at in range(5_000))
    many = [Changed(f"{at}/d/x", 1, 0) for at in range(5_000)]
    assert differences(Stat(cut, None), many)


def test_titles_stand_below_names() -> None:
    text = "Ada (2):\n      one\n      two\n\nBo (1):\n      three\n\n      no title\nPS (x):\n"
    assert read_titles(text) == ("one", "two", "three")


def test_whom_it_goes_to() -> None:
    stores = Stores(replace(SETTINGS, pull_to=("Lin Us <linus@lumen.example>",))).stores
    desk = reply_desk(stores)
    found = address(desk, URL, "topic", (), ("Cee <cee@x.example>",), lambda: ((), ()))
    assert (found.to, found.by) == ((LINUS,), "mkit.pullTo")
    named = address(desk, URL, "topic", (BO, BO, str(ROBIN)), (), lambda: ((), ()))
    assert [one.address for one in named.to] == [read_addresses([BO])[0].address]
    alone = address(desk, URL, "topic", (str(ROBIN),), (), lambda: ((), ()))
    assert [one.address for one in alone.to] == ["robin@lumen.example"]
    for wrong in ("nobody", "a@b c@d", "Eve <e v e@x.example>"):
        with pytest.raises(Refused):
            read_addresses([wrong])
    nobody = address(reply_desk(Stores(SETTINGS).stores), URL, "topic", (), (), lambda: ((), ()))
    assert (nobody.to, nobody.by) == ((), "")


def test_the_last_request_from_there_tells_whom_else() -> None:
    made = Stores(SETTINGS)
    text = f"are available in the Git repository at:\n\n  {URL} tags/%s\n"
    asked = [
        ("linus@lumen.example", "pebble-for-6.8-rc2", 1),
        ("else@lumen.example", "other-for-6.8", 2),
    ]
    made.deliver(
        *(
            mail(f"[GIT PULL] {ref}", text % ref, sender=str(ROBIN), to=to, minutes=at)
            for to, ref, at in asked
        )
    )
    made.sync()
    desk = reply_desk(made.stores)
    for ref, to in (("tags/pebble-for-6.9", 0), ("tags/other-for-6.9-rc1", 1), ("tags/new", 1)):
        found = address(desk, URL, ref, (), (), lambda: ((), ()))
        assert [one.address for one in found.to] == [asked[to][0]]
    assert not address(desk, "https://else.example/x", "x", (), (), lambda: ((), ())).to


def test_what_failed_is_what_needs_a_reason() -> None:
    audits = [Audit(one.value, one, "") for one in Verdict]
    assert [one.name for one in failed(audits)] == ["failed"]
