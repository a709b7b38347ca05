# SPDX-License-Identifier: GPL-2.0-or-later
"""Where patches are applied and who commits them, by the settings and the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.applying.solutions import share_solutions
from maintainer_kit.adapters.git.applying.source import ApplySource
from maintainer_kit.adapters.git.applying.work_tree import AmTree
from maintainer_kit.adapters.git.applying.yard import AmYard
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import RefMove, publish, short_name
from maintainer_kit.adapters.kept.applications import KIND, ApplicationFolder, Laid, folder_for
from maintainer_kit.adapters.kept.used_branches import UsedBranches
from maintainer_kit.config import SIGN_OFF_ON
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.am_mbox import am_mail
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.wiring.committer import archive_of, find_committer
from maintainer_kit.wiring.jobs_here import Words, find_job
from maintainer_kit.wiring.places import Sought, find_place, landing_refs
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.applying.plan import ApplyWish, Plan, make_plan
from maintainer_kit.workflow.applying.ports import Say
from maintainer_kit.workflow.applying.run import Run

_PATIENCE = 900.0
"""Seconds for one call of git: a series of hundreds of patches is applied by one."""
_WORDS = Words(
    none=("no patches are being applied", "mkit apply TOPIC --to BRANCH"),
    several="patches are being applied to",
)


@dataclass(frozen=True, slots=True)
class Site:
    """A repository that patches are applied to, and where that is done."""

    workspace: Workspace
    source: ApplySource
    place: Path
    """Its git directory."""

    def refs(self) -> tuple[str, ...]:
        """Where patches land in it, the likeliest first."""
        return ("HEAD", *landing_refs(self.workspace.stores.settings, self.place))

    def folder(self, branch: str) -> ApplicationFolder:
        """Of a branch by its full name."""
        return folder_for(self.workspace.home.root, str(self.place), branch)

    def manner(self, link: str | None, signs: bool | None) -> Manner:
        """By the settings, unless it is said."""
        settings = self.workspace.stores.settings
        signs = settings.apply_sign_off == SIGN_OFF_ON if signs is None else signs
        return Manner(archive_of(settings, link), self.committer if signs else None)

    @property
    def committer(self) -> Person:
        """As git finds it in that repository. Raises ConfigError."""
        return find_committer(self.source.git, self.workspace.home, self.workspace.stores.settings)

    def variables(self, folder: ApplicationFolder) -> Mapping[str, str]:
        """By which git, in the tree of an application, finds ours."""
        own = folder.repository(self.source.git, _PATIENCE)
        return {**own.environment(folder.tree), **_who(self.committer)}

    def plan(self, wish: ApplyWish) -> Plan:
        """What is to be done, with what should be known before."""
        return make_plan(self.workspace.stores, self.source, wish, am_mail)

    def remember(self, plan: Plan) -> None:
        """To which branch the patches of these lists went."""
        lists = [name for one in plan.series for name in one.topic.root.lists]
        UsedBranches(self.workspace.home.root).remember(lists, short_name(plan.application.branch))

    @contextmanager
    def run(self, folder: ApplicationFolder, laid: Laid, say: Say) -> Iterator[Run]:
        """All that it takes to go on with an application that is laid down."""
        own = folder.repository(self.source.git, _PATIENCE)
        share_solutions(own, self.workspace.home.root)
        tree = AmTree(own, folder.tree, _who(self.committer))
        mails, chains = folder.write_mails(laid.parcels, mboxrd)
        yard = AmYard(tree, mails, chains, self._bases(laid))
        yield Run(yard, folder, _publisher(own), say)

    def _bases(self, laid: Laid) -> Callable[[int], Sequence[str]]:
        def bases(at: int) -> Sequence[str]:
            found = self.source.holding(laid.parcels[at].files, laid.refs)
            return [one.commit for one in found]

        return bases


def open_site(workspace: Workspace, repository: Path | None, what: Sought | None = None) -> Site:
    """The repository that is named, else the one that is told by what is to be applied: see
    ``find_place``.

    Raises NotFound where there is none, RepositoryError where the named one is none.
    """
    if repository is None:
        repository = find_place(workspace.stores.settings, what or Sought())
    git = Git(repository.absolute())
    return Site(workspace, ApplySource(git), place_of(git))


def find_application(
    workspace: Workspace, branch: str, repository: Path | None = None
) -> tuple[ApplicationFolder, Application]:
    """The one that is meant; see ``find_job``."""
    folder, one = find_job(KIND, workspace.home.root, branch, repository, _WORDS)
    return ApplicationFolder(folder.path), one


def _who(person: Person) -> Mapping[str, str]:
    found = dict(identity(person.name or person.address.partition("@")[0], person.address))
    if fixed := os.environ.get("MKIT_NOW"):
        found["GIT_COMMITTER_DATE"] = datetime.fromisoformat(fixed).isoformat()
    return found


def _publisher(own: Borrowed) -> Callable[[Application], None]:
    def move(one: Application) -> None:
        count = sum(bool(each.commit) for each in one.applied)
        reason = f"mkit apply: {count} of {len(one.patches)} patches"
        publish(own, [RefMove(one.branch, one.head, one.old)], reason, [one.base])

    return move
