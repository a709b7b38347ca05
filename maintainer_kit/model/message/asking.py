# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions in a reply, quoted questions that it answers, and whom it speaks to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from zlib import crc32

from maintainer_kit.model.message.reply import Passage, Reply, read_reply, unmarked

_LIMIT = 50
_NAMES = 10
_TAIL = 24
"""Letters and digits at the end of a question by which it is known again: who quotes it may have
cut its beginning, or wrapped it anew."""
_ABOVE = 2
_MARKS = ("?", "\uff1f")

_STOP = re.compile(r"[.!?:;\uff1f\u3002](?=\s)|$")

# Possessive, as a name is never half a word.
_NAME = r"[^\W\d_][\w'\u2019.-]{1,20}+"
_NAMED = rf"{_NAME}(?:(?: and | & |/|, ?(?=[A-Z])| ){_NAME}){{0,3}}"
_CALL = re.compile(
    r"(?P<greeting>(?i:hi|hello|hey|dear|good \w{3,9})[ ,]{1,2})?"
    rf"@?(?P<names>{_NAMED}) ?(?P<end>[,:!\uff0c\u2013\u2014]|-(?=\s)|(?<=-)(?=\s)|$)"
)
_NEXT = re.compile(r"[.!?)] {1,2}(?=[@\w])")
_AT_END = re.compile(rf", (?P<names>{_NAMED})\s?[?\uff1f]|(?:^|\s)@(?P<tagged>{_NAME})")
_WORD = re.compile(_NAME)
_JOINS = frozenset({"and", "or"})
_NOT_NAMES = """
actually afaik again agreed ah all also alternatively although and another any anyway
applied as basically besides best btw but by cc changes cheers code currently date everyone
finally first firstly fixed fixes folks for from further fwiw fyi greetings guys hello hence
hi hm hmm hmmm how however if imho imo in indeed instead iow iows it kind lastly lgtm maybe
meanwhile moreover nit no nope not note now obviously oh ok okay on or otherwise patch
patches perhaps please really regards reply right same second secondly see sent since so
sorry still subject sure thank thanks that the then there therefore this though thus to
ultimately unfortunately v1 v2 v3 well what when why with yeah yep yes you your
"""
_NO_NAMES = frozenset(_NOT_NAMES.split())


@dataclass(frozen=True, slots=True)
class Asking:
    """Fields of ``Message`` by the same names."""

    asks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


def read_asking(text: str) -> Asking:
    """What the text of a reply asks and answers."""
    reply = read_reply(text)
    if "?" not in text and "\uff1f" not in text:
        return Asking(called=_called(reply, asks=False))
    asks = _digests(question for lines in reply.said for question in questions(lines))
    answers = _digests(_answered(reply.passages))
    return Asking(asks, answers, _called(reply, asks=bool(asks)))


def questions(lines: Sequence[str]) -> Iterator[str]:
    """The sentences that ask something, each from its beginning, or from two lines above its
    question mark."""
    start = 0
    for at, line in enumerate(lines):
        if ("?" not in line and "\uff1f" not in line) or is_code(line):
            continue
        for above in range(max(start, at - _ABOVE), at):
            if not lines[above] or is_code(lines[above]):
                start = above + 1
        joined = " ".join(lines[max(start, at - _ABOVE) : at + 1])
        here = len(joined) - len(line)
        yield from _sentences(joined, here)


def _sentences(text: str, here: int) -> Iterator[str]:
    """The questions of ``text`` that end at ``here`` or later."""
    start = 0
    for end in _STOP.finditer(text):
        sentence = text[start : end.end()].strip()
        start = end.end()
        if start > here and sentence[-1:] in _MARKS and any(map(str.isalpha, sentence[-40:])):
            yield sentence


def is_code(line: str) -> bool:
    """Whether a line is part of a diff, or of C: a question mark in it asks nothing."""
    if line[-1] in ";{" or line[0] in "})":
        return True
    if line[0] in "-+":
        return not (line[1:2] == " " and line[2:3].isalpha())
    return line.startswith(("@@ ", "diff --git ")) or (" : " in line and "?" in line)


def _answered(passages: Sequence[Passage]) -> Iterator[str]:
    """Quoted questions below which the writer says something."""
    for above, below in pairwise(passages):
        if above.is_quote and not below.is_quote and any(below.raw):
            yield from questions(_near_questions(above.raw))


def _near_questions(quoted: Sequence[str]) -> Sequence[str]:
    """Quoted lines without marks: those that ask and the few above each; blank ones for the rest,
    at which nobody looks."""
    asking = [at for at, line in enumerate(quoted) if "?" in line or "\uff1f" in line]
    lines = [""] * len(quoted)
    for end in asking:
        for at in range(max(0, end - _ABOVE), end + 1):
            lines[at] = unmarked(quoted[at])
    return lines if asking else ()


def _digests(found: Iterable[str]) -> tuple[str, ...]:
    digests: dict[str, None] = {}
    for sentence in found:
        letters = "".join(filter(str.isalnum, sentence.lower()))[-_TAIL:]
        digests[f"{crc32(letters.encode('utf-8', 'surrogatepass')):08x}"] = None
        if len(digests) == _LIMIT:
            break
    return tuple(digests)


def _called(reply: Reply, *, asks: bool) -> tuple[str, ...]:
    """Names in lower case that stand where one speaks to somebody.

    A greeting (``Hi Robin,``) counts only above a question: else it is but polite.
    """
    own = (line for lines in reply.said for line in lines if line)
    found = dict.fromkeys(name for line in own for name in _called_in(line, asks))
    return tuple(found)[:_NAMES]


def _called_in(line: str, asks: bool) -> Iterator[str]:
    starts = [0]
    if ". " in line or "? " in line or "! " in line or ") " in line:
        starts.extend(match.end() for match in islice(_NEXT.finditer(line), _NAMES))
    for at in starts:
        if not (line[at].isupper() or line[at] in "@hd"):
            continue
        match = _CALL.match(line, at)
        # A name alone on its line is of one who signs, if nobody greets him.
        if match and (asks if match["greeting"] else match["end"] or match.end() < len(line)):
            yield from _names(match["names"], bool(match["greeting"]))
    if "@" in line or "?" in line or "\uff1f" in line:
        for match in islice(_AT_END.finditer(line), _NAMES):
            yield from _names(match["names"] or match["tagged"], bool(match["tagged"]))


def _names(text: str, greeted: bool) -> Iterator[str]:
    words = [word.rstrip(".'\u2019-") for word in _WORD.findall(text)]
    words = [word for word in words if word not in _JOINS]
    # "Gao said that, ..." speaks of somebody.
    if greeted or all(word[0].isupper() for word in words):
        yield from (low for word in words if _is_name(low := word.lower()))


def _is_name(word: str) -> bool:
    return word not in _NO_NAMES and not word.endswith("-by")
