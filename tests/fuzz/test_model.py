# SPDX-License-Identifier: GPL-2.0-or-later
"""Hostile mail: whatever the bytes, never an exception, and what comes out can be stored."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.charset import decode, decode_words
from maintainer_kit.model.mail.fingerprint import fingerprint
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import parse_people, parse_person, without_via
from maintainer_kit.model.mail.text import storable, visible, visible_line
from maintainer_kit.model.message.codec import MessageReader, dump_message
from maintainer_kit.model.message.given import given_trailers
from maintainer_kit.model.message.marks import (
    below_scissors,
    commit_message,
    in_body_headers,
    message_id_of,
    older_revisions,
)
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import own_message_id, read_message
from maintainer_kit.model.message.subject import parse_subject
from maintainer_kit.model.message.tone import tone_of
from maintainer_kit.model.message.trailer import cover_trailers, message_trailers
from maintainer_kit.model.message.withdrawn import withdrawn_trailers
from maintainer_kit.model.patch.diff import parse_diff, unquote_path
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.model.topic.topic import collect_topics

# Any text that decoding can give, lone surrogates of undecodable bytes included.
TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
WORDS = st.sampled_from(
    [
        *("[", "]", "PATCH", "RFC", "RESEND", "v2", "v5.1", "v99999", "0/3", "7/5", "1 of 2", ","),
        *(
            "Re:",
            "AW:",
            "Fwd:",
            "\u7b54\u590d\uff1a",
            "net-next",
            "x: y",
            " ",
            "  ",
            "\t",
            "patchv",
        ),
        *(
            "=?utf-8?q?",
            "?=",
            "=?utf-8?b?4pyT?=",
            "\u202e",
            "\x00",
            "/",
            "[]",
            "[[",
            "]]",
            "GIT PULL",
        ),
    ]
)
SUBJECTS = st.lists(WORDS | TEXT, max_size=12).map("".join)
LINES = st.sampled_from(
    [
        *("diff --git a/x b/x", 'diff --git "a/\\303" "b/\\"', "diff --git", "--- a/x", "+++ b/x"),
        *("--- /dev/null", "+++ /dev/null", "@@ -1,2 +1,2 @@", "@@ -0,0 +1 @@", "@@ -1 +0,0 @@"),
        *(
            "@@ -99999999999,9 +1,9 @@",
            "@@ -x +y @@",
            "@@ -1,3 +1",
            " context",
            "+added",
            "-removed",
            "",
            "\\ No",
        ),
        *("GIT binary patch", "Binary files a/x and b/x differ", "literal 5", "rename from a"),
        *("rename to ", "old mode 100644", "new mode 100755", "new file mode", "index 1..2", "-- "),
        *("From 1234567890123456789012345678901234567890", "From: A <a@x>", "---", "-- >8 --"),
        *("Reviewed-by: B <b@x>", "Acked-by: ", "> quoted", "why?", "Applied, thanks!"),
        *("change-id: x", "base-commit: 1234567", "Link to v1: https://x/a@b", "v1: x@y", "\r"),
    ]
)
BODIES = st.lists(LINES | TEXT, max_size=25).map("\n".join)
IDS = st.sampled_from(["<a@x>", "<b@x>", "<c@x>", "<self@x>", "<>", "<<a@x>", "junk", "<a b@x>"])
REFERENCES = st.lists(IDS, max_size=8).map(" ".join)
TYPES = st.sampled_from(
    [
        "text/plain",
        "text/html; charset=utf-8",
        'text/plain; charset="gbk"; format=flowed; delsp=yes',
        "text/plain; charset=unicode_escape",
        "text/x-patch; name*=utf-8''%C3%A9.patch",
        "application/octet-stream; name=a.diff",
        "application/pgp-signature",
        'multipart/mixed; boundary="cut"',
        "multipart/alternative; boundary=cut",
        "multipart/mixed",
        "message/rfc822",
        "/",
        "text/plain; charset*0*=x'y'%",
    ]
)
ENCODINGS = st.sampled_from(["", "base64", "quoted-printable", "x-uuencode", "8bit", "nonsense"])


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """A mail: a MIME tree of odd parts, odd headers, or mere bytes."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200))
    parts = draw(st.lists(st.tuples(TYPES, ENCODINGS, BODIES), max_size=4))
    body = "".join(
        f"--cut\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{text}\n"
        for kind, encoding, text in parts
    )
    head = {
        "From": draw(TEXT | st.just("Ada via list <list@lists.x.example>")),
        "To": draw(TEXT),
        "Subject": draw(SUBJECTS),
        "Message-ID": draw(IDS),
        "In-Reply-To": draw(REFERENCES),
        "References": draw(REFERENCES),
        "Date": draw(st.sampled_from(["Mon, 5 Jan 2026 09:00:00 +0000", "1 Jan 1904", "", "\x00"])),
        "Content-Type": draw(TYPES),
        "Content-Transfer-Encoding": draw(ENCODINGS),
    }
    text = "".join(f"{name}: {value}\n" for name, value in head.items())
    whole = f"{text}\n{draw(BODIES)}\n{body}--cut--\n"
    return whole.encode("utf-8", "surrogatepass")


