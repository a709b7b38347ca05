# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a patch file replaced in its own bytes: headers, text, charsets, places."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import ADA, DIFF, GOOD, Example
from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.mending import CannotMend, NotInPlace
from maintainer_kit.render.patch_file import MailDraft

FOLDED = "[PATCH v2 1/2] pebble: give the buffer\n back when a mount fails. And\n\tmore"


def body(first: int, count: int, *lines: str) -> Edit:
    return Edit(Part.BODY, first, count, lines)


def subject(line: str) -> Edit:
    return Edit(Part.SUBJECT, 0, 1, (line,))


def changed(raw: bytes, *edits: Edit) -> list[tuple[bytes, bytes]]:
    """The lines that differ, where none came or went."""
    after = MailDraft(raw).edited(edits).content
    pairs = zip(raw.split(b"\n"), after.split(b"\n"), strict=True)
    return [(old, new) for old, new in pairs if old != new]


def mime(charset: str, encoding: str = "8bit") -> dict[str, str]:
    return {
        "Content-Type": f"text/plain; charset={charset}",
        "Content-Transfer-Encoding": encoding,
    }


@pytest.mark.parametrize("kind", ["mail", "file"])
def test_only_the_lines_that_are_named_change(kind: str) -> None:
    raw = GOOD.mail if kind == "mail" else GOOD.file

    assert changed(raw, body(1, 1, "It leaks.")) == [
        (b"A mount that fails a thousand times takes all memory with it.", b"It leaks.")
    ]
    assert changed(raw, subject("[PATCH] pebble: mend")) == [
        (f"Subject: {GOOD.subject}".encode(), b"Subject: [PATCH] pebble: mend")
    ]


def test_edits_of_several_parts_at_once() -> None:
    raw = GOOD.with_(notes="v2: nothing").file
    edits = [
        body(0, 2, "One."),
        body(3, 0, "Two.", "Three."),
        Edit(Part.NOTES, 0, 1, ("v2: much",)),
        subject("[PATCH v2] pebble: mend"),
    ]

    after = MailDraft(raw).edited(edits).patch

    assert after.title_line == "[PATCH v2] pebble: mend"
    assert after.body[:4] == ("One.", "", "Two.", "Three.")
    assert after.notes[0] == "v2: much"
    assert after.diff_text == MailDraft(raw).patch.diff_text


# the subject


def test_a_folded_subject_is_replaced_whole() -> None:
    raw = GOOD.with_(subject=FOLDED).mail
    after = MailDraft(raw).edited([subject("[PATCH v2 1/2] pebble: mend")])

    assert after.patch.title_line == "[PATCH v2 1/2] pebble: mend"
    assert len(after.content.split(b"\n")) == len(raw.split(b"\n")) - 2


@pytest.mark.parametrize(
    "title",
    [
        "pebble: give caf\u00e9 back",
        "pebble: " + "\u00e9t\u00e9 " * 40 + "end",
        "\u00e9",
        "pebble: \u4e2d\u6587 \U0001f600 =?utf-8?q?x?= end",
        "pebble: " + "words that go on " * 30 + "end",
        "pebble: " + "x" * 2000,
        "pebble: =?no word",
        "pebble: =?utf-8?q?a_word?= of RFC 2047",
    ],
)
def test_any_subject_reads_as_it_was_written(title: str) -> None:
    after = MailDraft(GOOD.with_(subject=FOLDED).mail).edited([subject(f"[PATCH] {title}")])
    head = after.content.partition(b"\n\n")[0]

    assert after.patch.title_line == f"[PATCH] {title}"
    assert head.isascii()
    assert b"Subject: [PATCH] " in head or len(title) > 1000


def test_an_encoded_subject_keeps_its_prefix_readable() -> None:
    raw = GOOD.with_(subject="=?UTF-8?B?W1BBVENIXSBwZWJibGU6IGNhZsOpLg==?=").mail
    assert MailDraft(raw).patch.title_line == "[PATCH] pebble: caf\u00e9."

    after = MailDraft(raw).edited([subject("[PATCH] pebble: caf\u00e9")])

    assert b"Subject: [PATCH] =?utf-8?q?pebble=3A_caf=C3=A9?=" in after.content
    assert after.patch.title_line == "[PATCH] pebble: caf\u00e9"


def test_a_subject_in_the_text_is_mended_there() -> None:
    raw = GOOD.with_(body=f"From: {ADA}\nSubject: pebble: give back.\n\n{GOOD.body}").mail
    assert MailDraft(raw).patch.title_line == "[PATCH] pebble: give back."

    assert changed(raw, subject("[PATCH] pebble: give back")) == [
        (b"Subject: pebble: give back.", b"Subject: pebble: give back")
    ]
    assert changed(raw, subject("[PATCH v2] pebble: give back.")) == [
        (
            f"Subject: {GOOD.subject}".encode(),
            f"Subject: {GOOD.subject.replace('PATCH', 'PATCH v2')}".encode(),
        )
    ]


def test_a_subject_that_nobody_can_read_is_left() -> None:
    with pytest.raises(CannotMend):
        MailDraft(GOOD.mail).edited([subject("[PATCH] pebble: \ufffd")])


# the author


