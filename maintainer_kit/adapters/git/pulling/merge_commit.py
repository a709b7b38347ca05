# SPDX-License-Identifier: GPL-2.0-or-later
"""A merge as git merge makes it of a signed tag: the tag stays readable in it (``mergetag``)."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.new_commit import stamped, write_commit
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.person import Person

_MOST = 1 << 20


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
    who = stamped(person.name, person.address, time)
    extra = _mergetag(borrowed, tag) if tag else b""
    return write_commit(borrowed, tree, parents, (who, who), message, extra)


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
