# SPDX-License-Identifier: GPL-2.0-or-later
"""What a Patchwork server writes to a submitter: which patches got which state there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from maintainer_kit.model.message.marks import message_id_of
from maintainer_kit.model.message.message import Message

_BOT = "patchwork-bot"
_SUBJECT = re.compile(r"(?i)\bpatch (?:update )?notification\b")
_PLACE = re.compile(r"- (https?://\S{1,500})")
_NOW = re.compile(r"now: ([\w][\w -]{0,40})")
_MAX_LINES = 5000


def is_notice(message: Message) -> bool:
    """Whether a mail may be such a notice: Patchwork sends it by itself, in answer to nothing."""
    named = message.bot == _BOT and not message.parents
    return named and _SUBJECT.search(message.full_subject) is not None


def noticed_states(text: str) -> Iterator[tuple[str, str]]:
    """Message-ID of each patch, and the state that it has now in Patchwork's words.

    Servers before 3.0 name patches by numbers of their own: of these nothing is told.
    """
    patch = None
    for line in islice(text.splitlines(), _MAX_LINES):
        words = line.strip()
        if place := _PLACE.fullmatch(words):
            patch = message_id_of(place[1])
        elif patch and (now := _NOW.fullmatch(words)):
            yield patch, now[1].strip()
            patch = None