def test_the_author_is_the_first_line_of_the_text() -> None:
    author = body(0, 0, f"From: {ADA}", "")
    after = MailDraft(GOOD.with_(sender="Bo <bo@shale.example>").mail).edited([author])

    assert after.patch.in_body == {"from": ADA}
    assert str(after.patch.author) == ADA
    assert after.patch.body == MailDraft(GOOD.mail).patch.body
    assert b"\n\nFrom: Ada" in after.content


def test_the_author_goes_above_a_subject_in_the_text() -> None:
    raw = GOOD.with_(body=f"Subject: pebble: mend\n\n{GOOD.body}").mail
    after = MailDraft(raw).edited([body(0, 0, f"From: {ADA}", "")])

    assert after.patch.in_body == {"from": ADA, "subject": "pebble: mend"}
    assert after.patch.body == MailDraft(raw).patch.body


# notes


def test_notes_are_put_below_a_line_of_dashes() -> None:
    raw = GOOD.mail.replace(b"---\n\ndiff", b"\ndiff")
    after = MailDraft(raw).edited([Edit(Part.NOTES, 0, 0, ("v2: more", ""))])

    assert "v2: more" in after.patch.notes
    assert "v2: more" not in after.patch.body


# charsets


def test_a_charset_stays_when_it_has_the_letters() -> None:
    raw = GOOD.with_(headers=mime("ISO-8859-1"), body="caf\u00e9\nteh caf\u00e9").mail
    raw = raw.decode().encode("latin-1")

    assert changed(raw, body(1, 1, "the caf\u00e9")) == [(b"teh caf\xe9", b"the caf\xe9")]
    with pytest.raises(NotInPlace):
        MailDraft(raw).edited([body(1, 1, "\u4e2d")])


def test_bytes_that_nobody_can_read_are_kept_or_left() -> None:
    raw = GOOD.with_(headers=mime("UTF-8"), body="good\nbad @").mail.replace(b"@\n", b"\xff\n", 1)
    kept = MailDraft(raw).patch.body[1] + "!"

    assert changed(raw, body(0, 1, "Good.")) == [(b"good", b"Good.")]
    assert changed(raw, body(1, 1, kept)) == [(b"bad \xff", b"bad \xff!")]
    with pytest.raises(CannotMend):
        MailDraft(raw).edited([body(1, 1, "bad \ufffd")])


def test_a_file_without_a_charset_is_given_one_when_it_needs_one() -> None:
    after = MailDraft(GOOD.file).edited([body(0, 1, "caf\u00e9")]).content

    assert b"\nContent-Type: text/plain; charset=UTF-8\n" in after.partition(b"\n\n")[0]
    assert b"MIME-Version" not in MailDraft(GOOD.file).edited([body(0, 1, "cafe")]).content


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_encoded_text_is_not_edited_in_place(encoding: str) -> None:
    raw = GOOD.with_(headers=mime("UTF-8", encoding)).mail
    if encoding == "base64":
        raw = GOOD.with_(headers=mime("UTF-8", encoding), body="", trailers="", diff="").mail

    with pytest.raises(NotInPlace):
        MailDraft(raw).edited([body(0, 1, "Why.")])


def test_the_subject_of_encoded_mail_can_be_mended_in_place() -> None:
    raw = GOOD.with_(headers=mime("UTF-8", "quoted-printable")).mail

    assert len(changed(raw, subject("[PATCH] pebble: mend"))) == 1


def test_carriage_returns_of_the_head_stay() -> None:
    raw = GOOD.mail.replace(b"\n", b"\r\n")
    [(_, new)] = changed(raw, subject("[PATCH] pebble: mend"))

    assert new == b"Subject: [PATCH] pebble: mend\r"


# places


def test_lengths_that_cut_an_mbox_into_mails_stay_right() -> None:
    text = GOOD.mail.partition(b"\n\n")[2]
    lengths = {"Content-Length": str(len(text)), "Lines": str(text.count(b"\n"))}
    after = MailDraft(GOOD.with_(headers=lengths).file).edited([body(0, 1, "One.", "Two.")])

    head, _, new = after.content.partition(b"\n\n")
    assert f"Content-Length: {len(new)}".encode() in head
    count = new.count(b"\n")
    assert f"Lines: {count}".encode() in head


@pytest.mark.parametrize(
    "example",
    [
        GOOD.with_(diff=f"{DIFF}\nbase-commit: 3a7cb8f2d1e04b6c9d5f8a7e6b1c2d3e4f5a6b7c\n"),
        GOOD.with_(body="", notes="v2: more"),
        GOOD.with_(body=f"From: {ADA}\n\n{GOOD.body}"),
        GOOD.with_(body=f"\n\n{GOOD.body}"),
        GOOD.with_(diff="", subject="[PATCH 0/2] pebble: mounts"),
        GOOD.with_(headers={"Subject": "", "subject": "[PATCH] pebble: mend"}),
    ],
)
def test_parts_are_where_they_read(example: Example) -> None:
    """An edit that puts the same lines there changes nothing."""
    for raw in (example.mail, example.file):
        patch = MailDraft(raw).patch
        edits = [body(0, len(patch.body), *patch.body), Edit(Part.NOTES, 0, 1, patch.notes[:1])]
        edits.append(Edit(Part.DIFF, 0, 1, tuple(patch.diff_lines[:1])))
        wanted = edits if patch.diff_text else edits[:1]
        assert MailDraft(raw).edited(wanted).content == raw
