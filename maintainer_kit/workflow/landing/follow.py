# SPDX-License-Identifier: GPL-2.0-or-later
"""Which refs are followed, and what each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.queue.landed import Role

ROLES = tuple(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ref that is to be followed."""

    repository: str
    """Its path."""
    ref: str
    """As git takes it."""
    role: str = ""
    """What it stands for; empty: as the settings say, else mainline."""


Branches = Callable[[str], Sequence[str]]
"""The branches of a repository that patches land in, by its own account."""


def read_ref(line: str) -> Wanted:
    """``REPOSITORY REF ROLE``, where only the path may hold spaces. Raises ConfigError."""
    words = line.rsplit(None, 2)
    if len(words) == 3 and words[2] in ROLES:
        return Wanted(*words)
    raise ConfigError(
        f"mkit.ref is {line!r}, which is not REPOSITORY REF ROLE",
        f"git config --add mkit.ref '~/linux origin/master mainline' (or {', '.join(ROLES)})",
    )


def in_their_roles(named: Iterable[Wanted], known: Iterable[Wanted]) -> list[Wanted]:
    """Refs that were named, those without a role in that which they are known in, else as
    mainline."""
    roles = {(one.repository, one.ref): one.role for one in known}
    return [
        Wanted(
            one.repository,
            one.ref,
            one.role or roles.get((one.repository, one.ref)) or Role.MAINLINE.value,
        )
        for one in named
    ]


def wanted_refs(
    refs: Iterable[Wanted], repositories: Iterable[str], branches: Branches
) -> list[Wanted]:
    """Refs of the settings; of a repository of which none is named its own main branches, as
    mainline."""
    found = list(refs)
    named = {one.repository for one in found}
    for path in dict.fromkeys(repositories):
        if path not in named:
            found.extend(Wanted(path, one, Role.MAINLINE.value) for one in branches(path))
    return list(dict.fromkeys(found))


MAIN = ("main", "master", "trunk")


def main_branches(refs: Iterable[str], heads: Iterable[str], *, is_bare: bool) -> list[str]:
    """Of the full names of refs those that patches land in: what remotes call their HEAD, and the
    usual names; HEAD itself counts in a bare repository, and where there is nothing else.

    ``heads`` are the targets of the remotes' HEADs. In a work tree HEAD may be a branch on which
    somebody tries a patch.
    """
    known = set(refs)
    found = [one for one in heads if one in known]
    for ref in sorted(known):
        kind, _, rest = ref.removeprefix("refs/").partition("/")
        branch = rest.partition("/")[2] if kind == "remotes" else rest
        if kind in ("heads", "remotes") and branch in MAIN:
            found.append(ref)
    if is_bare or not found:
        found.append("HEAD")
    return list(dict.fromkeys(found))
