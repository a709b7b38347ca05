# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a mail to text, whatever the mail says of its charset."""

from __future__ import annotations

import codecs
from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern

_PLAIN = frozenset({"us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", ""})
# What mailers call a charset when they mean its superset (WHATWG Encoding, "names and labels").
_SUPERSET = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-2022-jp": "iso2022_jp_2",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
}
# Codecs that Python calls encodings but that no mail may choose: they turn bytes into bytes,
# evaluate escapes, or are slow on purpose-made input.
_NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


def is_plain(charset: str) -> bool:
    """Whether ``charset`` is ASCII or UTF-8, under any of their names."""
    return charset.lower() in _PLAIN


def lookup(charset: str) -> str | None:
    """The Python codec for a charset label, None when there is none that gives text."""
    label = charset.lower().strip()
    try:
        info = codecs.lookup(_SUPERSET.get(label, label))
    except (LookupError, ValueError):
        return None
    if info.name.replace("-", "_") in _NOT_TEXT or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def decode(data: bytes, charset: str) -> tuple[str, bool]:
    """Text of ``data``, and whether the label ``charset`` served it.

    What the label does not cover is read as UTF-8, with undecodable bytes kept as lone
    surrogates, so that nothing is lost to hashing.
    """
    if is_plain(charset):
        try:
            return data.decode("utf-8"), True
        except UnicodeDecodeError:
            return data.decode("utf-8", "surrogateescape"), False
    codec = lookup(charset)
    if codec is None:
        return data.decode("utf-8", "surrogateescape"), False
    try:
        text, good = data.decode(codec), True
    except (UnicodeDecodeError, ValueError):
        text, good = data.decode(codec, "replace"), False
    if codec == "utf-7":
        # The one codec that makes halves of characters, which nothing can encode again.
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text, good = whole, good and whole == text
    return text, good


# A To: of 500 people is 15,000 characters; the standard library's decoder is quadratic.
_MAX_HEADER = 40000
_SPLIT_WORDS = lazy_pattern(r"(=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)\s+(?==\?)")


def decode_words(value: str) -> str:
    """Decode RFC 2047 encoded words and fold lines; raw 8-bit header text is read as UTF-8."""
    value = value[:_MAX_HEADER]
    if value.isascii() and "=?" not in value:
        return " ".join(value.split())
    return _decode_words(value)


@lru_cache(maxsize=1024)
def _decode_words(value: str) -> str:
    """The slow way. The same names stand in many mails, and each is asked for more than once."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    value = _SPLIT_WORDS.sub(r"\1 ", value.replace("\r", "").replace("\n", ""))
    try:
        chunks = decode_header(value) if "=?" in value else [(value, None)]
    except (HeaderParseError, ValueError):  # a truncated base64 word: show it as it came
        return " ".join(value.split())
    text = "".join(
        chunk if isinstance(chunk, str) else decode(chunk, charset or "utf-8")[0]
        for chunk, charset in chunks
    )
    return " ".join(text.split())
