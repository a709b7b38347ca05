# SPDX-License-Identifier: GPL-2.0-or-later
"""What serving needs from the catalogue besides its own port; adapters/ implements it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from maintainer_kit.workflow.serving.register import Entry


class MailFacts(Protocol):
    """What is so of single mails."""

    def moment(self) -> AbstractContextManager[None]:
        """All that is read within is of one moment, whoever writes meanwhile."""

    def entries(self, message_ids: Collection[str] | None = None) -> Iterator[Entry]:
        """These mails, as far as they are there; without any all."""

    def in_confidential_topics(self) -> frozenset[str]:
        """Mails of topics that are confidential, by hand or by their lists."""

    def outside_topics(self) -> frozenset[str]:
        """Mails that belong to no topic."""
