# SPDX-License-Identifier: GPL-2.0-or-later
"""``land --is`` and ``--is-not``: say by hand which commit a patch is."""

from __future__ import annotations

from collections.abc import Sequence

import click

from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.decision.event import Event, Group, Origin
from maintainer_kit.wiring.landing import LandingRoom
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.decide import decide
from maintainer_kit.workflow.landing.judge import plan_judged
from maintainer_kit.workflow.targets import resolve


@dataclass(frozen=True, slots=True)
class Said:
    """What the options say of a patch."""

    is_commit: tuple[str, ...]
    not_commit: tuple[str, ...]
    why: str

    def __bool__(self) -> bool:
        return bool(self.is_commit or self.not_commit)


def judge(workspace: Workspace, room: LandingRoom, targets: Sequence[str], said: Said) -> Group:
    """Decide, as one group, about the one patch that is named."""
    message_id = _patch(workspace, targets)
    events: list[Event] = []
    for names, is_it in ((said.is_commit, True), (said.not_commit, False)):
        for name in names:
            commit = _commit(workspace, room, message_id, name)
            events += plan_judged(workspace.stores, message_id, commit, is_it).events
    if len({one.value.partition(":")[2] for one in events}) < len(events):
        raise click.UsageError("--is and --is-not name the same commit")
    return decide(workspace.stores, events, Origin.CLI, said.why or "by my own eyes")


def _patch(workspace: Workspace, targets: Sequence[str]) -> str:
    if len(targets) != 1:
        raise click.UsageError("--is and --is-not need one TARGET: the Message-ID of a patch")
    found = resolve(workspace.stores, targets[0]).message_ids
    if len(found) != 1:
        hint = f"one of: {', '.join(found[:5])}" if found else "the Message-ID of a patch"
        raise Refused(f"{targets[0]} is {len(found)} patches, and one can be a commit", hint)
    return found[0]


def _commit(workspace: Workspace, room: LandingRoom, message_id: str, name: str) -> str:
    """The whole id of what the user names, from what the patch was seen as, else from the
    repositories that are followed."""
    try:
        plan_judged(workspace.stores, message_id, name, True)
    except Refused:
        seen = False
    else:
        seen = len(name) < 40 or bool(room.evidence.commits.commits([name.lower()]))
    if seen:
        return name
    for place in dict.fromkeys(ref.place for ref in room.evidence.commits.refs()):
        try:
            found = room.evidence.repositories(place).full_ids([name.lower()])
        except RepositoryError:
            continue  # it was told of when refs were followed
        if found:
            return found[name.lower()]
    raise NotFound(f"no commit {name} in the repositories that are known", "mkit land --repo DIR")
