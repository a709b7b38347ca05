# SPDX-License-Identifier: GPL-2.0-or-later
"""A work tree of ours in which patches are applied: an index with all files, and in the folder only
those that something touches. git looks at the others in the index, and a big project need not be
written out for five lines."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from errno import ENOSPC
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.process import Result
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line

_AM = ("am", "--quiet", "--no-gpg-sign", "--patch-format=mboxrd", "--whitespace=nowarn")
_NO_RERERE = ("-c", "rerere.enabled=false")
_RERERE = ("-c", "rerere.enabled=true", "-c", "rerere.autoUpdate=true")
_HAND = ("-c", "rerere.enabled=true", "-c", "rerere.autoUpdate=false")
_PICK = ("cherry-pick", "--no-gpg-sign", "--allow-empty-message")
_LASTING = ("-c", "core.fsync=committed,loose-object")
"""A person's hours may be in it."""
_LEFT_FILES = (
    *("index.lock", "HEAD.lock", "ORIG_HEAD.lock", "AUTO_MERGE", "MERGE_HEAD", "MERGE_MSG"),
    *("MERGE_RR", "CHERRY_PICK_HEAD", "REVERT_HEAD"),
)
_LEFT_FOLDERS = ("rebase-apply", "rebase-merge", "sequencer")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MARKER = ": leftover conflict marker"
"""By git diff --check, whose other remarks end in a full stop."""
_INFO = re.compile(r"^(Author|Email|Subject|Date): (.*)$", re.MULTILINE)


class NoRoom(RepositoryError):
    """It says nothing about a patch that it does not apply upon a full disk."""


def stays_inside(tree: Path, path: str) -> bool:
    """Whether a path of a tree, there or not, leads where it says: neither it nor a folder above
    it is a link. A mail may bring the link, and the path below it."""
    try:
        real = os.path.realpath(tree / path)
    except (OSError, ValueError):
        return False
    return real == os.path.join(os.path.realpath(tree), path) and not os.path.islink(real)


def is_plain(tree: Path, path: str) -> bool:
    """Whether it is a file of the tree itself."""
    return stays_inside(tree, path) and (tree / path).is_file()


