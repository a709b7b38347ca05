# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about how a mail is written: their limits, what they must not speak of, and their fixes."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import pytest

from maintainer_kit.checks.engine import check_series
from maintainer_kit.checks.example import ADA, COVER, DIFF, GOOD, Example
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.mending import mend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import mail
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.person import Person
from tests.unit.checks.bench import PLAIN, findings, read_example

RULES = tuple(one for one in vars(mail).values() if isinstance(one, Rule))
VIA = "Ada Author via Pebblefs <pebblefs@lists.lumen.example>"


def said(example: Example, rule: Rule) -> list[tuple[Severity, str]]:
    return [(one.severity, one.message) for one in findings(example, [rule])]


def check(patch: Patch, rules: Sequence[Rule] = RULES) -> list[Finding]:
    return check_series(Series((patch,)), rules, PLAIN)


def encoded(text: bytes, encoding: str = "base64", charset: str = "UTF-8") -> bytes:
    body = base64.encodebytes(text) if encoding == "base64" else text
    return (
        f"From: {ADA}\nSubject: [PATCH] pebble: give the buffer back\n"
        "Date: Mon, 5 Jan 2026 09:00:00 +0000\nMessage-ID: <give@quarry.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
        f"Content-Transfer-Encoding: {encoding}\n\n"
    ).encode() + body


def test_nothing_is_said_of_a_good_mail_file_cover_or_commit() -> None:
    for example in (GOOD, COVER, GOOD.with_(kind="file"), GOOD.with_(kind="commit")):
        assert findings(example, RULES) == []


def test_mail_whose_transport_ends_lines_in_crlf_is_good() -> None:
    patch = patch_of_mail(GOOD.mail.replace(b"\n", b"\r\n"))

    assert check(patch) == []


# HTML


def test_an_answer_in_html_is_nobody_s_patch() -> None:
    reply = mail.mail_html.fails.with_(subject="Re: [PATCH] pebble: mounts", diff="")

    assert said(reply, mail.mail_html) == []


def test_an_html_attachment_is_not_the_mail() -> None:
    example = mail.mail_html.fails
    diff = example.diff.replace(
        "Content-Type: text/html", "Content-Type: text/html\nContent-Disposition: attachment"
    )

    assert said(example.with_(diff=diff), mail.mail_html) == []


# format=flowed


def test_flowed_mail_that_git_still_reads_is_a_warning() -> None:
    flowed = {"Content-Type": "text/plain; charset=UTF-8; format=flowed"}
    stuffed = GOOD.with_(headers=flowed, diff=DIFF.replace("\n ", "\n  "))

    [(severity, _)] = said(stuffed, mail.mail_format_flowed)

    assert severity is Severity.WARNING


def test_a_broken_flowed_mail_names_the_client_and_can_be_written_anew() -> None:
    [found] = findings(mail.mail_format_flowed.fails, [mail.mail_format_flowed])

    assert found.severity is Severity.ERROR
    assert found.fix is not None
    assert "Thunderbird: set mailnews.wraplength to 0" in found.fix.words
    assert found.fix.resave


def test_a_flowed_cover_letter_is_prose() -> None:
    cover = COVER.with_(headers={"Content-Type": "text/plain; format=flowed"})

    assert said(cover, mail.mail_format_flowed) == []


# attachments and encodings


def test_a_log_beside_the_patch_is_no_attached_patch() -> None:
    example = mail.mail_html.fails
    log = (
        "--cut\nContent-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlog"
    )
    beside = example.with_(diff=f"{DIFF}\n{log}\n--cut--\n")

    assert said(beside, mail.mail_attachment) == []


def test_base64_is_fine_for_text_that_is_not_ascii() -> None:
    plain = f"It leaks.\n---\n{DIFF}".encode()
    umlaut = f"It leaks, says Zoë.\n---\n{DIFF}".encode()

    assert [one.rule for one in check(patch_of_mail(encoded(plain)))] == ["mail-base64"]
    assert check(patch_of_mail(encoded(umlaut))) == []


# charsets


@pytest.mark.parametrize(
    ("charset", "severity"),
    [
        ("y", Severity.ERROR),
        ("unknown-8bit", Severity.ERROR),
        ("us-ascii", Severity.ERROR),
        ("utf-8", Severity.WARNING),
        ("iso-8859-1", None),
        ("euc-kr", Severity.ERROR),
    ],
)
def test_bytes_have_to_be_of_the_charset(charset: str, severity: Severity | None) -> None:
    raw = encoded(b"Found by Zo\xeb.\n---\n" + DIFF.encode(), "8bit", charset)

    found = [one for one in check(patch_of_mail(raw)) if one.rule == "mail-charset"]

    assert [one.severity for one in found] == ([severity] if severity else [])


