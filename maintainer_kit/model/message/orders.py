# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders in the text of a mail: ``pw-bot: STATE``, as netdev has them, and ``#mkit VERB WORDS``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.quoting import (
    begins_mail,
    is_attribution,
    is_signature,
    ruled_words,
)
from maintainer_kit.model.mail.text import storable

STATE = "state"
DELEGATE = "delegate"
NOTE = "note"
VERBS = (STATE, DELEGATE, NOTE)
"""What ``#mkit`` can be told; any other word is an order that is refused."""

_PW_BOT = "pw-bot:"
_MKIT = "#mkit"
_ORDER = re.compile(
    r"(?:pw-bot:[ \t]*()|#mkit:?[ \t]+([a-z-]{1,20})(?![^ \t])[ \t]*)(.*)", re.DOTALL
)
_DIFF = re.compile(r"diff --git |Index: \S|@@ -\d|--- \S|From [0-9a-f]{40} ")
_SCISSORS = re.compile(r"[-\s>8<%]*(?:8<|>8|%<|>%)")
_FORWARDED = "forwarded message"
_QUOTE_MARKS = (">", "|", "\uff1e")
_MAX_ORDERS = 20
_MAX_LINES = 2000
_MAX_LENGTH = 1000
_ATTACHED = "patch in an attachment"


@dataclass(frozen=True, slots=True)
class Order:
    """One line that tells us to do something."""

    verb: str
    """One of ``VERBS``, else a word that means nothing."""
    words: str
    line: str
    """As it stands in the mail."""

    def __str__(self) -> str:
        return self.line


def may_have_orders(text: str) -> bool:
    """Whether a text may hold orders: cheap, and right when it says no."""
    return _PW_BOT in text or _MKIT in text


def orders_of(mail: Mail) -> tuple[Order, ...]:
    """The orders of a mail's own text: what stands in HTML, or in an attachment, is none."""
    return () if _ATTACHED in mail.oddities else read_orders(mail.text)


def read_orders(text: str) -> tuple[Order, ...]:
    """Orders at the start of a line, above any signature, diff or other mail.

    What is quoted begins with a mark, so it is never at the start of a line; where somebody quotes
    without marks, nothing below counts.
    """
    if not may_have_orders(text):
        return ()
    found: list[Order] = []
    for line in _own_lines(text.split("\n", _MAX_LINES)[:_MAX_LINES]):
        if line.startswith((_PW_BOT, _MKIT)) and (order := _order(line)):
            found.append(order)
            if len(found) == _MAX_ORDERS:
                break
    return tuple(found)


def _own_lines(lines: Sequence[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if _ends(lines, at):
            return
        yield line


def _ends(lines: Sequence[str], at: int) -> bool:
    """Whether what stands from here on need not be the writer's own words to us."""
    line = lines[at]
    start = line[:_MAX_LENGTH]
    if not start.strip() or start.startswith(_QUOTE_MARKS):
        return False
    if is_signature(line) or _DIFF.match(start) or ruled_words(line) or begins_mail(lines, at):
        return True
    if _SCISSORS.match(start) or _FORWARDED in start.lower():
        return True
    return is_attribution(lines, at) and _is_unmarked(lines, at)


def _is_unmarked(lines: Sequence[str], at: int) -> bool:
    """Whether what is said to be somebody's words follows without marks of a quote."""
    below = [line for line in lines[at + 1 : at + 6] if line.strip()]
    # The mailer may have broken the attribution in two.
    if below and below[0].rstrip().endswith((":", "\uff1a")):
        below = below[1:]
    return bool(below) and not below[0].startswith(_QUOTE_MARKS)


def _order(line: str) -> Order | None:
    line = line.rstrip()
    found = _ORDER.fullmatch(line) if len(line) <= _MAX_LENGTH else None
    if found is None:
        return None
    verb = STATE if found[1] is not None else found[2]
    return Order(verb, storable(found[3].strip()), storable(line))
