# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reply says to whom it answers: a question, a comment, a promise, "applied"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maintainer_kit.model.message.asking import is_code, questions
from maintainer_kit.model.message.claims import claims_of, sentence_that
from maintainer_kit.model.message.greeting import is_greeting
from maintainer_kit.model.message.message import Says
from maintainer_kit.model.message.reply import DIFF, read_reply

_TRAILER = re.compile(r"^[A-Za-z][A-Za-z-]*-by:\s")
_MAX_TEXT = 20_000


def tone_of(text: str) -> frozenset[Says]:
    """What the writer's own lines say; empty for a bare trailer or a greeting."""
    own = read_reply(text).said
    lines = [line for part in own for line in part if line and not _TRAILER.match(line)]
    talk = [line for line in lines if not is_code(line)]
    if all(is_greeting(line) for line in talk if len(line) > 1):
        # A patch in the reply says something without a word.
        return (
            frozenset({Says.COMMENT})
            if DIFF in lines or len(lines) - len(talk) > 3
            else frozenset()
        )
    found = {Says.COMMENT}
    if any(next(questions(part), None) for part in own):
        found.add(Says.QUESTION)
    found.update(claims_of(_joined(own)))
    return frozenset(found)


def sentence_of(text: str, claim: Says) -> str:
    """The sentence of a reply for which ``tone_of`` finds that it claims something, as it stands
    there but for line breaks; empty where none does."""
    return sentence_that(_joined(read_reply(text).said), claim)


def _joined(own: Sequence[Sequence[str]]) -> str:
    """One paragraph a line, without trailers and code."""
    paragraphs: list[str] = []
    begun = False
    for lines in own:
        for line in lines:
            if not line or is_code(line) or _TRAILER.match(line):
                begun = False
            elif begun and len(paragraphs[-1]) < _MAX_TEXT:
                paragraphs[-1] += f" {line}"
            else:
                paragraphs.append(line)
                begun = True
        begun = False
    return "\n".join(paragraphs)[:_MAX_TEXT]
