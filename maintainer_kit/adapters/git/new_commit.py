# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits written as they are to be: ``git commit-tree`` would make dates and names anew."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.borrowed import Borrowed, fit

_LASTING = ("-c", "core.fsync=committed,loose-object")


def write_commit(
    own: Borrowed,
    tree: str,
    parents: Sequence[str],
    people: tuple[str, str],
    message: str,
    extra: bytes = b"",
    *,
    lasting: bool = False,
) -> str:
    """The id of a new commit, which no ref has.

    ``people`` are author and committer with the time; see ``stamped``. ``extra`` are further
    headers, a line each. A ``lasting`` one is durable when it returns, not what it names.
    """
    author, committer = people
    head = [f"tree {tree}", *(f"parent {one}" for one in parents)]
    head += [f"author {author}", f"committer {committer}", ""]
    raw = "\n".join(head).encode("utf-8", "replace") + extra
    raw += b"\n" + message.replace("\0", "").encode("utf-8", "replace")
    argv = ("hash-object", "-t", "commit", "-w", "--stdin")
    done = own.run(*(_LASTING if lasting else ()), *argv, stdin=raw)
    if done.code:
        raise own.git.failure(argv[0], done.stderr)
    return done.stdout.decode("ascii", "replace").strip()


def stamped(name: str, address: str, time: int) -> str:
    """A person as a commit names one, at a time in seconds since the epoch."""
    to = fit(address) or "nobody"
    return f"{fit(name) or to} <{to}> {time} +0000"
