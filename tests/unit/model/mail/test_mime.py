# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail taken apart: whichever way was gone, it is as the standard library would have it."""

from __future__ import annotations

import time
from dataclasses import replace
from email import message_from_bytes

import pytest

from maintainer_kit.model.mail.form import Form
from maintainer_kit.model.mail.mime import Tree, read_tree

HEAD = b"From: a@b.example\nSubject: one\n two\nTo: c@d.example\nto:\t e@f.example \n"


def as_the_library_reads(raw: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and bytes of a mail that is no multipart."""
    mime = message_from_bytes(raw)
    payload = mime.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return [(name.lower(), value) for name, value in mime.raw_items()], payload


def in_order(tree: Tree) -> list[tuple[str, str]]:
    return [(name, value) for name, values in tree.headers.items() for value in values]


BODIES = (
    b"",
    b"text\n",
    b"\n\nbelow\n",
    b"t\xe4xt\r\nb\rc",
    b"From here\n",
    b"a: b\n\nc\n",
    b"=20=\n",
)
HEADS = {
    "plain": HEAD,
    "8bit": HEAD + b"X-Name: J\xf6rg \xff\n",
    "empty values": HEAD + b"Cc:\nX-Empty: \t\nX-Blank: x\n \n",
    "signs in names": HEAD + b"X!#$%&'*+.^_`|~: 1\n",
    "colons": HEAD + b"X: a: b:c\nY:z\n",
    "value in the fold": HEAD + b"References:\n <a@b>\n <c@d>\n",
    "crlf": HEAD.replace(b"\n", b"\r\n"),
    "some crlf": HEAD + b"X: y\r\n",
    "carriage return in a value": HEAD + b"X: y\rZ: 1\n",
    "carriage return alone": HEAD + b"\r",
    "no colon": HEAD + b"not a header\nX: y\n",
    "space in a name": HEAD + b"X Y: z\n",
    "8bit in a name": HEAD + b"X\xe9: z\n",
    "no name": HEAD + b": z\nX: y\n",
    "begins with a fold": b" folded\n" + HEAD,
    "begins with From": b"From a@b Mon Jan  5 09:00:00 2026\n" + HEAD,
    "From within": HEAD + b"From a@b Mon Jan  5 09:00:00 2026\nX: y\n",
    "quoted From": b">From a@b\n" + HEAD,
    "nothing": b"",
    "base64": HEAD + b"Content-Transfer-Encoding: base64\n",
    "quoted-printable": HEAD + b"Content-Transfer-Encoding: Quoted-Printable\n",
    "uuencode": HEAD + b"Content-Transfer-Encoding: x-uuencode\n",
    "two encodings": HEAD + b"Content-Transfer-Encoding: 8bit\ncontent-transfer-encoding: base64\n",
    "8bit in the encoding": HEAD + b"Content-Transfer-Encoding: base64\xe9\n",
    "unknown encoding": HEAD + b"Content-Transfer-Encoding: rot13\n",
    "no type": HEAD + b"Content-Type:\n",
    "half a type": HEAD + b"Content-Type: text\n",
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", HEADS)
def test_one_part(name: str, body: bytes) -> None:
    raw = HEADS[name] + b"\n" + body
    headers, payload = as_the_library_reads(raw)
    tree = read_tree(raw)
    assert sorted(in_order(tree)) == sorted(headers)
    assert list(tree.headers) == list(dict.fromkeys(name for name, _ in headers))
    (leaf,) = tree.leaves
    assert leaf.data() == payload


@pytest.mark.parametrize("raw", [HEAD, HEAD[:-1], b"", b"\n", b"\n\n", b"\n\nX: y\n\nz", b"\xff"])
def test_heads_without_an_end(raw: bytes) -> None:
    headers, payload = as_the_library_reads(raw)
    tree = read_tree(raw)
    assert sorted(in_order(tree)) == sorted(headers)
    assert [leaf.data() for leaf in tree.leaves] == [payload]


def form_of(*headers: str) -> Form:
    """What the only part of a mail says of itself."""
    raw = HEAD + "".join(f"{line}\n" for line in headers).encode() + b"\nx\n"
    (leaf,) = read_tree(raw).leaves
    return leaf.form


PLAIN = Form("text/plain", "", False, "", "", False, False)


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ([], PLAIN),
        (['Content-Type: TEXT/Plain; Charset="UTF-8"'], replace(PLAIN, charset="utf-8")),
        (["Content-Type: text/plain; charset='gbk'"], replace(PLAIN, charset="gbk")),
        (
            ["Content-Type: text/plain;\n format=Flowed;\n\tDelSp=Yes"],
            replace(PLAIN, is_flowed=True, deletes_space=True),
        ),
        (
            ["Content-Type: text/html; format=flowed; delsp=yes"],
            replace(PLAIN, content_type="text/html"),
        ),
        (["Content-Type: text/plain; delsp=yes"], PLAIN),
        (
            ["Content-Type: text/x-patch; name=a.patch"],
            replace(PLAIN, content_type="text/x-patch", filename="a.patch"),
        ),
        (
            [
                "Content-Disposition: ATTACHMENT; filename=b.diff",
                "Content-Type: text/plain; name=a",
            ],
            replace(PLAIN, filename="b.diff", is_attachment=True),
        ),
        (["Content-Transfer-Encoding:  Base64 "], replace(PLAIN, encoding="base64")),
        (
            ["Content-Type: text/plain; charset=a", "Content-Type: text/html"],
            replace(PLAIN, charset="a"),
        ),
    ],
)
def test_form(headers: list[str], form: Form) -> None:
    assert form_of(*headers) == form


INNER = 'Content-Type: multipart/signed; boundary="cut 2"\n\n'
PARTS = {
    "two": "--cut\n\nfirst\n--cut\nX: y\n\nsecond\n--cut--\n",
    "text around": "before\n--cut\nX: y\n\nfirst\n\n--cut--\nafter\n--cut\nno part\n",
    "no newline at the end": "--cut\nX: y\n\nfirst\n--cut--",
    "encoded": "--cut\nContent-Transfer-Encoding: base64\n\nYWJj\n--cut--\n",
    "nested": f"--cut\n{INNER}--cut 2\nX: y\n\na\n--cut 2--\n\n--cut\nX: y\n\nb\n--cut--\n",
    "inner end missing": f"--cut\n{INNER}--cut 2\nX: y\n\na\n--cut\nX: y\n\nb\n--cut--\n",
    "end missing": "--cut\nX: y\n\nfirst\n--cut\nX: y\n\nsecond\n",
    "only the end": "--cut--\n",
    "nothing": "",
    "space behind": "--cut \nX: y\n\nfirst\n--cut--\n",
    "twice": "--cut\n--cut\nX: y\n\nfirst\n--cut--\n",
    "longer lines": "--cut\nX: y\n\n--cutter\n--cut-\n--cut--x\n--cut--\n",
    "crlf": "--cut\r\nX: y\r\n\r\nfirst\r\n--cut--\r\n",
    "crlf in a part": "--cut\nX: y\n\nfirst\r\n--cut--\n",
    "no head": "--cut\nfirst\n--cut--\n",
    "mail": "--cut\nContent-Type: message/rfc822\n\nX: y\n\nfirst\n--cut--\n",
    "many": "--cut\nX: y\n\np\n" * 150 + "--cut--\n",
}


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/digest", "message/rfc822"])
@pytest.mark.parametrize("name", PARTS)
def test_parts(name: str, kind: str) -> None:
    raw = HEAD + f"Content-Type: {kind}; boundary=cut\n\n{PARTS[name]}".encode()
    mime = message_from_bytes(raw)
    theirs = [part for part in mime.walk() if not part.is_multipart()]
    found = read_tree(raw)
    assert [leaf.data() for leaf in found.leaves] == [p.get_payload(decode=True) for p in theirs]
    assert [leaf.form.content_type for leaf in found.leaves] == [
        part.get_content_type() for part in theirs
    ]
    assert "x" not in found.headers


@pytest.mark.parametrize("charset", ["a\0b", "undefined", "idna"])
def test_names_in_what_is_no_charset(charset: str) -> None:
    assert form_of(f"Content-Type: text/plain; name*={charset}''a%ff").filename
    kind = f"Content-Type: multipart/mixed; boundary*={charset}''{'a' * 99}%ff"
    tree = read_tree(f"{kind}\n\nwords\n".encode())
    (leaf,) = tree.leaves
    assert (leaf.form.content_type, leaf.data()) == ("text/plain", b"words\n")
    assert tree.oddity == "a MIME boundary in no charset"


def test_a_fold_below_a_header_without_a_value_is_kept_as_the_library_keeps_it() -> None:
    raw = b"X:\n y\n\n"
    assert read_tree(raw).headers == {"x": [message_from_bytes(raw)["x"]]}


@pytest.mark.parametrize(
    "value",
    ['text/plain; x="' + '\\";' * 100_000, "multipart/mixed; " + "a=b; " * 100_000],
    ids=["quotes", "parameters"],
)
def test_many_parameters_take_no_time(value: str) -> None:
    start = time.perf_counter()
    tree = read_tree(HEAD + f"Content-Type: {value}\n\nx\n".encode())
    assert tree.leaves[0].form.content_type in ("text/plain", "multipart/mixed")
    assert time.perf_counter() - start < 5
