# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that a reply gives, mended where a mailer or a hurried writer broke them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.giver import mended_value
from maintainer_kit.model.message.reply import read_reply
from maintainer_kit.model.message.trailer import NACK, Trailer, canonical

_ENDS = ("by:", "By:", "BY:", "by :", "by\xa0:")
_BEFORE = re.compile(r"[ \t\xa0*_]{0,60}[A-Za-z]{2,20}[A-Za-z -]{0,50}$")
_LINE = re.compile(
    r"[ \t\xa0]*[*_]{0,2}"
    r"((?:[A-Za-z]{2,20}-{1,2}){1,6}by"
    r"|(?:reviewed|acked|tested|nacked)(?:[ -](?:and|&)[ -](?:reviewed|acked|tested))?[ -]by)"
    r"[*_]{0,2}[ \t\xa0]{0,3}:[*_]{0,2}(.*)$",
    re.IGNORECASE,
)
_SPELT = {"review": "reviewed", "reviewd": "reviewed", "reviwed": "reviewed", "ack": "acked"}
_SPELT |= {"test": "tested", "nack": "nacked", "nak": "nacked", "naked": "nacked", "&": "and"}
_ADDRESS_LINE = re.compile(r"[^:<>@]{0,60}<?[^\s<>@]{1,100}@[^\s<>@]{1,200}>?[ \t.,]*$")
_OFFERS = re.compile(
    r"\b(?:add|include)\b[^.\n]{0,80}\s(?:following|this|these) (?:tag|trailer|line)"
)
_FULL_LINE = 72
"""A line that its next word would have made longer than this was broken by a mailer."""
_LIMIT = 400


def is_candidate(text: str) -> bool:
    """Whether a line that is not quoted may be a trailer: cheap, and right when it says no."""
    for end in _ENDS:
        at = text.find(end)
        while at >= 0:
            start = text.rfind("\n", max(0, at - 130), at) + 1
            if at - start < 130 and _BEFORE.match(text, start, at + 2):
                return True
            at = text.find(end, at + 3)
    return False


def given_trailers(text: str, sender: Person = NOBODY) -> tuple[Trailer, ...]:
    """Trailers that a reply of ``sender`` gives: on lines of their own, not quoted, not in a diff,
    above a signature. One that names a person by the sender's name alone gets his address."""
    own = read_reply(text).own
    if not is_candidate("\n".join(own)):
        return ()
    return tuple(dict.fromkeys(_found(own, sender)))[:_LIMIT]


def bot_trailers(text: str, sender: Person = NOBODY) -> tuple[Trailer, ...]:
    """What a bot gives to the patch that it answers: that it was tested. "If you fix this, please
    add the following tag" speaks of another patch, and so does Reported-by."""
    low = text.lower()
    if "tested" not in low and "test-" not in low:
        return ()
    found = tuple(one for one in given_trailers(text, sender) if "Tested-by" in one.reviews)
    return () if found and _OFFERS.search(text) else found


def _found(lines: Sequence[str], sender: Person) -> Iterator[Trailer]:
    for at, line in enumerate(lines):
        match = _LINE.match(line[:1000]) if line else None
        if match:
            below = lines[at + 1] if at + 1 < len(lines) else ""
            if value := mended_value(_whole(line, match[2], below), sender):
                yield Trailer(spelt(match[1]), value)


def spelt(name: str) -> str:
    """A trailer's name as it is usually spelt: ``Reviewed by`` and ``reviewd-By`` as
    ``Reviewed-by``."""
    words = [word for word in re.split(r"[ -]+", name.lower()) if word]
    found = canonical("-".join(_SPELT.get(word, word) for word in words))
    return NACK if found == "Naked-by" else found


def _whole(line: str, value: str, below: str) -> str:
    """The value with what a mailer put on the next line."""
    words = below.split()
    if not words or _LINE.match(below[:200]):
        return value
    if "@" not in value:
        return f"{value} {below}" if _ADDRESS_LINE.match(below[:400]) else value
    if "<" in value and ">" not in value and ">" in words[0]:
        return value.rstrip() + below.strip()
    has_suffix = any(mark in value for mark in ("#", "(", "["))
    is_broken = len(line) + len(words[0]) >= _FULL_LINE and below[:1] not in " \t"
    return f"{value} {below}" if has_suffix and is_broken else value
