# SPDX-License-Identifier: GPL-2.0-or-later
"""What mailers do to a text: encodings, MIME, damage. Each gives headers and a body."""

from __future__ import annotations

import quopri
import textwrap
from base64 import b64encode
from collections.abc import Callable
from html import escape

from sample_mboxes.generator.ids import token

Wire = tuple[list[tuple[str, str]], bytes]
"""MIME headers, and the body as bytes."""


def plain(text: str, charset: str) -> Wire:
    """8bit in the charset, or no MIME at all where ASCII is enough."""
    if text.isascii() and charset == "utf-8":
        return [], text.encode()
    raw = text.encode(charset)
    encoding = "7bit" if raw.isascii() else "8bit"
    return _mime(f"text/plain; charset={charset}", encoding), raw


def _mime(content_type: str, encoding: str = "") -> list[tuple[str, str]]:
    headers = [("MIME-Version", "1.0"), ("Content-Type", content_type)]
    return headers + ([("Content-Transfer-Encoding", encoding)] if encoding else [])


def _lines64(raw: bytes) -> bytes:
    text = b64encode(raw).decode()
    return "".join(f"{text[at : at + 76]}\n" for at in range(0, len(text), 76)).encode()


def base64(text: str, charset: str) -> Wire:
    """Base64."""
    return _mime(f'text/plain; charset="{charset}"', "base64"), _lines64(text.encode(charset))


def quoted_printable(text: str, charset: str) -> Wire:
    """Quoted-printable, with soft line breaks."""
    raw = quopri.encodestring(text.encode(charset))
    return _mime(f'text/plain; charset="{charset}"', "quoted-printable"), raw


def flowed(text: str, charset: str) -> Wire:
    """format=flowed: lines space-stuffed, long ones softly broken (RFC 3676)."""
    lines = []
    for line in text.split("\n"):
        stuffed = f" {line}" if line[:1] in (" ", ">") or line.startswith("From ") else line
        while len(stuffed) > 72 and " " in stuffed[40:72]:
            at = stuffed.rindex(" ", 40, 72) + 1
            lines.append(stuffed[:at])
            stuffed = stuffed[at:]
        lines.append(stuffed if stuffed == "-- " else stuffed.rstrip(" "))
    body = "\n".join(lines)
    return _mime(f"text/plain; charset={charset}; format=flowed", "8bit"), body.encode(charset)


def wrapped(text: str, charset: str) -> Wire:
    """Damage: long lines wrapped as prose is."""
    lines = [part for line in text.split("\n") for part in _wrap(line)]
    return plain("\n".join(lines), charset)


def _wrap(line: str) -> list[str]:
    if len(line.expandtabs()) <= 68:
        return [line]
    return textwrap.wrap(line, 66, expand_tabs=False, drop_whitespace=True) or [line]


def spaces(text: str, charset: str) -> Wire:
    """Damage: tabs turned to spaces."""
    return plain(text.expandtabs(8), charset)


def html(text: str, charset: str) -> Wire:
    """multipart/alternative: the text, and the same as HTML."""
    paragraphs = escape(text, quote=False).replace("\n", "<br>\n")
    page = f'<html><body><div dir="ltr"><font size="2">{paragraphs}</font></div></body></html>\n'
    return _multipart(
        "alternative",
        "",
        text,
        [
            ("text/plain; charset=" + charset, [], text.encode(charset)),
            ("text/html; charset=" + charset, [], page.encode(charset)),
        ],
    )


def attached(text: str, charset: str) -> Wire:
    """A few words, and the patch attached as text/x-patch."""
    words, _, patch = text.partition("\n-- attachment --\n")
    name = "0001-" + token(patch, 6) + ".patch"
    extra = [("Content-Disposition", f'attachment; filename="{name}"')]
    return _multipart(
        "mixed",
        "",
        text,
        [
            (f"text/plain; charset={charset}", [], f"{words}\n".encode(charset)),
            (f'text/x-patch; charset={charset}; name="{name}"', extra, patch.encode(charset)),
        ],
    )


def signed(text: str, charset: str) -> Wire:
    """multipart/signed with a signature that is made up and verifies nowhere."""
    made_up = _lines64(bytes.fromhex(token(text, 64) * 9))[:-1].decode()
    signature = f"-----BEGIN PGP SIGNATURE-----\n\n{made_up}\n=AbCd\n-----END PGP SIGNATURE-----\n"
    extra = [("Content-Description", "OpenPGP digital signature")]
    return _multipart(
        "signed",
        '; micalg=pgp-sha512;\n protocol="application/pgp-signature"',
        text,
        [
            (f"text/plain; charset={charset}", [], text.encode(charset)),
            ('application/pgp-signature; name="signature.asc"', extra, signature.encode()),
        ],
    )


def bogus_charset(text: str, charset: str) -> Wire:
    """A charset that nobody knows, over bytes of iso-8859-1."""
    return _mime("text/plain; charset=x-mac-nordic", "8bit"), text.encode("iso-8859-1")


def undeclared(text: str, charset: str) -> Wire:
    """Bytes above 127 and not a word on what they are."""
    return [], text.encode(charset)


def _multipart(
    kind: str, more: str, seed: str, parts: list[tuple[str, list[tuple[str, str]], bytes]]
) -> Wire:
    mark = f"=_{token(seed, 24)}"
    out = b""
    for content_type, extra, body in parts:
        fields = [("Content-Type", content_type), ("Content-Transfer-Encoding", "8bit"), *extra]
        head = "".join(f"{name}: {value}\n" for name, value in fields)
        out += f"--{mark}\n{head}\n".encode() + body + b"\n"
    out += f"--{mark}--\n".encode()
    return _mime(f'multipart/{kind}{more};\n boundary="{mark}"'), out


TRANSFORMS: dict[str, Callable[[str, str], Wire]] = {
    "plain": plain,
    "base64": base64,
    "qp": quoted_printable,
    "flowed": flowed,
    "wrapped": wrapped,
    "spaces": spaces,
    "html": html,
    "attached": attached,
    "signed": signed,
    "bogus": bogus_charset,
    "undeclared": undeclared,
}
"""By the name that `as=` gives in a script."""
