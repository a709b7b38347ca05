# SPDX-License-Identifier: GPL-2.0-or-later
"""Where patches are applied and who commits them, by the settings and the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from maintainer_kit.adapters.applications import (
    ApplicationFolder,
    Laid,
    refuse_unclear,
    under_way,
)
from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.applying.source import ApplySource
from maintainer_kit.adapters.git.applying.work_tree import AmTree
from maintainer_kit.adapters.git.applying.yard import AmYard
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import BRANCHES, RefMove, publish, short_name
from maintainer_kit.adapters.kept.used_branches import UsedBranches
from maintainer_kit.config import SIGN_OFF_ON
from maintainer_kit.errors import Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.am_mbox import am_mail
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.wiring.committer import find_committer
from maintainer_kit.wiring.jobs_here import of_repository
from maintainer_kit.wiring.places import Sought, find_place, landing_refs
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.applying.plan import Plan, Wish, make_plan
from maintainer_kit.workflow.applying.ports import Say
from maintainer_kit.workflow.applying.run import Run

_PATIENCE = 900.0
"""Seconds for one call of git: a series of hundreds of patches is applied by one."""
_OFF = ("", "off", "no")


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
        return ApplicationFolder(self.workspace.home.root, str(self.place), branch)

    def manner(self, link: str | None, signs: bool | None) -> Manner:
        """By the settings, unless it is said."""
        settings = self.workspace.stores.settings
        wanted = settings.apply_link if link is None else link
        signs = settings.apply_sign_off == SIGN_OFF_ON if signs is None else signs
        return Manner("" if wanted in _OFF else wanted, self.committer if signs else None)

    @property
    def committer(self) -> Person:
        """As git finds it in that repository. Raises ConfigError."""
        return find_committer(self.source.git, self.workspace.home, self.workspace.stores.settings)

    def variables(self, folder: ApplicationFolder) -> Mapping[str, str]:
        """By which git, in the tree of an application, finds ours."""
        own = Borrowed.open(self.source.git, folder.repository)
        return {**own.environment(folder.tree), **_who(self.committer)}

    def plan(self, wish: Wish) -> Plan:
        """What is to be done, with what should be known before."""
        return make_plan(self.workspace.stores, self.source, wish, am_mail)

    def remember(self, plan: Plan) -> None:
        """To which branch the patches of these lists went."""
        lists = [name for one in plan.series for name in one.topic.root.lists]
        UsedBranches(self.workspace.home.root).remember(lists, short_name(plan.application.branch))

    @contextmanager
    def run(self, folder: ApplicationFolder, laid: Laid, say: Say) -> Iterator[Run]:
        """All that it takes to go on with an application that is laid down."""
        own = _open(self.source.git, folder.repository)
        _share_solutions(own, self.workspace.home.root)
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
) -> Application:
    """The one that is under way; of several the one to a branch, in the repository that is named
    or where the user is. Raises Refused, StateError where one cannot be understood."""
    found = under_way(workspace.home.root)
    if branch:
        ref = BRANCHES + short_name(branch)
        found = [one for one in found if one.branch == ref]
    chosen = of_repository(found, lambda one: one.repository, repository)
    if not chosen:
        refuse_unclear(workspace.home.root)
        raise Refused("no patches are being applied", "mkit apply TOPIC --to BRANCH")
    if len(chosen) > 1:
        names = ", ".join(
            visible_line(f"{short_name(one.branch)} in {one.repository}") for one in chosen
        )
        raise Refused(f"patches are being applied to {names}", "name one: --to BRANCH --repo DIR")
    return chosen[0]


def _open(source: Git, folder: Path) -> Borrowed:
    """Ours, made anew where a crash left half of it: nothing in it is worth more than its commits,
    and these are made again."""
    if (folder / "mkit-whole").is_file():
        return Borrowed.open(source, folder, _PATIENCE)
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    made = Borrowed.create(source, folder, _PATIENCE)
    (folder / "mkit-whole").touch()
    return made


def _share_solutions(own: Borrowed, home: Path) -> None:
    """What rerere learns in one application all others know."""
    link = own.folder / "rr-cache"
    if not link.is_symlink():
        shared = home / "rr-cache"
        shared.mkdir(mode=0o700, exist_ok=True)
        link.symlink_to(shared, target_is_directory=True)


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
