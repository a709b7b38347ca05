# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits by the hexadecimal digits that a patch names them with: hostile, short, or ambiguous."""

from __future__ import annotations

import re

from maintainer_kit.adapters.git.objects import Absent, Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.checks.context import AmbiguousName, Known
from maintainer_kit.checks.reading_commit import split_message
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable

_HEX = lazy_pattern(r"[0-9a-f]{4,64}")
_COMMITTER = lazy_pattern(rb"^committer .{0,1000}> (\d{1,18})", re.MULTILINE)
_PARENT = lazy_pattern(rb"^parent ([0-9a-f]{40,64})$", re.MULTILINE)
_ENCODING = lazy_pattern(rb"^encoding ([\w.:-]{1,40})$", re.MULTILINE)
_MOST_OF_COMMIT = 1 << 20
_MOST_REMEMBERED = 20_000


class Commits:
    """Looks commits up, each once."""

    def __init__(self, git: Git, objects: Objects) -> None:
        self._git = git
        self._objects = objects
        self._known: dict[str, Known | None] = {}
        self._parents: dict[str, tuple[str, ...]] = {}

    def find(self, name: str) -> Known | None:
        """The commit of an abbreviated id; raises AmbiguousName when it fits several."""
        low = name.lower()
        if not _HEX.fullmatch(low):
            return None
        if low not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
                self._parents.clear()
            self._known[low] = self._look_up(low)
        return self._known[low]

    def parents(self, name: str) -> tuple[str, ...]:
        """Full ids of the parents of a commit given by its full id."""
        if name not in self._parents:
            self._known.pop(name, None)
            self.find(name)
        return self._parents.get(name, ())

    def has_object(self, name: str) -> bool:
        """Whether there is an object of any kind whose id begins like this."""
        low = name.lower()
        if not _HEX.fullmatch(low):
            return False
        found = self._objects.info(low)
        if isinstance(found, Object):
            return found.name.startswith(low) or bool(self._fitting(low))
        return found is Absent.AMBIGUOUS

    def full(self, name: str) -> str:
        """The full id of a commit given by hexadecimal digits; empty when there is none."""
        try:
            known = self.find(name)
        except AmbiguousName:
            return ""
        return known.commit if known else ""

    def title(self, name: str) -> str:
        """The title of a commit given by its full id."""
        known = self.find(name)
        return known.title if known else ""

    def message(self, name: str) -> str:
        """The whole message of a commit; empty where the id names none, or several."""
        full = self.full(name)
        found = self._objects.contents(full, _MOST_OF_COMMIT) if full else Absent.MISSING
        if not isinstance(found, Object):
            return ""
        head, _, message = found.data.partition(b"\n\n")
        return _decoded(message, _encoding(head))

    def _look_up(self, name: str) -> Known | None:
        found = self._objects.contents(f"{name}^{{commit}}", _MOST_OF_COMMIT)
        if isinstance(found, Object) and found.name.startswith(name):
            head = found.data.partition(b"\n\n")[0]
            self._parents[found.name] = tuple(one.decode() for one in _PARENT.findall(head))
            return _known(found)
        if len(name) >= 40 and found is Absent.MISSING:
            return None
        # A branch of that name hides the commit, or several objects begin like this.
        if found is Absent.MISSING and self._objects.info(name) is Absent.MISSING:
            return None
        fitting = [one for one in self._fitting(name) if self._is_commit(one)]
        if len(fitting) > 1:
            raise AmbiguousName(name)
        return self._look_up(fitting[0]) if fitting else None

    def _is_commit(self, name: str) -> bool:
        found = self._objects.info(name)
        return isinstance(found, Object) and found.kind == "commit"

    def _fitting(self, name: str) -> list[str]:
        """Full ids of the objects that an abbreviated one fits; the first hundred."""
        listed = self._git.output("rev-parse", f"--disambiguate={name}").decode("ascii", "replace")
        return listed.split()[:100]


def _known(found: Object) -> Known:
    """A commit from its raw object."""
    head, _, message = found.data.partition(b"\n\n")
    date = _COMMITTER.search(head)
    title, _ = split_message(_decoded(message[:4096], _encoding(head)))
    return Known(found.name, title, int(date[1]) if date else 0)


def _encoding(head: bytes) -> str:
    found = _ENCODING.search(head)
    return found[1].decode() if found else ""


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return storable(raw.decode(encoding or "utf-8", "replace"))
    except (LookupError, ValueError):
        return raw.decode("utf-8", "replace")
