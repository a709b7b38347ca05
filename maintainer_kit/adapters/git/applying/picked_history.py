# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository tells of commits that are to be picked: implements the port ``History``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from maintainer_kit.adapters.git.commit_heads import read_heads
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id, is_ancestor
from maintainer_kit.adapters.git.running import Deadline
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.message.commit_words import upstream_of
from maintainer_kit.workflow.backporting.facts import FollowUp, Upstream
from maintainer_kit.workflow.backporting.ports import DIGITS, Copies

_MOST = 1000
"""Commits that are picked at once."""
_MOST_READ = 200_000
"""Messages of a branch that are looked through."""
_MOST_ALIKE = 500
"""Commits that touched the same files, whose patch-ids are compared."""
_MOST_TOUCHING = 30
_SECONDS = 20.0
"""For the history of a few lines: git may have to read all of it."""
_LOG = ("log", "-z", "--encoding=UTF-8", "--no-notes", "--no-show-signature", "--no-decorate")
_ID = re.compile(rb"[0-9a-f]{40,64}")
_FIXES = re.compile(r"^fixes:[ \t]*([0-9a-f]{7,64})\b", re.MULTILINE | re.IGNORECASE)
_REVERTS = re.compile(r"\breverts commit ([0-9a-f]{7,64})\b")
_SHORTEST = 7


class BackportHistory:
    """One repository of the user's."""

    def __init__(self, git: Git, main: Sequence[str]) -> None:
        """``main`` are the branches in which fixes are looked for."""
        self._git = git
        self._main = main

    def commits(self, words: Sequence[str]) -> Sequence[str]:
        found = [one for word in words for one in self._named(word)]
        if len(found) > _MOST:
            raise Refused(f"{len(found)} commits are more than {_MOST}", "name fewer")
        return list(dict.fromkeys(found))

    def _named(self, word: str) -> list[str]:
        if ".." in word:
            argv = ("rev-list", "--reverse", "--topo-order", "--no-merges", "--end-of-options")
            return self._git.output(*argv, word, "--").decode().split()
        found = commit_id(self._git, word)
        if not found:
            raise NotFound(f"no commit {visible_line(word)}", "git fetch, or --repo DIR")
        return [found]

    def read(self, commits: Collection[str]) -> Mapping[str, Upstream]:
        if not commits:
            return {}
        return {one.commit: _upstream(one) for one in read_heads(self._git, "--no-walk", *commits)}

    def in_order(self, commits: Collection[str]) -> Sequence[str]:
        if len(commits) < 2:
            return list(commits)
        wanted = set(commits)
        base = self._base(commits)
        walk = (*sorted(wanted), *(f"^{one}" for one in base))
        said = self._git.output("rev-list", "--topo-order", "--reverse", *walk, "--")
        return [one for one in (*base, *said.decode().split()) if one in wanted]

    def _base(self, commits: Collection[str]) -> list[str]:
        """The newest commit below all of these; none where their histories have nothing in
        common."""
        return self._git.run("merge-base", "--octopus", *commits).stdout.decode().split()

    def has(self, commit: str, tip: str) -> bool:
        return is_ancestor(self._git, commit, tip)

    def copies(self, tip: str, without: Collection[str]) -> Copies:
        found: dict[str, str] = {}
        reverted: set[str] = set()
        excluded = (f"^{one}" for one in without)
        for commit, message in self._messages(f"-{_MOST_READ}", tip, *excluded):
            reverted.update(one[:DIGITS] for one in _REVERTS.findall(message))
            if (named := upstream_of(message)) and commit[:DIGITS] not in reverted:
                found.setdefault(named[:DIGITS], commit)
        return found

    def same_patch(self, commit: str, tip: str) -> str:
        wanted = self._patch_ids("show", commit)
        paths = self._paths(commit)
        if not wanted or not paths:
            return ""
        walk = ("log", f"-{_MOST_ALIKE}", "--no-merges", tip, f"^{commit}")
        known = {patch_id: one for one, patch_id in self._patch_ids(*walk, paths=paths).items()}
        return known.get(next(iter(wanted.values())), "")

    def _patch_ids(self, verb: str, *argv: str, paths: Sequence[str] = ()) -> dict[str, str]:
        """By commit."""
        form = ("-p", "--no-ext-diff", "--no-textconv", "--no-color", "--full-index", "--binary")
        diffs = self._git.output(verb, *form, *argv, "--", *paths)
        said = self._git.output("patch-id", "--stable", stdin=diffs).decode("ascii", "replace")
        pairs = (line.split() for line in said.splitlines())
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}

    def _paths(self, commit: str) -> list[str]:
        argv = ("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--root", commit, "--")
        said = self._git.output(*argv).decode("utf-8", "surrogateescape")
        return [one for one in said.split("\0") if one]

    def follow_ups(self, commits: Collection[str]) -> Sequence[FollowUp]:
        if not commits or not self._main:
            return ()
        short = {one[:_SHORTEST] for one in commits}
        names = "|".join(sorted(short))
        asked = ("-i", "-E", f"--grep=^fixes:[ \t]*({names})", f"--grep=reverts commit ({names})")
        walk = (f"-{_MOST}", *asked, *self._main, *(f"^{one}" for one in self._base(commits)))
        found = [
            made
            for commit, message in self._messages(*walk)
            for made in _following(commit, message, commits)
        ]
        return list(reversed(found))

    def _messages(self, *argv: str) -> Iterator[tuple[str, str]]:
        said = self._git.output(*_LOG, "--no-patch", "--format=tformat:%H%x00%B%x00", *argv, "--")
        fields = said.decode("utf-8", "replace").split("\0")
        return zip(fields[::3], fields[1::3], strict=False)

    def touching(self, commit: str, path: str, first: int, last: int, tip: str) -> Sequence[str]:
        where = f"-L{first},{last}:{path}"
        return self._in_time(where, "--no-patch", f"{commit}^", f"^{tip}", "--")

    def adding(self, commit: str, path: str, tip: str) -> Sequence[str]:
        rest = ("--diff-filter=A", "--no-patch", f"{commit}^", f"^{tip}", "--", path)
        return self._in_time("--no-renames", *rest)

    def _in_time(self, *argv: str) -> list[str]:
        deadline, found = Deadline(_SECONDS), bytearray()
        limit = f"-{_MOST_TOUCHING}"
        with self._git.start("log", limit, "--format=%H", "--no-show-signature", *argv) as running:
            while (left := deadline.left) and (more := running.read_within(left)):
                found += more
        names = (one for one in bytes(found).split(b"\n") if _ID.fullmatch(one))
        return [one.decode() for one in dict.fromkeys(names)]


def _upstream(record: CommitRecord) -> Upstream:
    title = record.message.lstrip("\n").partition("\n\n")[0]
    shown = storable(" ".join(title.split()))
    return Upstream(record.commit, shown, record.message, len(record.parents) > 1)


def _following(commit: str, message: str, commits: Collection[str]) -> Iterator[FollowUp]:
    title = storable(" ".join(message.lstrip("\n").partition("\n\n")[0].split()))
    fixed, reverted = _FIXES.findall(message.lower()), _REVERTS.findall(message)
    for one in commits:
        if commit == one:
            continue
        if any(one.startswith(name) for name in reverted):
            yield FollowUp(commit, title, one, is_revert=True)
        elif any(one.startswith(name) for name in fixed):
            yield FollowUp(commit, title, one)
