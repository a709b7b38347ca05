# SPDX-License-Identifier: GPL-2.0-or-later
"""From a mail to the facts it holds: kinds, people, dates, ids, and what is odd."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha1

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind, Says
from maintainer_kit.model.message.reading import own_message_id
from maintainer_kit.model.message.trailer import Trailer
from tests.build import BO, edit, mail, patch, posting, read, reply

ID = "ab" * 20


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (patch("[PATCH] foo: do it"), Kind.PATCH),
        (patch("foo: do it"), Kind.PATCH),
        (mail("[PATCH] foo: only words"), Kind.PATCH),
        (mail("[PATCH 0/2] foo"), Kind.COVER),
        (patch("[PATCH 0/2] foo"), Kind.COVER),
        (patch("[PATCH v2] foo", parents=["a@x"]), Kind.PATCH),
        (patch("Re: [PATCH] foo", parents=["a@x"]), Kind.FOLLOW_UP),
        (patch("foo: try this", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("Re: [PATCH] foo", "No.", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("no mark of a reply", "No.", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("Re: lost References", "No."), Kind.FOLLOW_UP),
        (mail("Fwd: [PATCH] foo", "See."), Kind.OTHER),
        (mail("[GIT PULL] fixes", "x"), Kind.PULL_REQUEST),
        (mail("Re: [GIT PULL] fixes", "x", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("x", f"Commit: {ID}\nParent: {ID}\n"), Kind.COMMIT),
        (mail("[REGRESSION] mount hangs", "x"), Kind.REPORT),
        (mail("KASAN: use-after-free in foo", "x"), Kind.REPORT),
        (mail("Kernel panic on boot", "x"), Kind.REPORT),
        (mail("[BUG] it breaks", "x"), Kind.REPORT),
        (mail("Meeting on Monday", "x"), Kind.OTHER),
        (
            mail("mount fails", "BUG: unable to handle page fault\n[  1.0] Oops: 0002\n"),
            Kind.REPORT,
        ),
        (mail("Fwd: [PATCH] foo", "See.", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("[PATCH] x", f"-- >8 --\nWhy.\n---\n{edit()}"), Kind.PATCH),
        (mail("", ""), Kind.OTHER),
        (mail("anything", "x", sender="syzbot <syzbot+ab@x.example>"), Kind.REPORT),
        (
            mail("Re: [PATCH] foo", "x", sender="lkp <lkp@intel.com>", parents=["a@x"]),
            Kind.BOT_REPORT,
        ),
        (mail("RE: [v2] foo", "x", sender="ci@build.example", parents=["a@x"]), Kind.BOT_REPORT),
    ],
)
def test_kind(raw: bytes, kind: Kind) -> None:
    assert read(raw).kind is kind


def test_a_patch() -> None:
    found = read(patch("[PATCH v2 1/2] foo: do it", message_id="p@x"))
    assert found.message_id == "p@x"
    assert found.is_head and found.is_from_person
    assert found.author == found.submitter == Person("Ada Author", "ada@quarry.example")
    assert found.diff is not None and found.diff.damage == ""
    assert found.patch_id is not None
    assert found.trailers == (Trailer("Signed-off-by", "Ada Author <ada@quarry.example>"),)
    assert (found.says, found.oddities) == (frozenset(), ())
    assert found.lists == ("pebblefs.lists.lumen.example",)


def test_in_body_from_is_the_author() -> None:
    text = "From: Yael <yael@x.example>\n\nWhy.\n\nSigned-off-by: Yael <yael@x.example>\n"
    found = read(patch("[PATCH] foo", text=text))
    assert found.author == Person("Yael", "yael@x.example")
    assert found.submitter.name == "Ada Author"
    assert found.trailers[0].giver == "yael@x.example"
    assert "From: in the body" in found.oddities


def test_an_in_body_from_without_address_is_prose() -> None:
    found = read(patch("[PATCH] foo", text="From: now on it works.\n\nWhy.\n"))
    assert found.author.name == "Ada Author"


@pytest.mark.parametrize(
    ("headers", "person"),
    [
        ({"Reply-To": "Ada <ada@quarry.example>"}, Person("Ada", "ada@quarry.example")),
        ({"X-Original-From": "Ada <ada@q.example>"}, Person("Ada", "ada@q.example")),
        (
            {"Reply-To": "pebblefs@lists.lumen.example"},
            Person("Ada", "pebblefs@lists.lumen.example"),
        ),
    ],
)
def test_from_rewritten_by_a_list(headers: dict[str, str], person: Person) -> None:
    sender = "Ada via pebblefs <pebblefs@lists.lumen.example>"
    found = read(patch("[PATCH] foo", sender=sender, headers=headers))
    assert found.submitter == person
    assert "From: rewritten by a list" in found.oddities


@pytest.mark.parametrize(
    ("value", "seconds", "note"),
    [
        ("Mon, 05 Jan 2026 10:00:00 +0100", 1767603600, ""),
        ("", 0, "no Date"),
        ("yesterday", 0, "a Date that cannot be read"),
        ("Fri, 01 Jan 1904 00:00:00 +0000", 0, "an absurd Date"),
        ("Fri, 01 Jan 2106 00:00:00 +0000", 0, "an absurd Date"),
        ("Mon, 99 Jan 99999 99:99:99 +9999", 0, "Date"),
    ],
)
def test_date(value: str, seconds: int, note: str) -> None:
    found = read(mail("x", headers={"Date": value}))
    assert found.date == seconds
    assert any(note in one for one in found.oddities) if note else not found.oddities


@pytest.mark.parametrize(
    ("replied", "references", "parents"),
    [
        ("<a@x>", "", ("a@x",)),
        ("", "<r@x> <a@x>", ("a@x", "r@x")),
        ("<a@x>", "<r@x> <b@x> <a@x>", ("a@x", "b@x", "r@x")),
        ("<a@x> <b@x>", "<r@x> <a@x>", ("a@x", "r@x", "b@x")),
        ("<a@x> <b@x>", "", ("b@x", "a@x")),
        ("your mail of Monday", "", ()),
        ("<self@x>", "<self@x> <a@x>", ("a@x",)),
        ("<a b@x>", "<>", ("ab@x",)),
    ],
)
def test_parents(replied: str, references: str, parents: tuple[str, ...]) -> None:
    headers = {"In-Reply-To": replied, "References": references}
    assert read(mail("Re: x", message_id="self@x", headers=headers)).parents == parents


def test_several_ids_in_in_reply_to_are_told() -> None:
    found = read(mail("Re: x", headers={"In-Reply-To": "<a@x> <b@x>"}))
    assert "several ids in In-Reply-To" in found.oddities


def test_very_long_references_keep_the_root_and_the_nearest() -> None:
    above = [f"{at}@x" for at in range(10_000)]
    found = read(reply("parent@x", "deep", above=above))
    assert len(found.parents) <= 61
    assert found.parents[0] == "parent@x"
    assert found.parents[-1] == "0@x"


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        ("<a@x>", "a@x"),
        ("a@x", "a@x"),
        ("  <a@x> (added by somebody)", "a@x"),
        ("<a\n b@x>", "ab@x"),
        ("<a/b@x>", "a/b@x"),
    ],
)
def test_message_id(header: str, message_id: str) -> None:
    raw = mail("x", headers={"Message-ID": header})
    assert own_message_id(read_mail(raw), raw) == message_id


@pytest.mark.parametrize("header", ["", " "])
def test_without_message_id_the_content_names_it(header: str) -> None:
    raw = mail("x", headers={"Message-ID": header})
    expected = f"notmuch-sha1-{sha1(raw, usedforsecurity=False).hexdigest()}"
    assert own_message_id(read_mail(raw), raw) == expected
    assert "no Message-ID" in read(raw).oddities


def test_a_patch_below_scissors_in_a_reply_is_a_patch_of_its_own() -> None:
    body = f"> quoted\n\nTry this:\n\n-- >8 --\nSubject: [PATCH] bar: fix\n\nWhy.\n---\n{edit()}"
    found = read(mail("Re: [BUG] foo", body, parents=["a@x"]))
    assert found.kind is Kind.PATCH
    assert found.subject.title == "bar: fix"
    assert "patch below scissors" in found.oddities


def test_below_scissors_without_subject_the_replys_title_is_taken() -> None:
    body = f"-- >8 --\nWhy.\n---\n{edit()}"
    found = read(mail("Re: [PATCH v3 2/5] foo", body, parents=["a@x"]))
    assert found.kind is Kind.PATCH
    assert (found.subject.title, found.subject.number, found.subject.is_reply) == (
        "foo",
        None,
        False,
    )


def test_scissors_without_a_diff_below_change_nothing() -> None:
    found = read(mail("Re: [PATCH] foo", "-- >8 --\nNo patch.\n", parents=["a@x"]))
    assert found.kind is Kind.FOLLOW_UP


def attached(content: str, subject: str = "[PATCH] foo") -> bytes:
    """A mail with a patch beside its text."""
    body = (
        "--cut\nContent-Type: text/plain\n\nSee below.\n"
        "--cut\nContent-Type: text/x-patch; name=a.patch\n"
        f"Content-Disposition: attachment\n\n{content}\n--cut--\n"
    )
    return mail(subject, body, headers={"Content-Type": 'multipart/mixed; boundary="cut"'})


def test_the_message_of_an_attached_diff_is_the_text_beside_it() -> None:
    """As git format-patch --attach makes it, and git am reads it."""
    mail = attached(edit("a.c")).replace(
        b"See below.", b"Why it is so.\n\nSigned-off-by: Ada <ada@quarry.example>\n---\n a.c"
    )
    found = read(mail)
    assert [one.name for one in found.trailers] == ["Signed-off-by"]
    assert found.patch_id == read(attached(edit("a.c"))).patch_id


def test_an_attached_patch() -> None:
    found = read(attached(edit("a.c"), "please take this"))
    assert found.kind is Kind.PATCH
    assert found.diff is not None and found.diff.files[0].path == "a.c"
    assert "patch in an attachment" in found.oddities


def test_an_attachment_without_a_diff_is_passed_over() -> None:
    assert read(attached("nothing", "please take this")).kind is Kind.OTHER


def test_a_flowed_patch_is_read_so_that_it_stays_whole() -> None:
    change = edit().replace(" \tbefore();", "  \tbefore(); ").replace("-\tone", "-\tone ")
    flowed = "\n".join(f" {one}" if one.startswith(" ") else one for one in change.split("\n"))
    headers = {"Content-Type": "text/plain; format=flowed"}
    found = read(mail("[PATCH] foo", f"Why.\n---\n{flowed}", headers=headers))
    assert found.diff is not None
    assert found.diff.damage == ""
    assert "format=flowed" in found.oddities


def test_a_flowed_patch_that_is_broken_either_way() -> None:
    broken = edit().replace(" \tafter();\n", "x\n")
    headers = {"Content-Type": "text/plain; format=flowed"}
    found = read(mail("[PATCH] foo", f"Why.\n---\n{broken}", headers=headers))
    assert found.diff is not None and found.diff.damage


def test_mangled_is_told_with_its_line() -> None:
    broken = edit().replace("+\ttwo();", "+\ttwo(a,\nb);")
    found = read(patch("[PATCH] foo", broken))
    assert found.diff is not None
    line = next(one for one in found.oddities if one.startswith("mangled"))
    assert line.endswith(f"(line {found.diff.damage_line})")
    assert found.patch_id is None


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (mail("[PATCH] foo", "words\n"), "no diff"),
        (
            patch("[PATCH] foo", "diff --git a/x b/x\nindex 1..2\nBinary files differ\n"),
            "binary patch",
        ),
        (patch("[PATCH v2] foo", below="Range-diff against v1:\n1: a = 1: b x\n"), "range-diff"),
        (patch("[PATCH v2] foo", below="Interdiff against v1:\n  x\n"), "range-diff"),
        (mail("x", "ring \x07 bell\n"), "control characters"),
        (mail("x \u202e y", "words\n"), "control characters"),
        (
            mail("x", b64encode(b"hi").decode(), headers={"Content-Transfer-Encoding": "base64"}),
            "base64",
        ),
    ],
)
def test_oddities(raw: bytes, note: str) -> None:
    assert note in read(raw).oddities


def test_marks_of_a_patch() -> None:
    below = (
        f"base-commit: {ID}\nprerequisite-patch-id: {ID}\nchange-id: 2026-foo\n"
        "- Link to v1: https://lore.kernel.org/r/old@x\n"
    )
    found = read(patch("[PATCH v2] foo", below=below))
    assert (found.base_commit, found.change_id) == (ID, "2026-foo")
    assert (found.prerequisites, found.links) == ((ID,), ("old@x",))


def test_marks_in_a_reply_are_quotes() -> None:
    found = read(reply("a@x", f"change-id: 2026-foo\nbase-commit: {ID}\n"))
    assert (found.base_commit, found.change_id, found.links) == ("", "", ())


def test_trailers_of_a_reply_are_those_it_gives() -> None:
    found = read(reply("a@x", f"> Signed-off-by: Ada <a@x>\n\nReviewed-by: {BO}\n"))
    assert found.trailers == (Trailer("Reviewed-by", BO),)


def test_other_mails_have_no_trailers() -> None:
    assert read(mail("Meeting", f"Reviewed-by: {BO}\n")).trailers == ()


def test_trailers_of_a_cover_letter() -> None:
    cover = posting("foo", 1, tail=f"\nReviewed-by: {BO}\n")[0]
    assert read(cover).trailers == (Trailer("Reviewed-by", BO),)


@pytest.mark.parametrize(
    ("sender", "body", "says"),
    [
        ("lkp@intel.com", "anything at all", {Says.FAILED}),
        ("bluez.test.bot@gmail.com", "CheckPatch   FAIL   0.1 seconds", {Says.FAILED}),
        ("bluez.test.bot@gmail.com", "CheckPatch   PASS   0.1 seconds?", set()),
        ("patchwork-bot@kernel.org", "This series was applied, ok?", set()),
        (BO, "Why not kfree() here?", {Says.QUESTION, Says.COMMENT}),
    ],
)
def test_says(sender: str, body: str, says: set[Says]) -> None:
    assert read(reply("a@x", body, sender=sender)).says == says


def test_patches_say_nothing() -> None:
    assert read(patch("[PATCH] foo", text="Why would it?\n")).says == frozenset()


def test_a_bots_summary_names_commits() -> None:
    body = "Here is the summary:\n  - foo\n    https://git.example/netdev/c/0123456789ab\n"
    found = read(reply("a@x", body, sender="patchwork-bot@kernel.org"))
    assert (found.bot, found.commits) == ("patchwork-bot", ("0123456789ab",))
    assert not found.is_from_person


def test_recipients_are_lower_case_and_once() -> None:
    found = read(mail("x", to="A@B.example, a@b.example, C <c@d.example>", headers={"Cc": "E@F.x"}))
    assert (found.to, found.cc) == (("a@b.example", "c@d.example"), ("e@f.x",))


def test_nothing_that_cannot_be_stored() -> None:
    raw = (
        b"From: L\xe9o <l\xe9o@x.example>\nTo: \xff@x\nSubject: [PATCH] \xe9\n"
        b"Message-ID: <\xff@x>\nIn-Reply-To: <\xfe@x>\n\n- Link to v1: http://x/\xff@x\n"
        b"change-id: \xff\nReviewed-by: \xe9 <e@x>\n---\n\n" + edit().encode()
    )
    found = read(raw)
    str(found).encode()
    for text in (found.message_id, found.full_subject, str(found.author), *found.parents):
        text.encode()


def test_an_empty_mail() -> None:
    found = read(b"")
    assert found.kind is Kind.OTHER
    assert found.oddities == ("no Message-ID", "no Date")
