# SPDX-License-Identifier: GPL-2.0-or-later
"""An outbox that tells how far it is, and stops between two mails."""

from __future__ import annotations

from maintainer_kit.errors import MkitError
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.replying.ports import NotSent, Outbox, Posting


class ToldOutbox:
    """Implements the port ``Outbox`` over another one."""

    def __init__(self, outbox: Outbox, progress: Progress, total: int) -> None:
        """``progress`` raises a MkitError when it is to end."""
        self._outbox = outbox
        self._progress = progress
        self._total = total
        self._begun = 0

    @property
    def sends(self) -> bool:
        return self._outbox.sends

    @property
    def words(self) -> str:
        return self._outbox.words

    def post(self, posting: Posting) -> None:
        self._begun += 1
        try:
            self._progress.advance(self._begun, self._total)
        except MkitError as error:  # before anything was handed over
            raise NotSent("it was stopped") from error
        self._outbox.post(posting)

    def holds(self, message_id: str) -> bool:
        return self._outbox.holds(message_id)
