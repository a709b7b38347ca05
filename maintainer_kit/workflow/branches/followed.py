# SPDX-License-Identifier: GPL-2.0-or-later
"""Which refs of a repository stand for what: by the settings, else its own main branches."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.workflow.branches.ports import Repository
from maintainer_kit.workflow.landing.follow import Wanted, main_branches


@dataclass(frozen=True, slots=True)
class Followed:
    """A ref that stands for something."""

    ref: str
    """Its full name."""
    tip: str
    role: str


def followed_refs(
    repository: Repository, wanted: Sequence[Wanted], problems: list[str]
) -> list[Followed]:
    """Each ref once; those that are not there are told in ``problems``."""
    refs = repository.refs()
    wanted = wanted or [
        Wanted(repository.path, name, Role.MAINLINE.value)
        for name in main_branches(refs.tips, refs.remote_heads, is_bare=refs.is_bare)
    ]
    found: dict[str, Followed] = {}
    for one in wanted:
        resolved = repository.resolve(one.ref)
        if resolved is None:
            problems.append(visible_line(f"{repository.path} has no ref {one.ref}"))
        else:
            found.setdefault(resolved[0], Followed(*resolved, one.role))
    return list(found.values())


def mainline_of(followed: Sequence[Followed]) -> list[Followed]:
    """Those of mainline; where none is named so, all of them."""
    return [one for one in followed if one.role == Role.MAINLINE] or list(followed)