def understood(raw: bytes) -> Message:
    """The message of a mail's bytes, checked on the way."""
    mail = read_mail(raw)
    assert len(fingerprint(mail)) == 64
    return read_message(mail, own_message_id(mail, raw))


@given(mails())
def test_mails(raw: bytes) -> None:
    message = understood(raw)
    text = dump_message(message)
    text.encode()
    assert MessageReader().read(text) == message
    assert message == understood(raw)
    assert message.message_id
    assert all(message.parents)
    assert message.message_id not in message.parents


@given(st.lists(mails(), max_size=8))
def test_topics(raws: list[bytes]) -> None:
    messages = {message.message_id: message for message in map(understood, raws)}
    topics = collect_topics(messages.values())
    found = [one.message_id for topic in topics for one in topic.messages]
    assert len(found) == len(set(found))
    assert collect_topics(reversed(messages.values())) == topics or {
        topic.id: topic for topic in collect_topics(reversed(messages.values()))
    } == {topic.id: topic for topic in topics}


@given(SUBJECTS)
def test_subjects(value: str) -> None:
    found = parse_subject(decode_words(value))
    assert found.revision >= 0
    assert found.number is None or found.total is None or 0 <= found.number <= found.total
    again = parse_subject(found.title)
    assert len(again.title) <= len(found.title)


@given(BODIES)
def test_diffs(text: str) -> None:
    found = parse_diff(text)
    if found is None:
        return
    lines = text.split("\n")
    assert 1 <= found.first_line <= len(lines)
    assert bool(found.damage) is bool(found.damage_line)
    assert found.damage_line <= len(lines) + 1
    assert found.added + found.removed <= len(lines)


@given(BODIES)
def test_patch_ids(text: str) -> None:
    found = patch_id(text)
    assert found is None or len(bytes.fromhex(found)) == 20


@given(BODIES | TEXT)
def test_texts(text: str) -> None:
    tone_of(text)
    given_trailers(text)
    withdrawn_trailers(text)
    cover_trailers(text)
    read_mailmap(text)
    message_trailers(text)
    in_body_headers(text)
    below_scissors(text)
    older_revisions(text)
    commit_message(text)
    message_id_of(text)
    unquote_path(text)


@given(TEXT)
def test_nothing_unsafe_is_visible(text: str) -> None:
    storable(text).encode()
    assert "\x1b" not in visible(text)
    line = visible_line(text)
    assert "\n" not in line
    assert visible_line(line) == line
    json.dumps(storable(line)).encode()


@given(
    TEXT | st.lists(TEXT | st.sampled_from(['"', "<", ">", ",", "(", ";", ":", "a@b"])).map("".join)
)
def test_address_lists(value: str) -> None:
    people = parse_people(value, limit=5)
    assert len(people) <= 5
    for person in people:
        without_via(person.name)
    parse_person(value)


@given(st.binary(max_size=40), TEXT | st.sampled_from(["gbk", "utf-7", "utf-16", "idna", "hz"]))
def test_charsets(data: bytes, charset: str) -> None:
    text, _ = decode(data, charset)
    storable(text).encode()


@given(
    TEXT
    | st.lists(st.sampled_from(["=?utf-8?q?", "=?x?b?", "AA==", "?=", " ", "=E9"])).map("".join)
)
def test_encoded_words(value: str) -> None:
    assert "\n" not in decode_words(value)
