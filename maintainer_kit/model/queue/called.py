# SPDX-License-Identifier: GPL-2.0-or-later
"""The words by which people are called in a text, and which of them a mail calls."""

from __future__ import annotations

import re
from functools import lru_cache

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Message, Says

_WORD = re.compile(r"[^\W\d_]{2,}")
_OFFICE = """
linux kernel maintainer maintainers mail email lists list info dev devel admin root git
patches via com org net
"""
_NO_NAMES = frozenset(_OFFICE.split())
_SPEAKS = frozenset({Says.QUESTION, Says.COMMENT, Says.PING})


@lru_cache(maxsize=8192)
def call_words(person: Person) -> frozenset[str]:
    """What somebody may be called by, in small letters: the words of the name, else those before
    the ``@``."""
    name = person.name.replace("@", " ")
    found = _WORD.findall(name) or address_words(person.key)
    return frozenset(word.lower() for word in found) - _NO_NAMES


@lru_cache(maxsize=8192)
def address_words(address: str) -> frozenset[str]:
    """Words before the ``@`` of an address, which often are a name."""
    return frozenset(_WORD.findall(address.partition("@")[0].lower())) - _NO_NAMES


def calls_of(message: Message) -> tuple[str, ...]:
    """The names that a mail calls to get something, the writer's own left out; none where it only
    is polite, or approves."""
    if not message.called or not message.says & _SPEAKS:
        return ()
    if message.trailers and Says.QUESTION not in message.says:
        return ()
    own = call_words(message.submitter)
    return tuple(name for name in message.called if name not in own)
