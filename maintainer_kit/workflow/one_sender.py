# SPDX-License-Identifier: GPL-2.0-or-later
"""Only one at a time changes what is on its way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from maintainer_kit.errors import Busy

_AGAIN = "the same command, when that one is done"
PATIENCE = 3.0
"""Seconds; who looks at what a crash left, as each list of drafts does, is done long before."""


class OnTheirWay(Protocol):
    """Where mails are kept until they went out: what the ports for that have in common."""

    def sending(self, wait: float = 0.0) -> AbstractContextManager[bool]:
        """False inside while another process sends for longer than ``wait`` seconds."""


@contextmanager
def one_sender(kept: OnTheirWay, again: str = _AGAIN) -> Iterator[None]:
    """Be the one. Raises Busy, with the command that is to be given ``again``, while another is."""
    with kept.sending(PATIENCE) as mine:
        if not mine:
            raise other_sends(again)
        yield


def other_sends(again: str = _AGAIN) -> Busy:
    """What is to be raised while another process sends."""
    return Busy("another mkit is sending", again)
