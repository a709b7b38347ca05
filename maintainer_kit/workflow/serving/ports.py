# SPDX-License-Identifier: GPL-2.0-or-later
"""What serving needs from the catalogue besides its own port; adapters/ implements it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class MailFacts(Protocol):
    """Which mails are so, by facts of the mails themselves."""

    def of_list(self, name: str) -> frozenset[str]:
        """Mails to a list, by its whole List-Id or the first part of it."""

    def lists(self) -> dict[str, int]:
        """Lists, as List-Ids, with how many mails each has."""

    def with_patch_id(self, patch_id: str) -> frozenset[str]: ...

    def newest(self, count: int, name: str = "") -> list[str]:
        """The newest mails by Date, of all or of one list by its whole List-Id; newest first."""

    def said_confidential(self, message_ids: Collection[str]) -> frozenset[str]:
        """Of mails that may belong to no topic, those about which somebody decided that."""