def test_a_charset_that_nobody_knows_stops_git_am_even_on_ascii() -> None:
    found = check(patch_of_mail(encoded(f"It leaks.\n---\n{DIFF}".encode(), "8bit", "y")))

    assert [(one.rule, one.severity) for one in found] == [("mail-charset", Severity.ERROR)]


def test_a_legacy_file_in_the_diff_is_no_message() -> None:
    diff = DIFF.replace("int error;", "int error; /* Zo\xeb */").encode("latin-1")

    assert check(patch_of_mail(encoded(b"It leaks.\n---\n" + diff, "8bit"))) == []


def test_a_patch_file_gets_its_charset_when_it_is_sent() -> None:
    umlaut = GOOD.with_(body="Found by Zoë.")

    assert said(umlaut.with_(kind="file"), mail.mail_charset) == []
    assert [grade for grade, _ in said(umlaut, mail.mail_charset)] == [Severity.WARNING]


def test_a_commit_message_that_is_not_utf8_is_pointed_at() -> None:
    message = b"pebble: title\n\nFound by Zo\xeb.\n".decode("utf-8", "surrogateescape")
    ada = Person("Ada Author", "ada@quarry.example")
    patch = patch_of_commit(CommitRecord("9" * 40, ("8" * 40,), ada, ada, 0, message, DIFF))

    [found] = check(patch)

    assert (found.rule, found.spot.start, found.spot.end) == ("mail-charset", 11, 12)


# carriage returns


def test_base64_with_crlf_is_said_of_the_whole_diff() -> None:
    text = f"It leaks.\n---\n{DIFF}".replace("\n", "\r\n").encode()

    [found] = [one for one in check(patch_of_mail(encoded(text))) if one.rule == "mail-crlf"]

    assert found.message == "all 10 lines of the diff end in a carriage return"
    assert found.severity is Severity.WARNING


def test_a_file_with_crlf_everywhere_is_remarked_on_only() -> None:
    diff = "".join(
        line.rstrip("\n")
        + ("\r\n" if line[0] in "+- " and line[:3] not in ("+++", "---") else "\n")
        for line in DIFF.splitlines(keepends=True)
    )
    raw = encoded(f"It leaks.\n---\n{diff}".encode())

    [found] = [one for one in check(patch_of_mail(raw)) if one.rule == "mail-crlf"]

    assert found.severity is Severity.INFO
    assert found.message == "1 added line with a carriage return at the end"


# long lines


@pytest.mark.parametrize(("length", "count"), [(998, 0), (999, 1)])
def test_a_line_of_998_bytes_is_the_longest(length: int, count: int) -> None:
    assert len(said(GOOD.with_(body="x" * length), mail.mail_long_line)) == count


def test_bytes_count_not_characters() -> None:
    [(_, message)] = said(GOOD.with_(body="ë" * 500), mail.mail_long_line)

    assert message == "a line has 1000 bytes; mail allows 998"


def test_a_long_line_in_a_patch_file_is_git_send_email_s_to_encode() -> None:
    long = GOOD.with_(kind="file", body="x" * 2000)

    assert [grade for grade, _ in said(long, mail.mail_long_line)] == [Severity.INFO]


def test_a_long_header_is_no_line_of_the_text() -> None:
    people = ", ".join(f"p{number}@quarry.example" for number in range(100))

    assert said(GOOD.with_(headers={"Cc": people}), mail.mail_long_line) == []


# headers


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Date": ""}, "there is no Date:"),
        ({"Date": "yesterday"}, "the Date 'yesterday' cannot be read"),
        ({"From": ""}, "there is no From:"),
        ({"From": "Ada"}, "there is no address in From:"),
        ({"Message-ID": "give@quarry.example"}, "the Message-ID is not in angle brackets"),
    ],
)
def test_what_each_mail_has_is_asked_for(headers: dict[str, str], message: str) -> None:
    assert [words for _, words in said(GOOD.with_(headers=headers), mail.mail_missing_header)] == [
        message
    ]


def test_a_bare_diff_is_no_mail_without_headers() -> None:
    assert (
        check(patch_of_mail(f"Give it back.\n\n{DIFF}".encode()), [mail.mail_missing_header]) == []
    )


def test_a_file_with_its_author_in_the_text_has_one() -> None:
    example = GOOD.with_(kind="file", headers={"From": ""}, body=f"From: {ADA}\n\n{GOOD.body}")

    assert said(example, mail.mail_missing_header) == []


# the sender


def test_the_in_body_from_of_the_fix_says_who_it_is() -> None:
    example = GOOD.with_(sender=VIA, headers={"Reply-To": ADA})
    before = read_example(example)

    after = mend(before, lambda patch: check(patch, [mail.mail_from_mangled])).patch

    assert after.body[:2] == (f"From: {ADA}", "")
    assert after.body[2:] == before.body


