# SPDX-License-Identifier: GPL-2.0-or-later
"""Others' requests to pull: found, fetched where that is asked for, merged in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.publish import RefMove, publish
from maintainer_kit.adapters.git.pulling.fetch import ASKED, fetch_asked
from maintainer_kit.adapters.git.pulling.merge_commit import write_merge
from maintainer_kit.adapters.git.pulling.receive import (
    merge_of,
    object_asked,
    read_arrived,
    read_target,
)
from maintainer_kit.adapters.git.revisions import common_commit
from maintainer_kit.adapters.git.tree_names import AppliedTrees
from maintainer_kit.config import SIGN_OFF_ON
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.landed import Place, Role
from maintainer_kit.wiring.committer import archive_of, find_committer
from maintainer_kit.wiring.pull_request import PullRoom, refuse_url
from maintainer_kit.wiring.tested import verdicts_in
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.pull_request.arrived import Arrived, audit_arrived
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.pull_request.audit import audit_known_tests
from maintainer_kit.workflow.pull_request.merging import merge_message, refuse_merge
from maintainer_kit.workflow.thanking.settings import read_names

_BRANCHES = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Received:
    """A request, and a repository of ours that has what it asks for."""

    room: PullRoom
    borrowed: Borrowed
    asked: Asked
    arrived: Arrived

    def merge(self) -> str:
        """Make the merge, and move the branch to it, or nothing; the new commit. Raises Refused."""
        refuse_merge(self.arrived)
        arrived = self.arrived
        target = arrived.target
        now = self.room.workspace.stores.clock() // 1_000_000
        tag = arrived.tag.object_id if arrived.tag and arrived.tag.signed_with else ""
        workspace = self.room.workspace
        person = find_committer(self.room.git, workspace.home, workspace.stores.settings)
        message = merge_message(self.asked, arrived, self._manner(person))
        parents = (target.commit, arrived.tip)
        made = write_merge(self.borrowed, arrived.tried.tree, parents, person, now, message, tag)
        move = RefMove(_BRANCHES + target.name, made, target.commit)
        publish(self.borrowed, [move], f"mkit pull-request: {message.partition(chr(10))[0]}")
        return made

    def _manner(self, person: Person) -> Manner:
        """As mkit apply has it."""
        settings = self.room.workspace.stores.settings
        return Manner(
            archive_of(settings), person if settings.apply_sign_off == SIGN_OFF_ON else None
        )

    def audits(self) -> tuple[Audit, ...]:
        """All that is looked over, in the order in which it is told."""
        workspace = self.room.workspace
        arrived = self.arrived
        base = common_commit(self.borrowed.git, arrived.target.commit, arrived.tip)
        # What was merged stands on nothing that it could be compared with.
        base = "" if base == arrived.tip else base
        tested = verdicts_in(workspace, self.borrowed.git)(arrived.tip, base)
        found = audit_arrived(self.asked, arrived, workspace.stores.people)
        return (*found, audit_known_tests(tested, arrived.tip))

    def merged_as(self) -> str:
        """The merge by which the target has it."""
        return merge_of(self.room.git, self.arrived.tip, self.arrived.target.commit)

    @property
    def place(self) -> str:
        """What the repository is called in mails."""
        named = read_names(self.room.workspace.stores.settings.tree_name)
        target = self.arrived.target
        where = Place(
            Role.OTHER.value,
            _BRANCHES + target.name,
            str(self.room.top),
            target.commit,
            0,
        )
        return AppliedTrees(named).tree(where).name


@contextmanager
def receive(
    room: PullRoom, asked: Asked, branch: str, url: str, *, fetches: bool
) -> Iterator[Received]:
    """Look for what a mail asks for: here, or where the mail, or ``url``, says. ``branch`` is the
    one to pull into; HEAD without one. Raises NotFound, and Refused."""
    target = read_target(room.git, branch)
    with room.borrowed() as borrowed:
        if fetches:
            place = url or asked.url
            refuse_url(place)
            found = fetch_asked(borrowed, place, asked.refs, may_be_near=bool(url))
            if not asked.is_tag and found.startswith("refs/tags/"):
                asked = replace(asked, ref=f"tags/{asked.name}")
            object_id = borrowed.say("rev-parse", "--verify", ASKED)
        else:
            object_id = object_asked(room.git, asked)
        yield Received(room, borrowed, asked, read_arrived(borrowed, asked, object_id, target))
