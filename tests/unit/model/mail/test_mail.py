# SPDX-License-Identifier: GPL-2.0-or-later
"""MIME trees: which part speaks, what is attached, and what is odd."""

from __future__ import annotations

from base64 import b64encode

import pytest

from maintainer_kit.model.mail.mail import Mail, read_mail
from tests.build import edit

HEAD = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"


def part(content_type: str, body: str, *headers: str) -> str:
    """One part of a multipart body."""
    head = "".join(f"{line}\n" for line in headers)
    return f"--cut\nContent-Type: {content_type}\n{head}\n{body}\n"


def tree(subtype: str, *parts: str) -> Mail:
    """A multipart mail."""
    head = HEAD + f'Content-Type: multipart/{subtype}; boundary="cut"\n\n'.encode()
    return read_mail(head + "".join(parts).encode() + b"--cut--\n")


def single(headers: str, body: bytes) -> Mail:
    """A mail of one part."""
    return read_mail(HEAD + headers.encode() + b"\n" + body)


def test_plain_mail_has_nothing_odd() -> None:
    mail = single("", b"Hello\n")
    assert (mail.text, mail.unjoined, mail.attachments, mail.oddities) == ("Hello\n", "", (), ())


def test_headers() -> None:
    mail = read_mail(b"To: a@b\nX: 1\nto: =?utf-8?q?=C3=A9?= <c@d>\nX: 2\n\n")
    assert mail.header("x") == "1"
    assert mail.header("absent") == ""
    assert mail.joined_header("to") == "a@b, \u00e9 <c@d>"
    assert mail.raw_header("x") == "1 2"


@pytest.mark.parametrize(
    ("headers", "body", "text", "oddities"),
    [
        ("Content-Transfer-Encoding: base64\n", b64encode(b"hi\n"), "hi\n", ("base64",)),
        (
            "Content-Transfer-Encoding: QUOTED-PRINTABLE\n",
            b"na=C3=AFve =\nlong\n",
            "na\u00efve long\n",
            ("quoted-printable",),
        ),
        ('Content-Type: text/plain; charset="gbk"\n', b"\xcc\xec", "\u5929", ("charset gbk",)),
        ("Content-Type: text/plain; charset=y\n", b"text", "text", ("unknown charset y",)),
        (
            "Content-Type: text/plain; charset=utf-8\n",
            b"t\xe4xt",
            "t\udce4xt",
            ("bytes that its charset does not allow",),
        ),
        ("", b"t\xe4xt", "t\udce4xt", ("bytes that its charset does not allow",)),
        ("", b"a\r\nb\r\n", "a\nb\n", ()),
    ],
)
def test_encodings(headers: str, body: bytes, text: str, oddities: tuple[str, ...]) -> None:
    mail = single(headers, body)
    assert (mail.text, mail.oddities) == (text, oddities)


def test_flowed_is_kept_both_ways() -> None:
    mail = single("Content-Type: text/plain; format=flowed\n", b"soft \nbreak\n")
    assert (mail.text, mail.unjoined) == ("soft break\n", "soft \nbreak\n")
    assert mail.oddities == ("format=flowed",)


def test_flowed_with_delsp_is_joined_without_the_space() -> None:
    mail = single("Content-Type: text/plain; format=flowed; delsp=yes\n", b"con \ntinued\n")
    assert mail.text == "continued\n"


def test_html_beside_text() -> None:
    mail = tree("alternative", part("text/plain", "words"), part("text/html", "<p>words"))
    assert mail.text.strip() == "words"
    assert mail.oddities == ("HTML beside the text",)


def test_html_alone() -> None:
    mail = tree("mixed", part("text/html", "<p>words"))
    assert mail.text == ""
    assert "<p>words" in mail.attachments[0].text
    assert mail.oddities == ("HTML without plain text",)


def test_the_part_with_the_diff_speaks() -> None:
    mail = tree("mixed", part("text/plain", "Hello"), part("text/plain", edit()))
    assert "diff --git" in mail.text
    assert [one.text.strip() for one in mail.attachments] == ["Hello"]


def test_signed() -> None:
    signature = part("application/pgp-signature", "-----BEGIN PGP SIGNATURE-----")
    mail = tree("signed", part("text/plain", "words"), signature)
    assert mail.text.strip() == "words"
    assert mail.oddities == ("signed with PGP/MIME",)
    assert mail.attachments == ()


def test_an_attached_patch() -> None:
    attached = part("text/x-patch", edit(), "Content-Disposition: attachment; filename=a.patch")
    mail = tree("mixed", part("text/plain", "See below."), attached)
    assert mail.text.strip() == "See below."
    (found,) = mail.attachments
    assert (found.is_attachment, found.is_patch_file, found.has_diff) == (True, True, True)
    assert found.filename == "a.patch"


def test_a_patch_known_by_its_name() -> None:
    name = "Content-Disposition: attachment; filename*=utf-8''%C3%A9.diff"
    mail = tree("mixed", part("text/plain", "x"), part("application/octet-stream", edit(), name))
    (found,) = mail.attachments
    assert (found.filename, found.is_patch_file) == ("\u00e9.diff", True)


def test_a_name_in_a_charset_nobody_knows() -> None:
    name = "Content-Disposition: attachment; filename*=nonsense''a.diff"
    mail = tree("mixed", part("text/plain", "x"), part("application/octet-stream", edit(), name))
    assert mail.attachments[0].filename == "a.diff"


def test_a_patch_that_is_the_only_part() -> None:
    mail = single("Content-Type: text/x-patch\n", edit().encode())
    assert mail.text == edit()
    assert mail.oddities == ("patch in an attachment",)


def test_pictures_are_no_text() -> None:
    mail = tree("mixed", part("text/plain", "x"), part("image/png", "AAAA"))
    assert mail.attachments == ()


def test_nothing_to_read() -> None:
    assert tree("mixed", part("image/png", "AAAA")).text == ""
    assert read_mail(b"").text == ""


def test_a_mail_in_a_mail() -> None:
    inner = "From: c@d.example\nSubject: inner\n\nforwarded words\n"
    mail = tree("mixed", part("text/plain", "see"), part("message/rfc822", inner))
    assert mail.text.strip() == "see"
    assert [one.text.strip() for one in mail.attachments] == ["forwarded words"]


def test_many_parts_are_bounded() -> None:
    mail = tree("mixed", *(part("text/plain", f"p{at}") for at in range(500)))
    assert len(mail.attachments) < 250


@pytest.mark.parametrize("levels", [50, 3000])
def test_deep_trees_do_not_recurse(levels: int) -> None:
    head = HEAD
    for at in range(levels):
        head += f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n'.encode()
    mail = read_mail(head + b"Content-Type: text/plain\n\ndeep\n")
    assert mail.header("subject") == "x"
    assert mail.text.rstrip().endswith("deep")
    assert ("MIME parts nested too deeply" in mail.oddities) is (levels > 1000)
