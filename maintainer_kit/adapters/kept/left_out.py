# SPDX-License-Identifier: GPL-2.0-or-later
"""What imports could not take in: ``left-out.json`` of the home, until its file reads well.

Only of files: archives in git are asked again for what they lack each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.workflow.records import BrokenMail

NAME = "left-out.json"
_VERSION = 1
_MOST = 1000
"""Of a disk that went bad the first ones tell enough."""


class LeftOutFile:
    """Implements the port ``LeftOut``."""

    def __init__(self, home: Path) -> None:
        self.path = home / NAME
        words = "; the mail is in, but what was left out of it is not remembered"
        self._file = JsonFile(self.path, _VERSION, words, "make room, then the same import again")
        self._places: frozenset[str] | None = None
        self._past: set[str] = set()
        self._last = ""

    def is_read(self, path: str) -> None:
        if path == self._last:
            return
        self._last = path
        if self._places is None:
            self._places = frozenset(one.path for one in self._read())
        # Mails that came by another way have names that are no paths.
        if self._places and (os.path.isabs(path) or os.path.lexists(path)):
            whole = os.path.abspath(path)
            above = (str(one) for one in Path(whole).parents)
            self._past.update(one for one in (whole, *above) if one in self._places)

    def note(self, broken: Sequence[BrokenMail]) -> None:
        fresh = [BrokenMail(os.path.abspath(one.path), one.offset, one.reason) for one in broken]
        fresh = [one for one in fresh if os.path.lexists(one.path)]
        if fresh or self._past:
            held = [one for one in self.all() if one.path not in self._past]
            kept = dict.fromkeys((*fresh, *held))
            self._file.write(left_out=[_fields(one) for one in kept][:_MOST])

    def all(self) -> list[BrokenMail]:
        """Those whose file is still there, of the last import first."""
        return [one for one in self._read() if os.path.lexists(one.path)]

    def _read(self) -> Iterator[BrokenMail]:
        fields = self._file.read().get("left_out")
        for one in fields if isinstance(fields, list) else ():
            if (mail := _load(one)) is not None:
                yield mail


def _fields(one: BrokenMail) -> dict[str, Any]:
    return {"path": one.path, "offset": one.offset, "reason": one.reason}


def _load(fields: Any) -> BrokenMail | None:
    """None for what means nothing."""
    try:
        path, offset, reason = fields["path"], fields["offset"], fields["reason"]
    except (TypeError, KeyError):
        return None
    is_one = isinstance(path, str) and isinstance(offset, int) and isinstance(reason, str)
    return BrokenMail(path, offset, reason) if is_one else None