class AmTree:
    """One work tree. All raise RepositoryError."""

    def __init__(self, own: Borrowed, path: Path, who: Mapping[str, str]) -> None:
        """``who`` commits: variables of git; see ``borrowed.identity``."""
        self.own = own
        self.path = path
        self._who = who

    def run(
        self, *argv: str, stdin: bytes | None = None, author: Mapping[str, str] | None = None
    ) -> Result:
        """Run git in it."""
        env = {**self._who, **(author or {})}
        done = self.own.run(*argv, stdin=stdin, env=env, tree=self.path)
        if done.code and os.strerror(ENOSPC) in done.stderr:
            raise NoRoom(f"{self.path}: {os.strerror(ENOSPC)}", "make room, and go on")
        return done

    def say(self, *argv: str, stdin: bytes | None = None) -> str:
        """What git prints, stripped."""
        return self.own.say(*argv, stdin=stdin, env=self._who, tree=self.path)

    def begin(self, commit: str) -> None:
        """Stand at a commit, with nothing in the folder and nothing under way; makes the tree, or
        mends what is left of it, as a killed process leaves it."""
        if not (self.path / ".git").is_file() or not self._is_known():
            shutil.rmtree(self.path, ignore_errors=True)
            self.own.say("worktree", "prune")
            options = ("--no-checkout", "--detach", "--force", "--force", "--quiet")
            self.own.say("worktree", "add", *options, "--", str(self.path), commit)
        else:
            self._clear()
            self.say("update-ref", "--no-deref", "HEAD", commit)
        self.say("read-tree", commit)

    def has(self, commit: str) -> bool:
        """Whether a commit survived: what git am makes is not synced."""
        return self.own.run("cat-file", "-e", f"{commit}^{{tree}}").code == 0

    def head(self) -> str:
        return self.say("rev-parse", "HEAD")

    def touched(self, commit: str) -> list[str]:
        """Paths that a commit changes."""
        argv = ("diff-tree", "-r", "-z", "--root", "--no-commit-id", "--name-only", "--no-renames")
        said = self.run(*argv, commit).stdout
        return [os.fsdecode(one) for one in said.split(b"\0") if one]

    def above(self, commit: str) -> list[str]:
        """Commits on top of another, the oldest first."""
        return self.say("rev-list", "--reverse", f"{commit}..HEAD").split()

    def am(self, mails: Sequence[Path], *options: str, rerere: bool = False) -> Result:
        """Apply mails, each an mboxrd file of one; the session of git am stays where one fails."""
        config = _RERERE if rerere else _NO_RERERE
        return self.run(*config, *_AM, *options, "--", *map(str, mails))

    def takes_back(self, mail: Path) -> bool:
        """Whether the diff applies the other way round: what it does is there."""
        argv = ("apply", "--cached", "--check", "--reverse", "--whitespace=nowarn", "--")
        return self.run(*argv, str(self.diff_file(mail))).code == 0

    def am_for_hand(self, mail: Path) -> Result:
        """By three-way merge; a conflict stays in the files, and how it is solved is learnt."""
        return self.run(*_HAND, *_AM, "-3", "--", str(mail))

    def pick(
        self,
        commit: str,
        *,
        rerere: bool = False,
        for_hand: bool = False,
        folder_renames: str = "conflict",
    ) -> Result:
        """Pick a commit. ``folder_renames``: merge.directoryRenames of git-config(1)."""
        config = _HAND if for_hand else _RERERE if rerere else _NO_RERERE
        renames = ("-c", f"merge.directoryRenames={folder_renames}")
        return self.run(*config, *renames, *_PICK, commit)

    def learn(self) -> None:
        """Let rerere remember how conflicts of the files were solved."""
        self.run(*_HAND, "rerere")

    def unmerged(self) -> list[str]:
        """Paths with a conflict in the index."""
        return list(self.stages())

    def stages(self) -> Mapping[str, Mapping[str, str]]:
        """Of each path with a conflict in the index its blobs: 1 the base, 2 ours, 3 theirs."""
        found: dict[str, dict[str, str]] = {}
        for path, _, blob, stage in self._listed("--unmerged"):
            found.setdefault(path, {})[stage] = blob
        return found

    def entries(self, paths: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Mode and blob of those of the paths that are in the index without a conflict."""
        wanted = set(paths)
        listed = self._listed("--stage")
        return {one: (mode, blob) for one, mode, blob, at in listed if at == "0" and one in wanted}

    def _listed(self, which: str) -> Iterator[tuple[str, str, str, str]]:
        """Path, mode, blob and stage."""
        for line in self.run("ls-files", which, "-z").stdout.split(b"\0"):
            if line:
                head, _, name = line.partition(b"\t")
                mode, blob, stage = head.decode("ascii").split()
                yield os.fsdecode(name), mode, blob, stage

    def marked(self) -> str:
        """The first place of a conflict that is still marked, ``path:line``; empty if none is."""
        for argv in (("diff", "--check", "HEAD"), ("diff", "--check")):
            said = self.run(*argv).stdout.decode("utf-8", "replace")
            for line in said.splitlines():
                if line.endswith(_MARKER):
                    return visible_line(line.removesuffix(_MARKER))
        return ""

    def is_changed(self, commit: str) -> bool:
        """Whether the index is not that of a commit."""
        return self.run("diff-index", "--cached", "--quiet", commit, "--").code != 0

    def put(self, paths: Sequence[str]) -> None:
        """Take files as they are in the folder into the index; those that are gone are removed."""
        names = b"".join(os.fsencode(one) + b"\0" for one in dict.fromkeys(paths))
        self.say("update-index", "--add", "--remove", "-z", "--stdin", stdin=names)

    def keep(self) -> str:
        """A tree of the index, with what was changed in files that are in it: durable."""
        for argv in (("add", "--update"), ("write-tree",)):
            done = self.run(*_LASTING, *argv)
            if done.code:
                raise self.own.git.failure(argv[0], done.stderr)
        return done.stdout.decode("ascii", "replace").strip()

    def blob(self, name: str) -> bytes:
        done = self.run("cat-file", "blob", name)
        if done.code:
            raise self.own.git.failure("cat-file", done.stderr)
        return done.stdout

    def put_blob(self, path: str, mode: str, data: bytes) -> None:
        """Other content for a file that is in the index; the folder is not looked at."""
        blob = self.say("hash-object", "-w", "--no-filters", "--stdin", stdin=data)
        line = f"{mode} {blob} 0\t".encode() + os.fsencode(path) + b"\0"
        self.say("update-index", "-z", "--index-info", stdin=line)

    def write_out(self, paths: Sequence[str] | None = None) -> None:
        """Write files of the index into the folder: those, or all that are not there."""
        if paths is None:
            self.run("checkout-index", "--all", "--quiet")
            return
        names = b"".join(os.fsencode(one) + b"\0" for one in paths)
        self.run("checkout-index", "--force", "--quiet", "-z", "--stdin", stdin=names)

    def commit(self, mail: Path, head: str) -> str:
        """A commit of the index with author and message of a mail."""
        author, message = self._info(mail)
        options = ("--quiet", "--no-verify", "--no-gpg-sign", "--cleanup=whitespace", "--file=-")
        self._clear_sessions()
        # A process that was killed may have made the commit already.
        self.say("update-ref", "--no-deref", "HEAD", head)
        done = self.run(*_LASTING, "commit", *options, stdin=message, author=author)
        if done.code:
            raise self.own.git.failure("commit", done.stderr)
        found = self.head()
        if found == head:
            raise RepositoryError("git made no commit", "mkit apply --abort")
        return found

    def diff_file(self, mail: Path) -> Path:
        """What git mailinfo takes for the diff of a mail."""
        self._mailinfo(mail)
        return self._folder / "mkit-diff"

    @property
    def _folder(self) -> Path:
        return Path(self.own.environment(self.path)["GIT_DIR"])

    def _is_known(self) -> bool:
        try:
            return self._folder.is_dir()
        except RepositoryError:
            return False

    def _clear(self) -> None:
        self._clear_sessions()
        for one in self.path.iterdir():
            if one.name != ".git":
                if one.is_dir() and not one.is_symlink():
                    shutil.rmtree(one)
                else:
                    one.unlink()

    def _clear_sessions(self) -> None:
        for name in _LEFT_FOLDERS:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        for name in _LEFT_FILES:
            with contextlib.suppress(FileNotFoundError):
                (self._folder / name).unlink()

    def _info(self, mail: Path) -> tuple[Mapping[str, str], bytes]:
        said = dict(_INFO.findall(self._mailinfo(mail)))
        author = {
            "GIT_AUTHOR_NAME": said.get("Author", ""),
            "GIT_AUTHOR_EMAIL": said.get("Email", ""),
        }
        if said.get("Date"):
            author["GIT_AUTHOR_DATE"] = said["Date"]
        text = (self._folder / "mkit-message").read_bytes()
        return author, said.get("Subject", "").encode() + b"\n\n" + text

    def _mailinfo(self, mail: Path) -> str:
        raw = _QUOTED.sub(rb"\1", mail.read_bytes().partition(b"\n")[2])
        places = (str(self._folder / one) for one in ("mkit-message", "mkit-diff"))
        return self.say("mailinfo", "--encoding=UTF-8", *places, stdin=raw)
