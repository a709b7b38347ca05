# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply as lines that are quoted and stretches of what its writer says below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.quoting import is_signature, ruled_words

_MARKS = re.compile(r"(?: ?>)+ ?")
_BARS = re.compile(r"\|(?: |$|(?=[-+@\t]))")
_TRAILER = re.compile(r"^[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by: \S|^(?:Fixes|Closes|Link|Cc): \S")
_CLOSING = re.compile(
    r"(?i)^(?:many |kind |best |with |warm )?(?:thanks|thank you|thx|regards|cheers|best|br|"
    r"greetings|yours|sincerely|thanx)\b"
)
_GREETING = re.compile(r"^(?:hi|hello|hey|dear)\b", re.IGNORECASE)
_WHEN = re.compile(r"@|\b\d{4}\b|\b\d\d?:\d\d\b")
_VERB = re.compile(r"\b(?:wrote|writes|said|schrieb|skrev|schreef)\b")
_TRIMS = frozenset({"", "snip", "snipped", "cut", "skip", "skipped", "trim", "trimmed", "omitted"})
_SHORT = 60
_MAX_LINES = 500_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply."""

    quoted: bool
    text: str
    """Without the marks of quotes, however deep."""
    shown: str
    """Without the outermost mark."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted lines, and what is said below them: lines of the reply, counted from 0."""

    quoted: range
    """Empty for what stands at the top. Lines that are not quoted in it are blank."""
    said: range


def read_lines(text: str) -> list[Line]:
    """The lines of a reply, up to its signature or the mail that it holds without quote marks."""
    raw = text.split("\n", _MAX_LINES)[:_MAX_LINES]
    # "|" is how some quote, and how others draw a table: it counts where nobody quotes by ">".
    signs = (">", " >") if any(line.startswith((">", " >")) for line in raw) else ("|",)
    pattern = _BARS if signs == ("|",) else _MARKS
    last_quote = max((at for at, line in enumerate(raw) if line.startswith(signs)), default=-1)
    found: list[Line] = []
    for at, line in enumerate(raw):
        # Another mail often stands below such a line without quote marks.
        is_rule = line.startswith("----") and ruled_words(line) != ""
        if (is_rule and at > last_quote) or (line[:1] in ("-", "_") and is_signature(line)):
            break
        marks = pattern.match(line) if line.startswith(signs) else None
        if marks is None:
            found.append(Line(False, "", "") if is_rule else Line(False, line, line))
            continue
        once = line.lstrip()[1:]
        found.append(Line(True, line[marks.end() :], once.removeprefix(" ")))
    return found


def says_nothing(line: str) -> bool:
    """Whether a line is blank, or merely tells that a quote was cut short."""
    return len(line) < _SHORT and line.strip(" \t.[](){}<>*_=~-\u2026").lower() in _TRIMS


def split_stretches(lines: Sequence[Line], quoted: Sequence[bool]) -> list[Stretch]:
    """Part the lines of a reply: a stretch begins where a quote follows what somebody said.

    ``quoted`` tells for each line whether it is quoted, marked as such or not.
    """
    found: list[Stretch] = []
    start = said = 0
    speaks = False
    for at, is_quoted in enumerate(quoted):
        if is_quoted and speaks:
            found.append(Stretch(range(start, said), range(said, at)))
            start, speaks = at, False
        if not is_quoted and not speaks and not says_nothing(lines[at].text):
            said, speaks = at, True
    if speaks:
        found.append(Stretch(range(start, said), range(said, len(quoted))))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in a stretch."""

    text: str
    """Without trailers, greeting, closing words and the line that introduces the next quote."""
    skipped: int
    """How many lines were left out before it."""
    is_verdict: bool
    """A trailer stands by it, and next to nothing else: it speaks of the patch as a whole."""


def own_words(lines: Sequence[str], *, before_quote: bool) -> Words:
    """What is left of the lines of a stretch that say something to the reader."""
    given = [bool(_TRAILER.match(line)) for line in lines]
    kept = [
        "" if is_trailer else line.rstrip() for line, is_trailer in zip(lines, given, strict=True)
    ]
    if before_quote:
        while kept and says_nothing(kept[-1]):
            kept.pop()
        _drop_introduction(kept)
    _drop_closing(kept)
    first = _first_word(kept)
    text = "\n".join(kept[first:]).rstrip()
    if all(map(says_nothing, kept[first:])):
        text = ""
    is_short = len(text) < _SHORT and "\n" not in text and "?" not in text
    return Words(text, first, any(given) and is_short)


def _first_word(lines: Sequence[str]) -> int:
    """The first line that is neither blank, a greeting, nor the introduction of a quote that was
    left out altogether."""
    at = 0
    while at < len(lines) and (not lines[at] or _is_greeting(lines[at]) or _is_intro(lines[at])):
        at += 1
    return at


def _is_intro(line: str) -> bool:
    return line.endswith((" wrote:", " writes:", "schrieb:")) and bool(_WHEN.search(line[:500]))


def _is_greeting(line: str) -> bool:
    return len(line) < _SHORT and bool(_GREETING.match(line)) and line[-1] in ",!.:\uff0c\uff01"


def _last_filled(lines: Sequence[str], most: int) -> list[int]:
    """The last lines that are not blank, the lowest first."""
    found: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        if lines[at]:
            found.append(at)
            if len(found) == most:
                break
    return found


def _drop_introduction(lines: list[str]) -> None:
    """``On Monday Bo Reviewer wrote:`` in any language: it ends in a colon and holds an address,
    a time or the verb, perhaps broken into lines."""
    last = _last_filled(lines, 3)
    if not last or lines[last[0]][-1] not in ":\uff1a":
        return
    start = len(lines)
    for at in last:
        if at < last[0] and not lines[at + 1]:
            break
        if _WHEN.search(lines[at][:500]) or _VERB.search(lines[at][:500]):
            start = at
        elif at < last[0]:
            break
    del lines[start:]


def _drop_closing(lines: list[str]) -> None:
    """``Thanks,`` with a name below, or a name alone in the last paragraph."""
    last = _last_filled(lines, 3)
    for at in last:
        words = len(lines[at].split())
        if words <= 4 and _CLOSING.match(lines[at].lstrip()) and not lines[at].endswith("?"):
            del lines[at:]
            return
        if words > 3:
            break
    if len(last) > 1 and last[1] < last[0] - 1 and _is_name(lines[last[0]]):
        del lines[last[0] :]


def _is_name(line: str) -> bool:
    words = line.strip("-~/. \t").split()
    is_signed = line.lstrip()[:1] in "-~/" and len(words) == 1
    return is_signed or (
        len(words) <= 2 and all(word[:1].isupper() and word.isalpha() for word in words)
    )
