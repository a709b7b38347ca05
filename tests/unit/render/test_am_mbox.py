# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails for git am: the message that the commit is to have, and the diff's own bytes."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.render.am_diff import diff_bytes
from maintainer_kit.render.am_mbox import am_mail, am_mbox
from tests.build import edit, mail, patch


def made(raw: bytes, *body: str, number: int = 1, total: int = 1) -> tuple[dict[str, str], str]:
    """Head and text of the mail that is made of one."""
    mailed = read_mail(am_mail(patch_of_mail(raw), body or None, number=number, total=total))
    names = ("from", "date", "subject", "message-id")
    return {one: mailed.header(one) for one in names}, mailed.text


def test_notes_stay_behind_and_the_diff_comes_along() -> None:
    head, text = made(patch("[RFC PATCH v3 2/9] fs: tidy", message_id="a@x.example"), total=3)
    assert head == {
        "from": "Ada Author <ada@quarry.example>",
        "date": "Mon, 05 Jan 2026 09:00:00 +0000",
        "subject": "[PATCH 1/3] fs: tidy",
        "message-id": "<a@x.example>",
    }
    assert text.startswith(
        "It is better so.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n---\n\ndiff --git "
    )
    assert "1 file changed" not in text


def test_another_message_is_put_in_its_place() -> None:
    _, text = made(patch("[PATCH] fs: tidy"), "Why.", "", "Acked-by: Bo <bo@x.example>")
    assert text.startswith("Why.\n\nAcked-by: Bo <bo@x.example>\n---\n")


def test_author_and_date_of_the_text_go_into_the_head() -> None:
    raw = patch(
        "[PATCH] fs: tidy",
        text='From: Jürgen "J" Ünal <j@x.example>\nDate: Tue, 6 Jan 2026 10:00:00 +0530\n\nWhy.\n',
        sender="List <list@x.example>",
    )
    head, text = made(raw)
    assert head["date"] == "Tue, 06 Jan 2026 10:00:00 +0530"
    assert "<j@x.example>" in head["from"] and head["from"].startswith("Jürgen")
    assert text.startswith("Why.\n---\n")


def test_the_time_zone_is_the_authors() -> None:
    raw = patch("[PATCH] x: y", headers={"Date": "Mon, 5 Jan 2026 23:30:00 -0830 (PST)"})
    assert made(raw)[0]["date"] == "Mon, 05 Jan 2026 23:30:00 -0830"


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 5 Jan 1970 00:00:00 +0000"])
def test_a_date_that_nobody_knows_is_left_out(date: str) -> None:
    assert made(patch("[PATCH] x: y", headers={"Date": date}))[0]["date"] == ""


@pytest.mark.parametrize("line", ["diff -u a b", "Index: a.c", "--- a/a.c", "---", "---\t"])
def test_what_git_would_take_for_the_diff_stays_in_the_message(line: str) -> None:
    _, text = made(patch("[PATCH] x: y"), "Why.", line, "More.")
    assert f"Why.\n {line}\nMore.\n---\n\ndiff --git" in text


@pytest.mark.parametrize("line", ["Subject: other", ">From: X <x@x>", "[PATCH] z", "From here"])
def test_what_git_would_take_for_a_header_stays_in_the_message(line: str) -> None:
    _, text = made(patch("[PATCH] x: y"), line, "More.")
    assert text.startswith(f"From: Ada Author <ada@quarry.example>\n\n{line}\nMore.\n---\n")


def test_bytes_of_another_charset_are_kept() -> None:
    """The message becomes UTF-8; the file stays Latin-1."""
    text = patch("[PATCH] x: y", text="Über.\n", change=edit(new="größer")).decode()
    kind = "Content-Type: text/plain; charset=iso-8859-1\nSubject"
    made_of = patch_of_mail(text.replace("Subject", kind, 1).encode("latin-1"))
    raw = am_mail(made_of)
    assert "\nÜber.\n".encode() in raw
    assert "+\tgrößer();\n".encode("latin-1") in raw
    assert diff_bytes(made_of) in raw


def test_returns_of_the_file_survive_where_the_mail_kept_them() -> None:
    from base64 import encodebytes

    lines = edit().split("\n")
    change = "\n".join(f"{one}\r" if one[:2] in (" \t", "-\t", "+\t") else one for one in lines)
    raw = patch("[PATCH] x: y", change)
    head, _, body = raw.partition(b"\n\n")
    encoded = head + b"\nContent-Transfer-Encoding: base64\n\n" + encodebytes(body)
    found = am_mail(patch_of_mail(encoded))
    assert b"\r" not in found
    assert change.encode() in message_from_bytes(found).get_payload(decode=True)


def test_returns_and_charset_of_the_file_survive_together() -> None:
    from base64 import encodebytes

    change = edit(new="größer").replace("();\n", "();\r\n").encode("latin-1")
    head, _, body = patch("[PATCH] x: y", "CHANGE").partition(b"\n\n")
    kind = b"\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"
    raw = head + kind + encodebytes(body.replace(b"CHANGE", change))
    assert diff_bytes(patch_of_mail(raw)).startswith(change)


def test_returns_of_the_transport_are_gone() -> None:
    raw = patch("[PATCH] x: y").replace(b"\n", b"\r\n")
    assert b"\r" not in am_mail(patch_of_mail(raw))


def test_hostile_heads_make_no_further_fields() -> None:
    raw = mail(
        "[PATCH] =?utf-8?q?a=0AX-Evil=3A_1?=",
        f"Why.\n---\n{edit()}",
        sender="=?utf-8?q?Ada=0AX-Evil=3A_1?= <ada@quarry.example>",
    )
    head = am_mail(patch_of_mail(raw)).partition(b"\n\n")[0]
    assert b"\nX-Evil" not in head
    parsed = message_from_bytes(head)
    assert "a X-Evil: 1" in str(make_header(decode_header(parsed["Subject"])))


def test_an_mbox_quotes_what_looks_like_a_separator() -> None:
    one = am_mail(patch_of_mail(patch("[PATCH] x: y")), ("Why.", "From me to you", ">From him"))
    box = am_mbox([one, one])
    assert box.count(b"\nFrom ") == 1
    assert b"\n>From me to you\n>>From him\n" in box
