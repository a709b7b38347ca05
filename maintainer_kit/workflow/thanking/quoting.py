# SPDX-License-Identifier: GPL-2.0-or-later
"""What a short answer quotes of a mail: how it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maintainer_kit.model.patch.places import read_places
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.commented import GAP
from maintainer_kit.model.reply.quote import (
    attribution,
    end_of_text,
    end_of_words,
    quoted_lines,
)

_TRAILER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,40}: \S|\s+\S|\[)")
_MOST = 8
"""Lines; who wants to read on has the mail."""


def quoted_head(answered: Answered) -> str:
    """The line above the quote, and the first paragraphs, as many as are short."""
    lines = answered.text.split("\n")
    places = read_places(lines)
    end = end_of_text(lines, places)
    words = _without_trailers(lines[: end_of_words(lines, places, end)])
    shown = _whole_paragraphs(words)
    quote = quoted_lines(lines[:shown])
    return "\n".join([attribution(answered), *quote, *([GAP] if shown < end else ())])


def _without_trailers(lines: Sequence[str]) -> Sequence[str]:
    """Without a last paragraph that is nothing but trailers, unless there is no other."""
    at = len(lines)
    while at and lines[at - 1].strip():
        at -= 1
    is_block = all(_TRAILER.match(line) for line in lines[at:])
    while at and not lines[at - 1].strip():
        at -= 1
    return lines[:at] if at and is_block else lines


def _whole_paragraphs(lines: Sequence[str]) -> int:
    """How many of the lines are quoted: up to the last blank one that is near enough."""
    if len(lines) <= _MOST:
        return len(lines)
    blank = [at for at, line in enumerate(lines[: _MOST + 1]) if at and not line.strip()]
    return blank[-1] if blank else _MOST
