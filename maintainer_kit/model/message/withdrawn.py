# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that a reply takes back: "please drop my Reviewed-by", "I have to withdraw my ack"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.giver import mended_value
from maintainer_kit.model.message.reply import read_reply
from maintainer_kit.model.message.trailer import NACK, Trailer

_TAG = (
    r"(?P<tag>(?:reviewed|acked|tested|nacked)[ -]by(?:[ -]tags?)?|r[-/]?b|rvb|a[-/]b|t[-/]b"
    r"|n?acks?|naks?|tags?|trailers?|review tags?)(?![\w-])"
)
_MY = ("my ", "My ", "my\n")
_VERBS = ("ithdraw", "etract", "evok")
_TAGGED = re.compile(
    r"\s{0,20}(?:\w{1,20}\s{1,20}){0,2}?"
    r"(?:reviewed|acked|tested|n?ack|nak|r[-/]?b|rvb|[at][-/]b|tag|trailer|review)",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"(?:my|the|this|that) (?:(?:own|previous|earlier|old|former|above|existing|given) ){0,2}"
    + _TAG
)
_TAKES = (
    r"(?:withdraw(?:ing)?|withdrew|retract(?:ing|ed)?|revok(?:e|ing|ed)|rescind(?:ing|ed)?"
    r"|tak(?:e|ing) back)"
)
_DROPS = (
    r"(?:drop(?:ping)?|remov(?:e|ing)|discard(?:ing)?|ignor(?:e|ing)|disregard|cancel(?:ling)?"
    r"|delete|strip|scratch|replac(?:e|ing)|upgrad(?:e|ing)|chang(?:e|ing)|turn(?:ing)?"
    r"|convert(?:ing)?|don'?t (?:add|apply|take|use|pick up|carry)"
    r"|do not (?:add|apply|take|use|pick up|carry))"
)
_BEFORE = re.compile(rf"\b(?P<verb>{_TAKES}|{_DROPS}|instead of)(?: (?:also|now|please|all|of))* $")
_TAKE = re.compile(r"\b(?:take|taking|pull|pulling) $")
_AFTER = re.compile(
    r"(?:s? (?:no longer|does not|doesn'?t|do not|don'?t) (?:holds?|appl(?:y|ies)|stands?|counts?)"
    r"|(?: \w+){0,2} (?:is|are) (?:hereby |now )?(?:withdrawn|retracted|revoked|void)"
    r"|(?: \w+){0,2} (?:should|must|has to|needs to|have to) be (?:dropped|removed|withdrawn))\b"
)
_BACK = re.compile(r"(?: for now)? back\b")
_NOT = re.compile(r"\b(?:not|never|no|without|why|rather|did|they|he|she|already)\b|n't\b")
_CONDITION = re.compile(r"\b(?:if|unless|feel free|may|might|once)\b")
_CLAUSE = re.compile(r"[,:;]| but | so | and | because ")
_ASKS = re.compile(r"\b(?:please|could|can|would|kindly)\b")
_STOPS = (". ", "! ", "? ")
_PERSON = re.compile(
    r":? ?((?:[^:<>@]{1,60})?<[^<>@\s]{1,100}@[^<>@\s]{1,200}>|\S{1,100}@\S{1,200})"
)
_REACH = 200
_MAX_MATCHES = 200
_LIMIT = 20


def withdrawn_trailers(text: str, sender: Person = NOBODY) -> tuple[Trailer, ...]:
    """Trailers that a reply takes back: the value is empty where only the name is said, and the
    name where it says "my tags"."""
    own = read_reply(text).own
    if not is_candidate("\n".join(own)):
        return ()
    said = " ".join(" ".join(line.split()) or ". " for line in own)
    return tuple(dict.fromkeys(_found(said, sender)))[:_LIMIT]


def is_candidate(text: str) -> bool:
    """Whether a text may take anything back: cheap, and right when it says no."""
    for word in _MY:
        at = text.find(word)
        while at >= 0:
            if _TAGGED.match(text, at + 3):
                return True
            at = text.find(word, at + 3)
    return any(verb in text for verb in _VERBS)


def _found(said: str, sender: Person) -> Iterator[Trailer]:
    low = said.lower()
    if len(low) != len(said):  # a letter that has no single small one
        said = low
    for match in islice(_MINE.finditer(low), _MAX_MATCHES):
        before = low[max(0, match.start() - _REACH) : match.start()]
        before = before[max(before.rfind(stop) for stop in _STOPS) + 1 :]
        after = low[match.end() : match.end() + _REACH] + ". "
        after = after[: min(at for stop in _STOPS if (at := after.find(stop)) >= 0) + 1]
        if _takes_back(match[0], before, after):
            person = _PERSON.match(said, match.end())
            value = mended_value(person[1], sender) if person else ""
            yield Trailer(_name(match["tag"]), value)


def _takes_back(mine: str, before: str, after: str) -> bool:
    """Whether a sentence takes back the tag that it names as the writer's."""
    if after.endswith("?") and not _ASKS.search(before):
        return False
    if _CONDITION.search(before) or _CONDITION.search(after):
        return False
    verb = _BEFORE.search(before)
    if verb is None and _BACK.match(after):
        verb = _TAKE.search(before)
    if verb is None:
        return mine.startswith("my ") and _AFTER.match(after) is not None
    if not mine.startswith("my ") and not re.match(_TAKES, verb[0]):
        return False
    return not _NOT.search(_CLAUSE.split(before[: verb.start()])[-1])


def _name(tag: str) -> str:
    """The trailer that a word for it means; empty for a word that means any."""
    if tag.startswith(("tag", "trailer", "review tag")):
        return ""
    return {"r": "Reviewed-by", "a": "Acked-by", "t": "Tested-by"}.get(tag[0], NACK)
