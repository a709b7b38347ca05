# SPDX-License-Identifier: GPL-2.0-or-later
"""What git send-email tells its hook sendemail-validate of the mails to come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail

_MADE_FROM = re.compile(rb"From ([0-9a-f]{40,64}) ")


class Turn(NamedTuple):
    """Which of how many files it is."""

    counter: int
    """From 1; cover letters count, so it is no patch's number."""
    total: int

    @property
    def is_last(self) -> bool:
        return self.counter == self.total


def turn_of(variables: Mapping[str, str]) -> Turn | None:
    """From git's variables; None from git before 2.41, which says nothing of other files."""
    counter = variables.get("GIT_SENDEMAIL_FILE_COUNTER", "")
    total = variables.get("GIT_SENDEMAIL_FILE_TOTAL", "")
    if not (counter.isdecimal() and total.isdecimal()):
        return None
    return Turn(int(counter), int(total)) if 1 <= int(counter) <= int(total) else None


def made_from(raw: bytes) -> str:
    """The commit that git format-patch made a file from; of a cover letter the last one. Empty
    where the file does not say."""
    found = _MADE_FROM.match(raw)
    return found[1].decode() if found else ""


def addressed(patch: Patch, header: bytes) -> Patch:
    """The patch of a file with recipients and sender of the header that it will be sent with.

    It stays a file: what is asked of mail that was sent is not asked of it.
    """
    if not header.strip():
        return patch
    head = patch_of_mail(header.rstrip(b"\r\n") + b"\n\n")
    sender = head.submitter if "@" in head.submitter.address else patch.submitter
    return replace(patch, to=head.to, cc=head.cc, submitter=sender)
