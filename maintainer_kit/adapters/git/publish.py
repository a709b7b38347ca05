# SPDX-License-Identifier: GPL-2.0-or-later
"""Bring commits of a borrowed repository into the one it borrows from: all refs, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import visible_line

BRANCHES = "refs/heads/"
_LASTING = ("-c", "core.fsync=committed,reference")
"""A ref must not outlive, after a loss of power, what it names."""
_COUNT = slice(8, 12)
"""Where the header of a pack has the number of its objects; see gitformat-pack(5)."""
_MANY = 100
"""So many stay together in one pack, as by ``git fetch``: each alone is a file and a sync."""
_BUSY = ("rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START")


@dataclass(frozen=True, slots=True)
class RefMove:
    """A ref, by its full name."""

    ref: str
    new: str
    old: str | None
    """None: it must not be there."""


def publish(
    borrowed: Borrowed, moves: Sequence[RefMove], reason: str, above: Sequence[str] = ()
) -> None:
    """Move refs of the source, in one transaction, after their objects were brought there. Those
    that are there already are left as they are: whoever was killed after this may call it again.

    ``reason`` goes into the reflog; ``above`` are commits of the source on which the new ones
    stand, so that the history below needs no walk (the old values count as well). Raises Refused,
    with nothing moved, where one was moved meanwhile or is checked out; RepositoryError where
    objects cannot be written.
    """
    source = borrowed.source
    moves = [move for move in moves if not is_at(source, move.ref, move.new)]
    if not moves:
        return
    out = checked_out(source)
    for move in moves:
        if move.ref in out:
            name, place = visible_line(short_name(move.ref)), visible_line(out[move.ref])
            raise Refused(f"{name} is checked out in {place}", "name another branch")
    known = [*above, *(move.old for move in moves if move.old is not None)]
    _bring(borrowed, [move.new for move in moves], known)
    lines = (_line(source, move) for move in moves)
    asked = "".join(f"{one}\0" for one in ("start", *lines, "prepare", "commit"))
    argv = ("update-ref", "--create-reflog", "-m", visible_line(reason), "--stdin", "-z")
    done = source.run(*_LASTING, *argv, stdin=asked.encode("utf-8", "surrogateescape"))
    if done.code:
        words = source.failure("update-ref", done.stderr)
        raise Refused(f"no branch was moved: {words.message}", "the same command, once more")


def checked_out(source: Git) -> Mapping[str, str]:
    """Refs at which some work tree of a repository works, with the place; a rebase or a bisect
    under way counts (``git worktree list`` tells of neither)."""
    found: dict[str, str] = {}
    data = source.output("worktree", "list", "--porcelain", "-z")
    place = ""
    for line in os.fsdecode(data).split("\0"):
        name, _, value = line.partition(" ")
        if name == "worktree":
            place = value
            found.update(dict.fromkeys(_held(Path(place)), place))
        elif name == "branch":
            found[value] = place
    return found


def short_name(ref: str) -> str:
    """A branch as people name it."""
    return ref.removeprefix(BRANCHES)


def is_at(source: Git, ref: str, commit: str) -> bool:
    """Whether a ref is at a commit, by its whole id."""
    done = source.run("rev-parse", "--quiet", "--verify", "--end-of-options", ref)
    return not done.code and done.stdout.decode("ascii", "replace").strip() == commit


def _held(tree: Path) -> list[str]:
    """Branches that a rebase or a bisect of a work tree comes back to."""
    held: list[str] = []
    if not tree.is_dir():
        return held
    git = Git(tree)
    for name in _BUSY:
        said = git.run("rev-parse", "--path-format=absolute", "--git-path", name)
        try:
            words = os.fsdecode(Path(os.fsdecode(said.stdout.rstrip(b"\n"))).read_bytes()).strip()
        except (OSError, ValueError):
            continue
        held.append(words if words.startswith("refs/") else f"{BRANCHES}{words}")
    return held


def _bring(borrowed: Borrowed, tips: Sequence[str], known: Sequence[str]) -> None:
    """What the source has already is left out: it is borrowed, not ours."""
    lines = dict.fromkeys([*tips, *(f"^{one}" for one in known)])
    wanted = "".join(f"{one}\n" for one in lines).encode()
    argv = ("pack-objects", "--quiet", "--revs", "--local", "--stdout", "--delta-base-offset")
    packed = borrowed.run(*argv, stdin=wanted)
    if packed.code:
        raise borrowed.git.failure("pack-objects", packed.stderr)
    count = int.from_bytes(packed.stdout[_COUNT], "big")
    few = count < _MANY
    way = ("unpack-objects", "-q", "--strict") if few else ("index-pack", "--stdin", "--strict")
    done = borrowed.source.run(*_LASTING, *way, stdin=packed.stdout)
    if done.code:
        raise borrowed.source.failure(way[0], done.stderr)


def _line(source: Git, move: RefMove) -> str:
    """A line of the transaction, as ``git update-ref --stdin -z`` has it."""
    is_ref = move.ref.startswith("refs/") and not source.run("check-ref-format", move.ref).code
    # git itself makes no branch whose name looks like an option.
    if not is_ref or short_name(move.ref).startswith("-"):
        raise RepositoryError(f"{visible_line(move.ref)} is no name of a branch", "name another")
    if move.old is None:
        return f"create {move.ref}\0{move.new}"
    return f"update {move.ref}\0{move.new}\0{move.old}"
