# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes to text: charsets that lie, that nobody knows, and that no mail may choose."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.charset import decode, decode_words, is_plain, lookup


@pytest.mark.parametrize(
    ("data", "charset", "text", "good"),
    [
        (b"plain", "", "plain", True),
        ("na\u00efve".encode(), "UTF-8", "na\u00efve", True),
        ("na\u00efve".encode(), "us-ascii", "na\u00efve", True),
        (b"na\xefve", "utf-8", "na\udcefve", False),
        (b"na\xefve", "iso-8859-1", "na\u00efve", True),
        (b"\x93quoted\x94", "ISO-8859-1", "\u201cquoted\u201d", True),
        ("\u5929".encode("gb18030"), "gb2312", "\u5929", True),
        ("\u00a4 \U00020000".encode("gb18030"), "gbk", "\u00a4 \U00020000", True),
        ("\u0434\u0430".encode("koi8-r"), "koi8-r", "\u0434\u0430", True),
        ("\u7532".encode("iso-2022-jp"), "iso-2022-jp", "\u7532", True),
        (b"\xff\xff", "gb2312", "\ufffd\ufffd", False),
        (b"text", "y", "text", False),
        (b"t\xe4xt", "8bit", "t\udce4xt", False),
        (b"+WSk-", "utf-7", "\u5929", True),
        (b"half +2AA-", "utf-7", "half \ufffd", False),
    ],
)
def test_decode(data: bytes, charset: str, text: str, good: bool) -> None:
    assert decode(data, charset) == (text, good)


@pytest.mark.parametrize("charset", ["base64", "rot13", "hex", "zlib", "idna", "punycode"])
def test_codecs_that_give_no_text_are_unknown(charset: str) -> None:
    assert lookup(charset) is None


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "undefined"])
def test_codecs_that_evaluate_are_unknown(charset: str) -> None:
    assert lookup(charset) is None
    assert decode(b"\\x41", charset) == ("\\x41", False)


@pytest.mark.parametrize("charset", ["x" * 5000, "a\0b", "\udcff", "", " "])
def test_labels_that_are_no_names(charset: str) -> None:
    assert lookup(charset) is None
    assert decode(b"text", charset)[0] == "text"


def test_plain_names() -> None:
    assert is_plain("US-ASCII") and is_plain("utf8") and not is_plain("latin-1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain  text", "plain text"),
        ("folded\r\n line", "folded line"),
        ("=?utf-8?q?L=C3=A9o?= Marchand", "L\u00e9o Marchand"),
        ("=?utf-8?b?5p6X5qKF?=", "\u6797\u6885"),
        ("=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo"),
        ("=?utf-8?q?one_?=\n =?utf-8?q?two?=", "one two"),
        ("=?iso-8859-1?q?Ib=E1=F1ez?=", "Ib\u00e1\u00f1ez"),
        ("=?nonsense?q?kept=20so?=", "kept so"),
        ("L\u00e9o".encode().decode("ascii", "surrogateescape"), "L\u00e9o"),
        (b"L\xe9o".decode("ascii", "surrogateescape"), "L\ufffdo"),
        ("=?utf-8?b?broken=word?=", "=?utf-8?b?broken=word?="),
        ("a =? b", "a =? b"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decode_words(value) == text
