# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits as a user names them: ``A..B``, ``A..``, ``-N``, or a lone commit."""

from __future__ import annotations

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

_COUNT = lazy_pattern(r"-(\d{1,9})")
_HINT = "A..B, A.., HEAD~N.. (the last N commits), or one commit"


@dataclass(frozen=True, slots=True)
class Range:
    """Commits to be read, by full ids only."""

    tip: str
    since: str = ""
    """What comes after it, up to the tip; empty where ``limit`` says how many."""
    limit: int = 0
    """The newest so many of them; 0 means all."""
    no_merges: bool = False
    """Merges are passed over, and not counted."""
    remotes: str = ""
    """Names of remotes as a pattern: what their branches hold is left out; empty for none."""

    def without_merges(self) -> Range:
        return Range(self.tip, self.since, self.limit, True, self.remotes)

    @property
    def revisions(self) -> tuple[str, ...]:
        """As git log and git rev-list take them."""
        limit = (f"-{self.limit}",) if self.limit else ()
        merges = ("--no-merges",) if self.no_merges else ()
        since = (f"^{self.since}",) if self.since else ()
        known = ("--not", f"--remotes={self.remotes}") if self.remotes else ()
        return (*limit, *merges, self.tip, *since, *known, "--")


def read_range(git: Git, text: str) -> Range:
    """Find the commits that a user names; a lone commit means itself.

    Raises RepositoryError for what is no commit, and where nothing is committed yet.
    """
    if count := _COUNT.fullmatch(text):
        tip, number = _commit(git, "HEAD"), int(count[1])
        if not number:
            raise RepositoryError("-0 is no commit at all", _HINT)
        return Range(tip, limit=number)
    older, dots, newer = text.partition("..")
    if newer.startswith("."):
        raise RepositoryError(f"{_shown(text)} names commits of two branches", _HINT)
    if dots:
        since = _commit(git, older or "HEAD")
        return Range(_commit(git, newer or "HEAD"), since)
    return Range(_commit(git, text), limit=1)


def looks_like_range(text: str) -> bool:
    """Whether a user can only have meant commits: no file, no Message-ID."""
    return bool(_COUNT.fullmatch(text)) or (".." in text and "/../" not in f"/{text}/")


def count_commits(git: Git, wanted: Range) -> int:
    """How many commits a range has. Raises RepositoryError when it has none."""
    said = git.output("rev-list", "--count", *wanted.revisions)
    count = int(said or 0)
    if not count:
        raise RepositoryError(
            f"no commit is in {wanted.since[:12]}..{wanted.tip[:12]}", "git log A..B shows what is"
        )
    return count


def _commit(git: Git, name: str) -> str:
    """The full id of a commit."""
    found = commit_id(git, name)
    if found:
        return found
    if name == "HEAD":
        git.output("rev-parse", "--git-dir")  # says so when there is no repository at all
        raise RepositoryError(f"{git.place} has no commit yet", "git commit")
    raise RepositoryError(f"there is no commit {_shown(name)} in {git.place}", _HINT)


def _shown(text: str) -> str:
    return visible_line(text)[:80]
