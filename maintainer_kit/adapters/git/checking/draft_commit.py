# SPDX-License-Identifier: GPL-2.0-or-later
"""A commit in the making: what is staged, its message as git will clean it, and whose it is."""

from __future__ import annotations

import os
from pathlib import Path

from maintainer_kit.adapters.git.checking.config import Config, read_config
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.log import MOST_OF_DIFF, cut_diff
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.mail.text import storable

_MOST = 1 << 20
_AUTO = "#;@!$%^&|:"
"""Signs that git takes for comments under ``core.commentChar=auto``, the first that is free."""
_SCISSORS = " ------------------------ >8 ------------------------"
_STATES = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "SQUASH_MSG": "squash",
    "rebase-merge": "rebase",
    "rebase-apply": "am",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A commit message as git will take it."""

    text: str
    """Without comments and what is below the scissors, cleaned as ``commit.cleanup`` says."""
    comment: str
    """What comments begin with."""
    keeps_comments: bool
    """Lines that begin like comments are a part of the message."""


def staged_diff(git: Git, most: int = MOST_OF_DIFF) -> tuple[str, int]:
    """What ``git commit`` would commit, and how many bytes of it were too many to be read.

    In a hook that is the index that git hands to it (``commit -a``, ``commit FILE``).
    """
    found = bytearray()
    passed = 0
    with git.start(*CONFIG, "diff", "--cached", *OPTIONS, "--") as running:
        while more := running.read():
            room = max(0, most + 1 - len(found))
            found += more[:room]
            passed += len(more) - len(more[:room])
        result = running.end()
    if result.code:
        read_layout(git)  # Without a repository git diff compares two files, and misses them.
        raise git.failure("diff", result.stderr)
    diff, left_out = cut_diff(bytes(found), passed, most)
    return storable(diff.decode("utf-8", "surrogateescape")), left_out


def read_draft(git: Git, path: Path, known: Config | None = None) -> Draft:
    """Read the file that git hands to commit-msg; ``known`` is the configuration, where it was
    read already. Raises NotFound when there is no file."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST)
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror}", "mkit check --commit-msg FILE") from error
    config = read_config(git) if known is None else known
    text = storable(raw.decode("utf-8", "surrogateescape"))
    comment = _value(config, "core.commentchar", "#")
    if comment == "auto":
        comment = _auto_comment(text)
    text = _above_scissors(text, comment)
    mode = _value(config, "commit.cleanup", "default")
    keeps = mode in ("whitespace", "verbatim", "scissors") or (
        mode != "strip" and not _was_edited()
    )
    if mode != "verbatim":
        text = _stripped(git, text, "" if keeps else comment)
    return Draft(text, comment, keeps)


def author(git: Git) -> Person:
    """Who git would name as the author; nobody where it does not know."""
    return _ident(git, "GIT_AUTHOR_IDENT")


def committer(git: Git) -> Person:
    """Who git would name as the committer; nobody where it does not know."""
    return _ident(git, "GIT_COMMITTER_IDENT")


def under_way(git: Git) -> frozenset[str]:
    """What the commit is a part of: merge, cherry-pick, revert, squash, rebase or am."""
    folder = read_layout(git).folder
    return frozenset(word for name, word in _STATES.items() if (folder / name).exists())


def _was_edited() -> bool:
    """Whether the message went through an editor, so that git takes comments out of it; it tells
    hooks so when not."""
    return os.environ.get("GIT_EDITOR") != ":"


def _value(config: Config, name: str, default: str) -> str:
    """What is configured; the last value counts."""
    return config.get(name, [("", default)])[-1][1]


def _auto_comment(text: str) -> str:
    """The sign that git chose, by the comments that it wrote: they stand last."""
    lines = text.split("\n")
    cut = next((at for at, one in enumerate(lines) if one[:1] and one[1:] == _SCISSORS), None)
    if cut is not None:
        return lines[cut][0]
    last = next((one for one in reversed(lines) if one.strip()), "")
    if last[:1] and last[0] in _AUTO and last[1:2] in ("", " ", "\t"):
        return last[0]
    return "#"


def _above_scissors(text: str, comment: str) -> str:
    mark = f"{comment}{_SCISSORS}\n"
    if text.startswith(mark):
        return ""
    at = text.find(f"\n{mark}")
    return text[: at + 1] if at >= 0 else text


def _stripped(git: Git, text: str, comment: str) -> str:
    """The text as git cleans it; with its comments where ``comment`` is empty."""
    if len(comment) < 2:
        return _stripspace(text, comment)
    # Whether it knows commentString (2.45) is for git to say.
    said = git.output("stripspace", "--strip-comments", stdin=text.encode("utf-8"))
    return said.decode("utf-8", "replace")


def _stripspace(text: str, comment: str) -> str:
    """As git-stripspace(1) does it, which takes as long to start as all rules to be asked."""
    found: list[str] = []
    for line in text.split("\n"):
        if comment and line.startswith(comment):
            continue
        bare = line.rstrip(" \t\r")
        if bare or (found and found[-1]):
            found.append(bare)
    while found and not found[-1]:
        found.pop()
    return "".join(f"{line}\n" for line in found)


def _ident(git: Git, name: str) -> Person:
    try:
        said = git.output("var", name).decode("utf-8", "replace")
    except RepositoryError:
        return NOBODY
    head, _, _ = said.rpartition("> ")
    person, _, address = head.rpartition("<")
    return Person(person.strip(), address)
