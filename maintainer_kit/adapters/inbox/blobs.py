# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of an epoch by the names of their blobs."""

from __future__ import annotations

from maintainer_kit.adapters.git.objects import Absent, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.mail.mbox import MAX_SIZE, why_no_mail
from maintainer_kit.errors import RepositoryError
from maintainer_kit.workflow.ports import BrokenMail, SourceMail

_MOST_FAILURES = 20
"""So many in a row, and nothing more is asked of a repository: each takes a process."""


class Unreadable(Exception):
    """git cannot give a blob; the words are its own."""


class Blobs:
    """Reads blobs of one repository, through one process."""

    def __init__(self, git: Git) -> None:
        self._place = git.place
        self._objects = Objects(git)
        self._failures = 0

    @property
    def is_hopeless(self) -> bool:
        """Whether git fails again and again."""
        return self._failures >= _MOST_FAILURES

    def mail(self, blob: str) -> SourceMail | BrokenMail:
        """The mail in a blob, byte by byte. Raises Unreadable."""
        name = f"{self._place}:{blob}"
        data = self._read(blob)
        if data.startswith(b"From "):
            # Old archives were filled from mboxes, separators and all.
            data = data.partition(b"\n")[2]
        reason = why_no_mail(data, 0, len(data))
        return BrokenMail(name, 0, reason) if reason else SourceMail(name, 0, data)

    def lost(self, blob: str, reason: str) -> BrokenMail:
        """What is said of a blob that could not be read."""
        return BrokenMail(f"{self._place}:{blob}", 0, reason)

    def close(self) -> None:
        self._objects.close()

    def _read(self, blob: str) -> bytes:
        if self.is_hopeless:
            raise Unreadable("git cannot read this repository")
        try:
            found = self._objects.contents(blob, MAX_SIZE + 1)
        except RepositoryError as error:
            self._failures += 1
            raise Unreadable(error.message) from error
        self._failures = 0
        if isinstance(found, Absent):
            raise Unreadable("the repository lacks this object")
        return found.data
