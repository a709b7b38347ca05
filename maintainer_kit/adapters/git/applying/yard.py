# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches applied one way or the other in a work tree of ours: implements the port ``Yard``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path

from maintainer_kit.adapters.git.applying.outside import merged_by_patch, merged_by_wiggle
from maintainer_kit.adapters.git.applying.pieces import pieces_of
from maintainer_kit.adapters.git.applying.words import why_not
from maintainer_kit.adapters.git.applying.work_tree import AmTree, NoRoom, is_plain, stays_inside
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.patch.diff import parse_diff
from maintainer_kit.workflow.applying.ways import Tried, Way

Bases = Callable[[int], Sequence[str]]
"""Commits upon which a patch, by its number from 0, may apply with its lead, the likeliest
first."""
_MOST_BASES = 3
_LESS = (
    (("-C2",), "two lines of context fit"),
    (("-C1",), "one line of context fits"),
    (("-C1", "--ignore-whitespace"), "one line of context fits, but for white space"),
)


class AmYard:
    """One tree and its mails."""

    def __init__(
        self,
        tree: AmTree,
        mails: Sequence[Path],
        chains: Sequence[Sequence[Path]],
        bases: Bases,
    ) -> None:
        """``chains`` are for each mail those of its series up to it, itself included."""
        self.tree = tree
        self._mails = mails
        self._chains = chains
        self._bases = bases
        self._picked: dict[int, list[str]] = {}

    def has(self, commit: str) -> bool:
        return self.tree.has(commit)

    def start(self, commit: str) -> None:
        self.tree.begin(commit)

    def take(self, first: int) -> tuple[Sequence[str], str]:
        head = self.tree.head()
        done = self.tree.am(self._mails[first:])
        commits = self.tree.above(head)
        if not done.code:
            return commits, ""
        self.tree.begin(commits[-1] if commits else head)
        return commits, why_not(done)

    def climb(self, way: Way, at: int, head: str) -> Tried:
        try:
            tried = self._try(way, at, head)
        except NoRoom:
            raise
        except RepositoryError as error:
            tried = Tried(words=error.message)
        if not tried.commit:
            self.tree.begin(head)
        return tried

    def _try(self, way: Way, at: int, head: str) -> Tried:
        match way:
            case Way.THREE_WAY:
                return self._three_way(at, head)
            case Way.OTHER_BASE:
                return self._from_base(at, head)
            case Way.RERERE:
                return self._as_before(at, head)
            case Way.CONTEXT:
                return self._with_less(at, head)
            case Way.MERGE:
                return merged_by_patch(self.tree, self._mails[at], head)
            case Way.WIGGLE:
                return merged_by_wiggle(self.tree, self._mails[at], head)
            case _:
                return Tried()

    def _three_way(self, at: int, head: str) -> Tried:
        if self.tree.takes_back(self._mails[at]):
            return Tried(is_there=True)
        self.tree.write_out(self._paths(self._mails[at]))
        done = self.tree.am([self._mails[at]], "-3")
        if done.code:
            return Tried(words=why_not(done))
        found = self.tree.head()
        if found == head:
            return Tried(is_there=True)
        # git knows no other file than the patch's here, and takes another for one that is gone.
        others = set(self.tree.touched(found)) - set(self._paths(self._mails[at]))
        if others:
            return Tried(words=f"it would change {visible_line(min(others))} in their stead")
        return Tried(found)

    def _from_base(self, at: int, head: str) -> Tried:
        words = "no commit has its files as it expects them"
        for commit in self._picks(at):
            self.tree.begin(head)
            self.tree.write_out(self._paths(self._mails[at]))
            done = self.tree.pick(commit)
            if not done.code:
                return Tried(self.tree.head())
            if not self.tree.unmerged() and not self.tree.is_changed(head):
                return Tried(is_there=True)
            words = why_not(done)
        return Tried(words=words)

    def _as_before(self, at: int, head: str) -> Tried:
        """What rerere knows is put into the index; what it does not know it remembers now."""
        self.tree.write_out(self._paths(self._mails[at]))
        self.tree.am([self._mails[at]], "-3", rerere=True)
        if self._is_solved(head):
            return Tried(self.tree.commit(self._mails[at], head))
        for commit in self._picks(at):
            self.tree.begin(head)
            self.tree.write_out(self._paths(self._mails[at]))
            self.tree.pick(commit, rerere=True)
            if self._is_solved(head):
                return Tried(self.tree.commit(self._mails[at], head))
        return Tried(words="nobody has solved this conflict here before")

    def _with_less(self, at: int, head: str) -> Tried:
        for options, words in _LESS:
            self.tree.begin(head)
            done = self.tree.am([self._mails[at]], *options)
            if not done.code:
                return Tried(self.tree.head(), words=words)
        return Tried(words=why_not(done))

    def _is_solved(self, head: str) -> bool:
        return not self.tree.unmerged() and self.tree.is_changed(head)

    def _picks(self, at: int) -> list[str]:
        """The patch as a commit, upon bases where it applies as it is, its lead below it."""
        if at not in self._picked:
            bases = list(self._bases(at))[:_MOST_BASES]
            found = (self._upon(base, at) for base in bases)
            self._picked[at] = [one for one in found if one]
        return self._picked[at]

    def _upon(self, base: str, at: int) -> str:
        chain = self._chains[at]
        for mails in dict.fromkeys((tuple(chain), (chain[-1],))):
            self.tree.begin(base)
            done = self.tree.am(mails)
            if not done.code:
                return self.tree.head()
        return ""

    def lay_open(self, at: int, head: str) -> Sequence[str]:
        self.tree.begin(head)
        mail = self._mails[at]
        self.tree.write_out()
        self.tree.am_for_hand(mail)
        paths = self.tree.unmerged()
        for commit in () if paths else self._picks(at):
            self.tree.begin(head)
            self.tree.write_out()
            self.tree.pick(commit, for_hand=True)
            if paths := self.tree.unmerged():
                break
        if not paths:
            self.tree.begin(head)
            self.tree.write_out()
            paths = self._reject(mail)
        return paths

    def _reject(self, mail: Path) -> list[str]:
        """Apply what applies; the paths of rejects, and those that are left to the person: links,
        and what lies below one."""
        pieces = pieces_of(self.tree.diff_file(mail))
        fit = [not one.is_link and all(map(self._stays, one.paths)) for one in pieces]
        if diff := b"".join(one.whole for one in compress(pieces, fit)):
            self.tree.run("apply", "--reject", "-", stdin=diff)
        others = (one.path for one, is_fit in zip(pieces, fit, strict=True) if not is_fit)
        return [*self._rejects(mail), *others]

    def record(self, at: int, head: str) -> Tried:
        mail = self._mails[at]
        left = self._rejects(mail)
        if left:
            words = f"{visible_line(left[0])}: take over what it holds, and remove it"
            return Tried(words=words)
        if marked := self.tree.marked():
            return Tried(words=f"{marked}: a conflict is still marked there")
        self.tree.learn()
        self.tree.say("add", "--update")
        self.tree.put([one for one in self._paths(mail) if self._is_there(one)])
        if not self.tree.is_changed(head):
            return Tried(words="nothing is changed in the tree")
        return Tried(self.tree.commit(mail, head))

    def edited(self, at: int, head: str, diff: bytes) -> Tried:
        mail = self._mails[at]
        other = mail.with_suffix(".edited")
        text = mail.read_bytes()
        cut = text.index(b"\n---\n\n") + len(b"\n---\n\n")
        other.write_bytes(text[:cut] + diff)
        words = ""
        for options in ((), ("-3",)):
            self.tree.begin(head)
            self.tree.write_out(self._paths(other))
            done = self.tree.am([other], *options)
            if not done.code and self.tree.head() != head:
                return Tried(self.tree.head())
            words = words or (why_not(done) if done.code else "it changes nothing")
        return Tried(words=words)

    def _rejects(self, mail: Path) -> list[str]:
        names = (f"{path}.rej" for path in self._paths(mail))
        return [name for name in names if is_plain(self.tree.path, name)]

    def _stays(self, path: str) -> bool:
        return all(stays_inside(self.tree.path, one) for one in (path, f"{path}.rej"))

    def _is_there(self, path: str) -> bool:
        """A file or a link, not below a link."""
        place = self.tree.path / path
        folder = os.path.dirname(path)
        if folder and not stays_inside(self.tree.path, folder):
            return False
        return place.is_symlink() or place.is_file()

    def _paths(self, mail: Path) -> list[str]:
        text = self.tree.diff_file(mail).read_bytes().decode("utf-8", "surrogateescape")
        diff = parse_diff(text)
        files = diff.files if diff else ()
        return [path for one in files for path in (one.old_path, one.path) if path]
