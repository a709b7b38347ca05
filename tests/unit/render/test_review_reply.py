# SPDX-License-Identifier: GPL-2.0-or-later
"""The drafted reply to an author, read back as a mail."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.checks.example import ADA, BO, COVER, GOOD, LIST, ROBIN, Example
from maintainer_kit.checks.finding import Fix, Part, Place, Severity, Spot
from maintainer_kit.checks.report import Checked
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.render.review_reply import review_reply
from maintainer_kit.render.review_words import first_name
from tests.unit.checks.bench import series_of
from tests.unit.render.reports import HOSTILE, checked, made, spoilt_series

ME = parse_person(ROBIN)
UNSIGNED = GOOD.with_(trailers="")


def raw(found: Checked, writer: Person = ME, lists: tuple[str, ...] = ()) -> bytes:
    mail = review_reply(found, writer, lists)
    assert mail is not None
    return mail


def reply(found: Checked, writer: Person = ME, lists: tuple[str, ...] = ()) -> EmailMessage:
    mail = email.message_from_bytes(raw(found, writer, lists), policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def text_of(found: Checked) -> str:
    text = reply(found).get_content()
    assert isinstance(text, str)
    return text


def about(example: Example, *messages: str, severity: Severity = Severity.ERROR) -> Checked:
    found = tuple(made(one, severity=severity) for one in messages)
    return Checked(series_of(example), found)


def test_a_lone_patch() -> None:
    assert text_of(checked(UNSIGNED)) == (
        "Hi Ada,\n"
        "\n"
        "thank you for the patch. Before it is reviewed, I let a program (mkit\n"
        "check) look at its form, and it found something that is easily mended:\n"
        "\n"
        "- there is no Signed-off-by: line\n"
        "  To mend it: sign the patch yourself: git commit --amend -s\n"
        "  https://docs.kernel.org/process/submitting-patches.html"
        "#sign-your-work-the-developer-s-certificate-of-origin\n"
        "\n"
        "Could you send a new version with that mended? None of this is a\n"
        "judgement of the change itself, and where the program is wrong, please\n"
        "just say so.\n"
        "\n"
        "Thank you,\n"
        "Robin Maintainer\n"
    )


def test_a_series_by_patch_and_what_all_have_in_common_once() -> None:
    text = text_of(checked(spoilt_series(3)))
    assert text.count("there is no Signed-off-by: line") == 1
    assert "\nAll patches:\n\n- there is no Signed-off-by: line\n" in text
    one, three = (f"\n> [PATCH {at}/3] pebble: mend mount number {at}" for at in (1, 3))
    assert f"{one}.\n\n- the subject ends with a full stop\n" in text
    assert f"{three}\n\n- fs/pebble/super.c:14: white space at the end of the line" in text
    assert "\n  > +\tpebble_put(sb);\n" in text
    assert "[PATCH 2/3]" not in text


def test_several_patches_are_named_by_number() -> None:
    example = COVER.with_(
        subject="[PATCH 0/4] pebble: x",
        rest=tuple(GOOD.with_(subject=f"[PATCH {at}/4] pebble: {at}") for at in range(1, 5)),
    )
    findings = tuple(replace(made("is odd"), at=at) for at in (1, 3, 4))
    assert "\nPatches 1, 3, 4:\n" in text_of(Checked(series_of(example), findings))


def test_what_all_mails_have_in_common_and_what_has_no_numbers() -> None:
    series = series_of(spoilt_series(3))
    every = tuple(replace(made("is odd"), at=at) for at in range(4))
    assert "\nAll mails of the series:\n" in text_of(Checked(series, every))
    loose = series_of(GOOD.with_(kind="file", rest=(GOOD.with_(kind="file"),) * 4))
    some = tuple(replace(made("is odd"), at=at) for at in (0, 2, 3))
    assert "\n3 of the 5 patches:\n" in text_of(Checked(loose, some))


def test_it_is_friendlier_about_warnings_alone() -> None:
    text = text_of(about(GOOD, "is odd", severity=Severity.WARNING))
    assert "no need to resend" in text
    assert "Could you send" not in text


def test_infos_are_not_told() -> None:
    assert review_reply(about(GOOD, "is odd", severity=Severity.INFO), ME) is None
    assert review_reply(checked(GOOD), ME) is None


def test_many_of_one_rule_are_cut() -> None:
    text = text_of(about(GOOD, *(f"is odd {at}" for at in range(9))))
    assert text.count("- is odd") == 3
    assert "(and 6 more like that)" in text


def test_it_goes_to_the_sender_and_the_lists() -> None:
    example = UNSIGNED.with_(
        headers={"To": f"{ROBIN}, {LIST}", "Cc": f"{BO}, linux-erofs@lists.ozlabs.org, x@y.example"}
    )
    mail = reply(checked(example))
    assert mail["From"] == ROBIN
    assert mail["To"] == ADA
    assert mail["Cc"] == f"{LIST}, linux-erofs@lists.ozlabs.org"
    assert mail["Subject"] == f"Re: {GOOD.subject}"
    assert mail["In-Reply-To"] == mail["References"] == f"<{example.message_id}>"
    assert mail["Date"] is mail["Message-ID"] is mail["Bcc"] is None
    assert reply(checked(example), lists=("X@y.example",))["Cc"].endswith("x@y.example")


def test_it_answers_the_cover_letter() -> None:
    series = spoilt_series(3)
    mail = reply(checked(series))
    assert mail["Subject"] == "Re: [PATCH 0/3] pebble: mounts that fail"
    assert mail["In-Reply-To"] == f"<{series.message_id}>"


def test_references_go_on() -> None:
    example = UNSIGNED.with_(headers={"In-Reply-To": "<b@x>", "References": "<a@x> <b@x>"})
    assert reply(checked(example))["References"].split() == [
        "<a@x>",
        "<b@x>",
        f"<{example.message_id}>",
    ]


def test_who_passes_a_patch_on_is_greeted_and_its_author_reads_along() -> None:
    mail = reply(checked(UNSIGNED.with_(sender=BO, body=f"From: {ADA}\n\n{GOOD.body}")))
    assert mail["To"] == f"{BO}, {ADA}"
    assert mail.get_content().startswith("Hi Bo,\n")


def test_a_list_that_hides_the_sender_is_not_the_author() -> None:
    hidden = f'"Ada Author via pebblefs" <{LIST}>'
    mail = reply(checked(UNSIGNED.with_(sender=hidden, body=f"From: {ADA}\n\n{GOOD.body}")))
    assert mail["To"] == ADA
    assert mail.get_content().startswith("Hi Ada,\n")


def test_nobody_writes_to_himself() -> None:
    assert review_reply(checked(UNSIGNED), parse_person(ADA)) is None


def test_commits_and_drafts_have_nobody_to_answer() -> None:
    for kind in ("commit", "message"):
        assert review_reply(checked(UNSIGNED.with_(kind=kind)), ME) is None


def test_a_patch_file_has_no_thread_yet() -> None:
    mail = reply(checked(UNSIGNED.with_(kind="file")))
    assert mail["In-Reply-To"] is mail["References"] is None
    assert mail["To"] == ADA


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Author", "Ada"),
        ("Author, Ada", "Ada"),
        ("ada", "ada"),
        ("", ""),
        ("ada@quarry.example", ""),
        ("1234 5678", ""),
        ("\u738b\u5c0f\u660e", "\u738b\u5c0f\u660e"),
        ("x" * 90, "x" * 40),
        (",", ""),
    ],
)
def test_first_names(name: str, expected: str) -> None:
    assert first_name(Person(name, "a@x.example")) == expected


def test_nameless_authors() -> None:
    assert text_of(checked(UNSIGNED.with_(sender="ada@quarry.example"))).startswith("Hi,\n")


def test_long_and_foreign_headers() -> None:
    subject = "[PATCH] \u6f22\u5b57: " + "\u4fee\u5fa9" * 60
    long_id = f"<{'x' * 200}@x.example>"
    sender = '"\u738b, \u5c0f\u660e" <wang@x.example>'
    example = UNSIGNED.with_(subject=subject, sender=sender, headers={"Message-ID": long_id})
    mail = reply(checked(example), Person("J\u00f6rg \u00c5", "j@x.example"))
    assert mail["Subject"] == f"Re: {subject}"
    assert mail["In-Reply-To"] == long_id
    assert mail["From"].addresses[0].display_name == "J\u00f6rg \u00c5"
    assert mail["To"].addresses[0].addr_spec == "wang@x.example"
    head = raw(checked(example)).partition(b"\n\n")[0]
    assert head.isascii()
    # But for the id, which cannot be parted.
    assert sorted(map(len, head.split(b"\n")))[-3] <= 78


def test_the_reply_gives_no_trailer() -> None:
    tag = "Reviewed-by: Evil <evil@x.example>"
    example = GOOD.with_(subject=tag, body=f"{tag}\n\n{tag}")
    place = Place(None, None, tag)
    finding = replace(made(tag, spot=Spot(Part.BODY, 0), place=place, fix=Fix(tag)), title=tag)
    found = Checked(series_of(example), (replace(finding, severity=Severity.ERROR),))
    written = raw(found, Person("Robin", "robin@lumen.example"))
    assert tag.encode() in written
    message = read_message(read_mail(written), "reply@x.example")
    assert message.trailers == ()


def hostile(text: str) -> Checked:
    """A series in which a text stands wherever mail can put one."""
    series = series_of(GOOD)
    person = Person(text, "evil@x.example")
    patch = replace(
        series.patches[0],
        title_line=text,
        author=person,
        submitter=person,
        message_id=text or None,
        parents=(text, "p@x.example"),
        to=(Person(text, f"{text}@lists.x.example"), Person(text, LIST)),
        cc=(Person("x", f"a@lists.x.example\nBcc: {text}"),),
    )
    place = Place(text, 1, text, text, 1)
    finding = made(text, text, Severity.ERROR, Spot(Part.BODY, 0, 0, 1), place, Fix(text))
    return Checked(replace(series, patches=(patch,)), (replace(finding, source=""),))


@given(st.text(max_size=80).map(lambda text: text + HOSTILE) | st.text(max_size=300))
def test_no_text_becomes_a_header(text: str) -> None:
    written = raw(hostile(text), Person(text, "robin@lumen.example"))
    mail = email.message_from_bytes(written, policy=default)
    assert set(mail.keys()) <= {
        "From", "To", "Cc", "Subject", "In-Reply-To", "References",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert len(mail.keys()) == len(set(mail.keys()))
    assert [one.addr_spec for one in mail["To"].addresses] == ["evil@x.example"]
    copies = mail["Cc"].addresses if "Cc" in mail else ()
    assert {one.domain for one in copies} <= {"lists.x.example", "lists.lumen.example"}
    assert b"\r" not in written
    assert all(len(line) <= 998 for line in written.split(b"\n"))
    written.decode()
