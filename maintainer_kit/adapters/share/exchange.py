# SPDX-License-Identifier: GPL-2.0-or-later
"""Journals of several machines in refs of a git repository, and over any remote of it.

Each machine writes ``refs/mkit/journal/NAME`` only, and never by force. What is seen of others at
the other end lies here below ``refs/mkit/fetched/``, what our journal has of it below
``refs/mkit/others/``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence

from maintainer_kit.adapters.share.machine import MachineFile
from maintainer_kit.adapters.share.place import SharePlace
from maintainer_kit.adapters.share.read import EMPTY, FETCHED, OTHERS, OWN, JournalReader
from maintainer_kit.adapters.share.remote import network, unreached
from maintainer_kit.adapters.share.write import write_journal
from maintainer_kit.workflow.sharing.ports import Shared

_RACED = ("lock", "incorrect old value", "failed to update ref", "already exists")
"""What a server says where somebody else was quicker."""
_REWRITTEN = "was written anew at the other end; what it had is kept"
# Whatever the user has set: our refs alone, no tags, no program, nothing that stays running.
_QUIET = ("-c", "gc.autoDetach=false", "-c", "core.bigFileThreshold=16m")
_FETCH = (*_QUIET, "fetch", "--quiet", "--no-tags", "--prune")
_FETCH_MORE = ("--no-recurse-submodules", "--no-write-fetch-head", "--refmap=")
_PUSH = (*_QUIET, "-c", "push.gpgSign=false", "push", "--porcelain", "--no-verify")
_PUSH_MORE = ("--no-follow-tags", "--recurse-submodules=no")


class GitExchange:
    """Implements the port ``Exchange``."""

    def __init__(
        self,
        place: SharePlace,
        remote: str,
        name: MachineFile,
        by: tuple[str, str],
        now: Callable[[], int],
    ) -> None:
        """``by`` are the name and address that commits bear; ``now`` is in microseconds."""
        self._git = place.git
        self._remote = remote
        self._name = name
        self._by = by
        self._now = now
        self._reader = JournalReader(place.git)
        self.machine = name.read()
        self._look()

    def close(self) -> None:
        self._reader.close()

    def own(self) -> Shared:
        return Shared(self.machine, self._own.lines)

    def published(self) -> int:
        tip = self._fetched.get(self.machine)
        return len(self._reader.journal(tip).lines) if tip and not self.is_taken() else 0

    def others(self) -> list[Shared]:
        names = sorted((self._others.keys() | self._fetched.keys()) - {self.machine})
        return [self._other(name) for name in names]

    def commit(self, lines: Sequence[bytes]) -> None:
        seen = {
            name: len(self._reader.journal(tip).lines)
            for name, tip in self._others.items()
            if name != self.machine
        }
        by = (*self._by, self._now() // 1_000_000)
        write_journal(self._git, self.machine, self._tip, self._own, lines, seen, by)
        self._look()

    def fetch(self) -> None:
        refs = f"+{OWN}*:{FETCHED}*"
        argv = (*_FETCH, *_FETCH_MORE, "--", self._remote, refs)
        result = self._git.run(*argv, env=network())
        if result.code:
            raise unreached(self._remote, result.stderr)
        self._look()

    def is_taken(self) -> bool:
        there = self._fetched.get(self.machine)
        if not there or there == self._tip:
            return False
        return not self._tip or not self._reader.is_ancestor(there, self._tip)

    def rename(self) -> None:
        self.machine = self._name.renew()
        self._look()

    def accept(self) -> None:
        moved = "".join(
            f"update {OTHERS}{name} {tip} {self._others.get(name, '0' * len(tip))}\n"
            for name, tip in self._fetched.items()
            if name != self.machine and self._is_next(name, tip)
        )
        if moved:
            self._git.output("update-ref", "--stdin", stdin=moved.encode())
            self._look()

    def push(self) -> bool:
        tip = self._tip
        if not tip or self._fetched.get(self.machine) == tip:
            return True
        ref = f"{OWN}{self.machine}"
        argv = (*_PUSH, *_PUSH_MORE, "--", self._remote, f"{ref}:{ref}")
        result = self._git.run(*argv, env=network())
        told = result.stdout.decode("utf-8", "replace")
        if result.code and not _is_raced(told):
            raise unreached(self._remote, _refusal(told) or result.stderr)
        if result.code:
            time.sleep(random.uniform(0.05, 0.3))
            return False
        self._git.output("update-ref", f"{FETCHED}{self.machine}", tip)
        self._look()
        return True

    def _look(self) -> None:
        """Where all refs stand now."""
        refs = self._reader.refs()
        self._tip = refs[OWN].get(self.machine, "")
        self._others, self._fetched = refs[OTHERS], refs[FETCHED]
        self._own = self._reader.journal(self._tip) if self._tip else EMPTY

    def _other(self, name: str) -> Shared:
        """What was accepted of a machine, and what was fetched: mostly the same, or more."""
        old, new = self._others.get(name, ""), self._fetched.get(name, "")
        if not new or old == new:
            found = self._reader.journal(old)
            return Shared(name, found.lines, (), found.oddities)
        found = self._reader.journal(new)
        seen, odd = self._reader.seen(new, old), found.oddities
        if not old:
            return Shared(name, found.lines, seen, odd)
        there = set(found.lines)
        lost = tuple(line for line in self._reader.journal(old).lines if line not in there)
        if not self._is_next(name, new):
            odd = (*odd, _REWRITTEN)
        return Shared(name, (*found.lines, *lost), seen, odd)

    def _is_next(self, name: str, tip: str) -> bool:
        """Whether what was fetched of a machine goes on where we have left it."""
        old = self._others.get(name)
        return old != tip and (not old or self._reader.is_ancestor(old, tip))


def _refused(told: str) -> Iterator[str]:
    """Lines of ``git push --porcelain`` about refs that were not updated."""
    return (line for line in told.splitlines() if line.startswith("!"))


def _is_raced(told: str) -> bool:
    lines = list(_refused(told))
    return bool(lines) and all(
        "[rejected]" in line or any(word in line for word in _RACED) for line in lines
    )


def _refusal(told: str) -> str:
    return next((line.rpartition("\t")[2] for line in _refused(told)), "")