def test_without_the_author_s_address_nothing_is_mended() -> None:
    [found] = findings(GOOD.with_(sender=VIA), [mail.mail_from_mangled])

    assert found.severity is Severity.ERROR
    assert found.fix is not None
    assert not found.fix.is_mechanical


@pytest.mark.parametrize(
    "sender", ["Ada Author via Wick <wick@nongnu.org>", "Ada via L <l@lists.ozlabs.org>"]
)
def test_lists_that_rewrite_everybody_are_remarked_on(sender: str) -> None:
    assert [grade for grade, _ in said(GOOD.with_(sender=sender), mail.mail_from_mangled)] == [
        Severity.INFO
    ]


def test_a_person_may_be_called_via() -> None:
    person = GOOD.with_(sender="Ana Via Ferro <ana@quarry.example>")

    assert said(person, mail.mail_from_mangled) == []
    assert said(person.with_(kind="commit"), mail.mail_from_mangled) == []


@pytest.mark.parametrize(
    "author",
    [VIA, "Ada via GitGitGadget <gitgitgadget@gmail.com>", "A via R <devnull+a@k.example>"],
)
def test_a_commit_whose_author_is_a_list_is_an_error(author: str) -> None:
    commit = GOOD.with_(kind="commit", sender=author)

    assert [grade for grade, _ in said(commit, mail.mail_from_mangled)] == [Severity.ERROR]


# white space


def test_a_project_that_indents_by_spaces_is_not_damaged() -> None:
    for width in (2, 4, 8):
        diff = DIFF.replace("\t", " " * width)
        assert said(GOOD.with_(diff=diff), mail.mail_whitespace_damage) == []


def test_a_table_is_not_code_that_lost_its_tabs() -> None:
    table = DIFF.replace("\t", " " * 23)

    assert said(GOOD.with_(diff=table), mail.mail_whitespace_damage) == []


def test_two_lines_with_seven_spaces_prove_nothing() -> None:
    diff = DIFF.replace("\t", "       ", 2).replace("\t", "    ")

    assert said(GOOD.with_(diff=diff), mail.mail_whitespace_damage) == []


@pytest.mark.parametrize(
    ("old", "new"), [("\n \t", "\n\u00a0\t"), ("+\tpebble", "+ \u00a0 pebble")]
)
def test_no_break_spaces_are_mended(old: str, new: str) -> None:
    before = read_example(GOOD.with_(diff=DIFF.replace(old, new)))
    assert [one.rule for one in check(before)] == ["mail-whitespace-damage"]

    after = mend(before, lambda patch: check(patch, [mail.mail_whitespace_damage])).patch

    assert "\u00a0" not in after.diff_text
    assert check(after, [mail.mail_whitespace_damage]) == []


def test_a_no_break_space_within_a_text_is_the_author_s() -> None:
    diff = DIFF.replace("pebble_put(sb);", 'pebble_say("10\u00a0km");')

    assert said(GOOD.with_(diff=diff), mail.mail_whitespace_damage) == []


def test_the_web_client_is_named() -> None:
    headers = {"Message-ID": "<CAB+1q0Q3+7s1Lt8uW6DWZ7vf@mail.gmail.com>"}
    example = mail.mail_whitespace_damage.fails.with_(headers=headers)

    [found] = findings(example, [mail.mail_whitespace_damage])

    assert found.fix is not None
    assert "sent with Gmail on the web" in found.fix.words


# PGP


def test_an_answer_that_is_signed_is_fine() -> None:
    reply = mail.mail_inline_pgp.fails.with_(subject="Re: [PATCH] pebble: mounts", diff="")

    assert said(reply, mail.mail_inline_pgp) == []


# hostile text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"From: \xff\n\n\xff\x00",
        b"Subject: [PATCH] x\nContent-Type: text/plain; charset=\xff; format=flowed\n\n"
        + b" \n" * 9,
        b"Message-ID: <a@b>\nContent-Transfer-Encoding: base64\n\n=0D\r\n@@@",
        b"Message-ID: <a@b>\nSubject: [PATCH] x\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n"
        + b"\xc2\xa0" * 9,
        encoded(b"---\n\r\n\r\ndiff --git \r\n--- \r\n+++ \r\n@@ -1 +1 @@\r\n"),
        b"Content-Type: multipart/mixed; boundary=\n\n--\n\n--\n",
    ],
)
def test_no_mail_breaks_a_rule(raw: bytes) -> None:
    patch = patch_of_mail(raw)

    assert "rule-broken" not in {one.rule for one in check(patch)}


def test_a_big_mail_is_looked_at_once() -> None:
    line = b"+" + b" \t" * 400 + b"\xc2\xa0\n"
    raw = GOOD.mail.replace(b"@@ -12,4 +12,5 @@", b"@@ -12,4 +12,4 @@") + line * 5000

    assert "rule-broken" not in {one.rule for one in check(patch_of_mail(raw))}
