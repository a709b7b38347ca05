# SPDX-License-Identifier: GPL-2.0-or-later
"""One run of ``pull``: what it works on, and what it has brought in so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from maintainer_kit.workflow.importing import ImportReport, import_mail
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.pulling.archive import Archive, Marks
from maintainer_kit.workflow.records import BrokenMail, SourceMail
from maintainer_kit.workflow.stores import Stores


@dataclass(slots=True)
class Pulled:
    """What came, in sum."""

    report: ImportReport = field(default_factory=ImportReport)
    named: list[str] = field(default_factory=list)
    """Message-IDs by which mail was asked for, and that came or were there."""
    absent: list[str] = field(default_factory=list)
    """Message-IDs that other mails name, and that the archive does not have."""
    lacking: list[str] = field(default_factory=list)
    """What a topic that was to be completed lacks still, in words."""


@dataclass(slots=True)
class Pull:
    """Everything that each step of a run needs."""

    stores: Stores
    open: Callable[[str], Archive]
    """The archive of an address; the same one each time."""
    marks: Marks
    progress: Progress | None = None
    fresh: bool = False
    """Ask again for what was asked minutes ago."""
    pulled: Pulled = field(default_factory=Pulled)

    def archive(self, address: str) -> Archive:
        found = self.open(address)
        if self.fresh:
            found.forget()
        return found

    def bring(self, mails: Sequence[SourceMail | BrokenMail]) -> None:
        """Import mails, which makes them safe whatever comes after."""
        if not mails:
            return
        self.pulled.report.add(import_mail(self.stores, mails, self.progress))

    def holds(self, message_ids: Iterable[str]) -> set[str]:
        """Those of the messages that are there."""
        return set(self.stores.catalogue.records(list(message_ids)))
