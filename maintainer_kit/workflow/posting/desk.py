# SPDX-License-Identifier: GPL-2.0-or-later
"""What postings are made on: the stores, the repository, what was kept, the way out."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.gates import Tests
from maintainer_kit.workflow.posting.ports import (
    Format,
    Records,
    Room,
    SeriesOutbox,
    Words,
    WriteMail,
)
from maintainer_kit.workflow.posting.record import Record
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class PostingDesk:
    """Everything that posting works on, for one branch."""

    stores: Stores
    branch: Branch
    room: Room
    format: Format
    write: WriteMail
    words: Words
    records: Records
    outbox: SeriesOutbox
    sender: Person
    tests: Tests
    process: int
    """The number of this process, for Message-IDs."""

    @property
    def record(self) -> Record:
        """What is kept of the branch; an empty one where nothing is. Raises StateError."""
        found = self.records.get(self.branch.id)
        return found or Record(self.branch.id, self.branch.name, self.branch.place)


def refuse_under_way(record: Record) -> None:
    """Raise Refused while mails of the branch are on their way."""
    if record.is_under_way:
        raise Refused(
            f"{record.sent} of {len(record.mails)} mails of {record.name} went out",
            f"mkit send {record.name} goes on; mkit send --drop {record.name} forgets the others",
        )
