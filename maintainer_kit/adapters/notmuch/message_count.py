# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a notmuch database stands, known as long as nobody writes to it.

notmuch looks at each message to count them, and no number of its own tells that one is gone: in a
home of 200,000 messages that alone would be a fifth of what a list takes. To ask for the revision
notmuch has to be loaded and the database to be opened, a tenth of it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from maintainer_kit.adapters.notmuch.lock import lock_file
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.position import Revision

_BIGGEST = 4096
"""Bytes of Xapian's version file; it has some hundred."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a database stands at one of its versions."""

    revision: Revision
    messages: int
    """How many there are, without those that are left out of searches."""


def database_version(database: Path, config: Path | None) -> str:
    """Changes with each commit to a database, whatever that changes, and with the configuration
    file; empty where it is not known.

    Xapian's version file names the database, the number of its last commit, and the roots of its
    tables.
    """
    lock = lock_file(database)
    if lock is None:
        return ""
    try:
        with lock.with_name("iamglass").open("rb") as file:
            held = file.read(_BIGGEST + 1)
        info = config.stat() if config else None
    except OSError:
        return ""
    if len(held) > _BIGGEST:
        return ""
    # What is left out of searches is said there. A change of it cannot leave the ctime as it was.
    said = f"{info.st_ino}.{info.st_size}.{info.st_mtime_ns}.{info.st_ctime_ns}" if info else ""
    return f"{held.hex()} {said}"


class MessageCount:
    """What is known of a database, in a file, with the version that it is known of."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def recall(self, version: str) -> Standing | None:
        """What was kept at a version; None where it is not known."""
        try:
            known, _, rest = self._file.read_text(encoding="ascii").partition("\n")
            if not version or known != version:
                return None
            messages, lastmod, uuid = rest.split(" ")
            return Standing(Revision(uuid, int(lastmod)), int(messages))
        except (OSError, ValueError):
            return None

    def keep(self, version: str, known: Standing) -> None:
        """Know it from now on. Where it cannot be written it is counted again, and that is all."""
        if not version:
            return
        revision = known.revision
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            temporary.write_text(
                f"{version}\n{known.messages} {revision.lastmod} {revision.uuid}", encoding="ascii"
            )
            os.replace(temporary, self._file)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
