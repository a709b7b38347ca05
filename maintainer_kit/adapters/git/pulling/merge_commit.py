# SPDX-License-Identifier: GPL-2.0-or-later
"""A merge as git merge makes it of a signed tag: the tag stays readable in it (``mergetag``)."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.person import Person

_MOST = 1 << 20
_UNFIT = str.maketrans(dict.fromkeys([*map(chr, range(32)), "<", ">", "\x7f"], ""))


def write_merge(
    borrowed: Borrowed,
    tree: str,
    parents: Sequence[str],
    person: Person,
    time: int,
    message: str,
    tag: str = "",
) -> str:
    """The id of the new commit, which no ref has; ``time`` is in seconds since the epoch, ``tag``
    the id of a signed tag that goes into it."""
    name, address = (one.translate(_UNFIT).strip() for one in (person.name, person.address))
    who = f"{name or address} <{address}> {time} +0000"
    head = [f"tree {tree}", *(f"parent {one}" for one in parents)]
    head += [f"author {who}", f"committer {who}"]
    raw = "\n".join(head).encode("utf-8", "replace") + b"\n"
    if tag:
        raw += _mergetag(borrowed, tag)
    raw += b"\n" + message.encode("utf-8", "replace")
    return borrowed.say("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)


def _mergetag(borrowed: Borrowed, tag: str) -> bytes:
    """The tag as a header: lines after the first begin with a blank."""
    objects = Objects(borrowed.git)
    try:
        found = objects.contents(tag, _MOST + 1)
    finally:
        objects.close()
    if not isinstance(found, Object) or found.kind != "tag" or found.size > _MOST:
        raise RepositoryError(f"the tag {tag[:12]} cannot be read")
    lines = found.data.rstrip(b"\n").split(b"\n")
    return b"mergetag " + b"\n ".join(lines) + b"\n"
