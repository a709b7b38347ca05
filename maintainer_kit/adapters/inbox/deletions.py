# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails of an archive were deleted after they came.

A deletion names the blob of the mail, or one of a copy: then Message-ID and content tell.
"""

from __future__ import annotations

import re
from hashlib import sha256

from maintainer_kit.adapters.mail.mbox import header_end
from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS
from maintainer_kit.workflow.cataloguing import understand

_ID = re.compile(rb"^message-id[ \t]*:\s*<([^<>\s]+)>", re.MULTILINE | re.IGNORECASE)
_DIGEST = 16


class Deletions:
    """The latest deletion of each mail, by its place in the order of all changes."""

    def __init__(self) -> None:
        self._blobs: dict[bytes, int] = {}
        self._ids: set[bytes] = set()
        self._contents: dict[bytes, int] = {}

    def add_blob(self, number: int, blob: str) -> None:
        self._blobs[bytes.fromhex(blob)] = number

    def add_mail(self, number: int, raw: bytes, fingerprint: str) -> None:
        """The deleted mail itself, where it could be read."""
        message_id = _id_of(raw)
        self._ids.add(_digest(message_id))
        self._contents[_digest(message_id, fingerprint[:CONTENT_DIGITS].encode())] = number

    def name_blob(self, number: int, blob: str) -> bool:
        """Whether the blob that came at ``number`` was deleted later."""
        return self._blobs.get(bytes.fromhex(blob), -1) > number if self._blobs else False

    def name_mail(self, number: int, raw: bytes) -> bool:
        """Whether a mail that came at ``number`` was, by another copy of it."""
        if not self._ids or _digest(message_id := _id_of(raw)) not in self._ids:
            return False
        content = understand(raw).fingerprint[:CONTENT_DIGITS].encode()
        return self._contents.get(_digest(message_id, content), -1) > number


def _id_of(raw: bytes) -> bytes:
    found = _ID.search(raw, 0, header_end(raw, 0, len(raw)))
    return found[1] if found else b""


def _digest(*parts: bytes) -> bytes:
    return sha256(b"\0".join(parts)).digest()[:_DIGEST]
