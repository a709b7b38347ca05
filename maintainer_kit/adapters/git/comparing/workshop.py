# SPDX-License-Identifier: GPL-2.0-or-later
"""A repository that lives as long as a question: it reads another's objects and keeps its own.

Nothing of the other is written to, and nothing of its settings, attributes or hooks counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.new_commit import stamped, write_commit
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.landing.pair import DoesNotApply

_FAILED = lazy_pattern(r"^error: (?:patch failed: (?P<place>.+:\d+)|(?P<words>.+))$")
_ALIKE = "--creation-factor=999"
"""There are two commits, and they are to be told apart, however different they are."""
_INDENT = 4


class Workshop:
    """The other's objects, a folder for ours, and what is done with both."""

    def __init__(self, other: Git, folder: Path) -> None:
        """Raises RepositoryError where the other is no repository."""
        self._other = other
        self._own = Borrowed.create(other, folder)

    def tree_of(self, commit: str) -> str:
        """Raises RepositoryError where the commit is not there, as in a shallow clone."""
        return self._other.output("rev-parse", "--verify", f"{commit}^{{tree}}").decode().strip()

    def empty_tree(self) -> str:
        return self._own.say("mktree")

    def applied(self, tree: str, diff: bytes) -> str:
        """The tree that a diff makes of another. Raises DoesNotApply."""
        self._own.say("read-tree", tree)
        words = ""
        for way in ((), ("-3",)):
            argv = ("apply", "--cached", "--whitespace=nowarn", *way, "-")
            done = self._own.run(*argv, stdin=diff)
            if not done.code:
                return self._changed(tree)
            words = words or done.stderr
        raise DoesNotApply(f"the patch does not apply where the commit was: {_reason(words)}")

    def _changed(self, before: str) -> str:
        found = self._own.say("write-tree")
        if found == before:
            raise DoesNotApply("what the patch does was there before the commit")
        return found

    def commit(self, tree: str, parent: str | None, author: tuple[str, str], message: str) -> str:
        """A commit of ours; its dates say nothing."""
        who = stamped(*author, 0)
        above = [parent] if parent else []
        text = message.replace("\0", "\ufffd")
        return write_commit(self._own, tree, above, (who, who), f"{text}\n")

    def range_diff(self, base: str, mine: str, theirs: str) -> Sequence[str]:
        """What differs, line by line; nothing where nothing does."""
        argv = ("range-diff", "--no-color", _ALIKE, f"{base}..{mine}", f"{base}..{theirs}")
        said = self._own.run(*argv)
        if said.code:
            raise self._other.failure("range-diff", said.stderr)
        lines = said.stdout.decode("utf-8", "replace").split("\n")
        return [line[_INDENT:] for line in lines if line.startswith(" " * _INDENT)]


def _reason(words: str) -> str:
    """The first thing that git says is wrong."""
    for line in words.splitlines():
        found = _FAILED.match(line)
        if found:
            place = found["place"]
            said = f"{place} is not as the patch expects it" if place else found["words"]
            return visible_line(said)[:200]
    return "git apply failed"
