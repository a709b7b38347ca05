# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reply says to whom it answers: a question, a comment, a promise, "applied"."""

from __future__ import annotations

import re

from maintainer_kit.model.message.message import Says

_SIGNATURE = re.compile(r"^(?:-- ?|_{20,})$")
_ATTRIBUTION = re.compile(
    r"(?:\bwrote|\bwrites|\bsaid|\ba \u00e9crit|\u5199\u9053|\u5beb\u9053)\s*[:\uff1a]\s*$"
    # Where the verb comes first: "Am 05.01.26 um 10:00 schrieb Bo Reviewer:".
    r"|(?:^|\s)(?:schrieb|schreef|skrev|napisa\u0142|escribi\u00f3|ha scritto)\b[^\n]*:$"
)
_GREETINGS = frozenset(
    {"hi", "hello", "hey", "dear", "thanks", "thank", "thx", "cheers", "regards"}
)
_GREETINGS |= {"best", "kind", "br", "many", "lgtm", "greetings"}
_TRAILER = re.compile(r"^[A-Za-z][A-Za-z-]*-by:\s")
_PROMISE = re.compile(
    r"(?im)(?:\b(?:i'?ll|i will|let me|i'?m going to)|(?:^|[.,;!]\s|\band |\bok |\byes )will)\s+"
    r"(?!you\b)(?:\w+\s+){0,2}?"
    r"(?:fix|send|respin|re-?send|re-?spin|update|address|change|drop|rework|do so|do that|post|"
    r"add|remove|split|rename|repost|correct|resolve)\b"
    r"|\b(?:in|for|as)\s+(?:the\s+)?(?:next\s+(?:version|revision|spin|round)|v\d+)\b"
    r"|\bv\d+ (?:is )?(?:coming|soon|on its way|tonight|tomorrow|today|this|next|at the)"
    r"|\b(?:will do|fixed in v\d+|good catch|my bad)\b"
)
_WILL_LOOK = re.compile(
    r"(?i)\b(?:i'?ll|i will|i am going to|i'?m going to|let me)\s+(?:\w+\s+){0,2}?"
    r"(?:look|review|test|try|read|have a look|take a look|get to|think|check)\b"
)
_APPLIED = re.compile(
    r"(?im)^\W*(?:(?:both|all|two|three|patch(?:es)?|series|these|are|is|now|i|have|i've)\s+){0,4}"
    r"(?:applied|queued|merged|pushed|pulled|picked up)\b"
    r"(?!\s*-?(?:on top|cleanly|against)\b)(?!.*\?)"
    r"|\bI(?:'ve| have)?\s+(?:applied|queued|merged|pushed|picked (?:this |it |them )?up)\b"
)
_MAX_LINES = 4000


def unquoted_lines(text: str) -> list[str]:
    """Lines that the writer of a reply wrote: no quotes, no attribution, no signature."""
    own: list[str] = []
    for line in text.split("\n")[:_MAX_LINES]:
        if _SIGNATURE.match(line):
            break
        stripped = line.strip()
        if not stripped or stripped[0] in ">|":
            continue
        if stripped[-1] in ":\uff1a" and _ATTRIBUTION.search(stripped[-200:]):
            continue
        if stripped.startswith("-----Original Message-----"):
            break
        own.append(stripped)
    return own


def _is_question(line: str) -> bool:
    asked = line.rstrip(" )\"'*_")
    return asked.endswith("?") and any(char.isalpha() for char in asked[-40:])


def _is_greeting(line: str) -> bool:
    """``Hi Jane,``, ``Thanks!``, a bare name, ``Looks good to me.``: says nothing to answer."""
    words = line[:200].lower().strip(" ,.!-").split()
    if len(words) > 5:
        return False
    first = words[0].strip(",.!") if words else ""
    if first in _GREETINGS or words[:2] == ["looks", "good"]:
        return True
    return len(words) == 1 or (len(words) <= 3 and line.endswith(","))


def tone_of(text: str) -> frozenset[Says]:
    """What the writer's own lines say; empty for a bare trailer or a greeting."""
    own = [line for line in unquoted_lines(text) if not _TRAILER.match(line)]
    found: set[Says] = set()
    joined = "\n".join(line[:1000] for line in own)
    if any(_is_question(line) for line in own if "?" in line):
        found.add(Says.QUESTION)
    if _PROMISE.search(joined):
        found.add(Says.PROMISE)
    if _WILL_LOOK.search(joined):
        found.add(Says.WILL_LOOK)
    if _APPLIED.search(joined):
        found.add(Says.APPLIED)
    if any(not _is_greeting(line) for line in own if len(line) > 1):
        found.add(Says.COMMENT)
    return frozenset(found)
