# SPDX-License-Identifier: GPL-2.0-or-later
"""What each term of an archive's query means here: words for notmuch, and where notmuch finds more
than was asked for, a look at the mail itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maintainer_kit.errors import Refused
from maintainer_kit.workflow.serving.copies import received
from maintainer_kit.workflow.serving.dates import Span, read_span
from maintainer_kit.workflow.serving.expression import Term

if TYPE_CHECKING:
    from maintainer_kit.model.mail.mail import Mail
    from maintainer_kit.model.message.message import Message

ALL = "*"
"""What finds all mail, in notmuch's words."""
NONE = ""
"""Stands for what finds none."""
_BARE = re.compile(r"[^\W_]+\*?")
_NAMES_FILE = re.compile(r"^(?:diff --git|---|\+\+\+) ([^\n]*)$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"(?<=\w\w\w)(?:ings?|edl?y?|er?s?|e?s|ly)$")
_OPERATORS = frozenset({"and", "or", "not", "xor", "near", "adj"})
_FIELDS = {
    "": ("",),
    "s": ("subject",),
    "f": ("from",),
    "tc": ("to",),
    "a": ("from", "to"),
    "b": ("body",),
    "bs": ("body", "subject"),
    "m": ("id",),
    "mid": ("id",),
}
"""Where notmuch looks for each: ``to`` is To, Cc and Bcc for it."""
KNOWN = (*_FIELDS, "t", "c", "l", "d", "dt", "rt", "dfn", "nq", "patchid", "changeid")


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail that a query looks into."""

    message: Message
    mail: Mail


@dataclass(frozen=True, slots=True)
class Indexed:
    """What notmuch's index answers alone."""

    words: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What takes a look at each mail that notmuch finds by ``words``."""

    words: str
    holds: Callable[[Opened], bool]


@dataclass(frozen=True, slots=True)
class Listed:
    """What the catalogue answers: mails of a ``list`` or with a ``patch`` id."""

    what: str
    value: str


Meaning = Indexed | Looked | Listed


def meaning_of(term: Term, now: int) -> Meaning:
    """What a term asks for; raises Refused for a field that is not known here."""
    prefix, value = term.prefix, term.value
    if prefix in _FIELDS:
        return Indexed(_anywhere(_FIELDS[prefix], term))
    if prefix in ("d", "dt"):
        return Indexed(_dated(read_span(value, now)))
    if prefix == "l":
        return Listed("list", value.lower().strip("<>").replace("@", "."))
    if prefix == "patchid":
        return Listed("patch", value.lower())
    if prefix == "rt":
        span = read_span(value, now)
        return Looked(ALL, lambda opened: _within(span, _came(opened)))
    if prefix in _LOOKS:
        return _LOOKS[prefix](term)
    raise Refused(
        f"{prefix}: is not known here", f"of the prefixes these are: {' '.join(KNOWN[1:])}"
    )


def quoted(text: str) -> str:
    """A value for notmuch in quotes."""
    return '"' + text.replace('"', '""') + '"'


def _anywhere(fields: tuple[str, ...], term: Term) -> str:
    if not _WORD.search(term.value) and fields != ("id",):
        raise Refused(f"{term.value!r} holds no word", "give a word of letters or digits")
    value = term.value
    if not term.is_phrase and _BARE.fullmatch(value) and value.lower() not in _OPERATORS:
        spelt = value
    elif fields == ("id",):
        spelt = quoted(value.strip("<>"))
    else:
        spelt = quoted(value)
    found = [f"{field}:{spelt}" if field else spelt for field in fields]
    return found[0] if len(found) == 1 else f"({' or '.join(found)})"


def _dated(span: Span) -> str:
    low, high = (("" if one is None else f"@{one}") for one in span)
    return f"date:{low}..{high}" if low or high else ALL


def _within(span: Span, moment: int) -> bool:
    low, high = span
    return (low is None or low <= moment) and (high is None or moment <= high)


def _came(opened: Opened) -> int:
    found = received(opened.mail.headers.get("received", ()))
    return opened.message.date if found is None else found


def _recipients(header: str) -> Callable[[Term], Meaning]:
    def meaning(term: Term) -> Meaning:
        holds = _phrase(term.value)
        return Looked(
            _anywhere(("to",), term), lambda opened: holds(opened.mail.joined_header(header))
        )

    return meaning


def _not_quoted(term: Term) -> Meaning:
    is_word = not term.is_phrase and _BARE.fullmatch(term.value) and term.value[-1] != "*"
    holds = _any_form(term.value) if is_word else _phrase(term.value)
    words = _with_attachments(_anywhere(("body",), term))
    return Looked(words, lambda opened: any(map(holds, _own_texts(opened.mail))))


def _file_name(term: Term) -> Meaning:
    holds = _phrase(term.value)

    def look(opened: Opened) -> bool:
        # Also of a diff that somebody shows in an answer.
        texts = _own_texts(opened.mail)
        return any(holds(line[1]) for text in texts for line in _NAMES_FILE.finditer(text))

    words = _anywhere(("body",), Term("", term.value, is_phrase=True))
    return Looked(_with_attachments(words), look)


def _change(term: Term) -> Meaning:
    words = _anywhere(("body",), Term("", term.value, is_phrase=True))
    return Looked(words, lambda opened: opened.message.change_id == term.value)


_LOOKS: dict[str, Callable[[Term], Meaning]] = {
    "t": _recipients("to"),
    "c": _recipients("cc"),
    "nq": _not_quoted,
    "dfn": _file_name,
    "changeid": _change,
}


def _with_attachments(words: str) -> str:
    """notmuch reads no attachments, but says which mails have some."""
    return f"({words} or tag:attachment)"


def _own_texts(mail: Mail) -> Iterator[str]:
    """The text without what is quoted."""
    for text in (mail.text, *(part.text for part in mail.attachments)):
        yield "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def _any_form(word: str) -> Callable[[str], bool]:
    """Whether a word stands in a text in any form: an index knows words by their stems."""
    wanted = _stem(word.lower())
    return lambda found: any(_stem(one) == wanted for one in set(_WORD.findall(found.lower())))


def _stem(word: str) -> str:
    """Good enough where the index has found a form of the word in the mail already."""
    return _ENDING.sub("", word)


def _phrase(text: str) -> Callable[[str], bool]:
    """Whether the words of ``text`` stand in a text one after the other, as an index sees words;
    of a last word with a star behind it only how it begins."""
    words = _WORD.findall(text.lower())
    tail = "" if text.endswith("*") else " "
    wanted = f" {' '.join(words)}{tail}"
    return lambda found: wanted in f" {' '.join(_WORD.findall(found.lower()))} "
