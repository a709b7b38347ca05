# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that only are polite, and need no answer."""

from __future__ import annotations

import re

_WORDS = """
hi hello hey dear thanks thank thx thansks cheers regards best kind br many lgtm greetings
great awesome cool nice perfect sorry welcome np
"""
_GREETINGS = frozenset(_WORDS.split())
_SAYING = """
applied done fixed queued pushed merged folded pulled updated agreed dropped removed resent ping
bump nack nak why how what ditto same superseded
"""
_NEWS = frozenset(_SAYING.split())
"""Words that say something even when they stand alone."""
_IDLE = re.compile(
    r"(?:ok(?:ay)?|got it|i see|no problem|no worries|you(?:'re| are) welcome|sounds good|"
    r"looks? (?:good|fine|ok)(?: to me)?|good to me|fine (?:by|with) me|works for me|all good|"
    r"understood|ah,? (?:ok|right|i see)|yes|sure|right|have a (?:nice|good) \w+)"
    r"(?:[,.! ]+(?:then|now|thanks?(?: you)?(?: \w+){0,3}|ok|got it|great|everyone|all|again))*"
)
_THANKS = re.compile(r"(?:many |very |so |ok(?:ay)?,? |great,? |yes,? )?(?:thanks|thank you|thx)\b")
_ASIDE = re.compile(r"\[ ?(?:\+ ?cc|\+|cc|adding|added)\b.{0,80}|(?:\+ ?cc|cc:)(?: .{0,80})?")
"""``[adding the list for awareness]``, ``+Cc Bo``."""
_NAME = 6
_PARTS = re.compile(r"[.!;,)] | - | but ")


def is_greeting(line: str) -> bool:
    """``Hi Jane,``, ``Thanks!``, a bare name, ``Looks good to me.``: says nothing to answer."""
    low = line[:200].lower().strip(" ,.!-:)(")
    words = low.split()
    if "?" in low or (words and words[0].strip(",.!") in _NEWS):
        return False
    if len(words) <= 12 and _THANKS.match(low):
        _, *rest = _PARTS.split(low, maxsplit=1)
        return all(is_greeting(one) for one in rest)
    if _ASIDE.fullmatch(low):
        return True
    if len(words) > 8:
        return False
    if _IDLE.fullmatch(low):
        return True
    if len(words) > 5:
        return False
    if words and words[0].strip(",.!") in _GREETINGS:
        _, *rest = _PARTS.split(low, maxsplit=1)
        return all(is_greeting(one) for one in rest)
    if len(words) <= 1:
        # A name; but scripts that part no words write a whole sentence in one.
        return low.isascii() or len(low) <= _NAME or low.upper() != low.lower()
    return len(words) <= 3 and line.endswith(",")
