# SPDX-License-Identifier: GPL-2.0-or-later
"""Where patches are applied and who commits them, by the settings and the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from maintainer_kit.adapters.applications import ApplicationFolder, Laid, under_way
from maintainer_kit.adapters.git.am_tree import AmTree
from maintainer_kit.adapters.git.am_yard import AmYard
from maintainer_kit.adapters.git.apply_source import ApplySource
from maintainer_kit.adapters.git.blob_bases import place_of
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import BRANCHES, RefMove, publish, short_name
from maintainer_kit.adapters.git.reach import GitReach
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.adapters.used_branches import UsedBranches
from maintainer_kit.config import SIGN_OFF_ON, Settings
from maintainer_kit.errors import ConfigError, NotFound, Refused, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.am_mbox import am_mail
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.applying.plan import Plan, Wish, make_plan
from maintainer_kit.workflow.applying.ports import Say
from maintainer_kit.workflow.applying.run import Run
from maintainer_kit.workflow.landing.follow import main_branches

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
        return ("HEAD", *_landing_refs(self.workspace.stores.settings, self.place))

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
        return _committer(self.source.git, self.workspace.stores.settings)

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
        yield Run(self.source, yard, folder, _publisher(own), say)

    def _bases(self, laid: Laid) -> Callable[[int], Sequence[str]]:
        def bases(at: int) -> Sequence[str]:
            found = self.source.holding(laid.parcels[at].files, laid.refs)
            return [one.commit for one in found]

        return bases


def open_site(workspace: Workspace, repository: Path | None) -> Site:
    """The repository that is named, else where the user is, else that of the settings.

    Raises NotFound where there is none, RepositoryError where the named one is none.
    """
    if repository is not None:
        git = Git(repository.absolute())
        return Site(workspace, ApplySource(git), place_of(git))
    for path in _places(workspace.stores.settings):
        git = Git(path)
        try:
            return Site(workspace, ApplySource(git), place_of(git))
        except RepositoryError:
            continue
    raise NotFound("this is no git repository", "cd REPOSITORY, or name one: --repo DIR")


def find_application(workspace: Workspace, branch: str) -> Application:
    """The one that is under way; of several the one to a branch. Raises Refused."""
    found = under_way(workspace.home.root)
    if branch:
        ref = BRANCHES + short_name(branch)
        found = [one for one in found if one.branch == ref]
    if not found:
        raise Refused("no patches are being applied", "mkit apply TOPIC --to BRANCH")
    if len(found) > 1:
        names = ", ".join(visible_line(short_name(one.branch)) for one in found)
        raise Refused(f"patches are being applied to {names}", "name one: --to BRANCH")
    return found[0]


def _places(settings: Settings) -> Iterator[Path]:
    yield Path(os.path.abspath(os.curdir))
    yield from (Path(absolute_path(one)) for one in settings.repository)
    yield from map(Path, known_trees(settings))


def _landing_refs(settings: Settings, place: Path) -> Iterator[str]:
    for line in settings.ref:
        words = line.split()
        if len(words) == 3 and _is_same(Path(absolute_path(words[0])), place):
            yield words[1]
    yield from _main_branches(place)


def _main_branches(place: Path) -> Sequence[str]:
    try:
        refs, heads, is_bare = GitReach(place).branches()
    except RepositoryError:
        return ()
    return main_branches(refs, heads, is_bare=is_bare)


def _is_same(path: Path, place: Path) -> bool:
    try:
        return place_of(Git(path)) == place
    except RepositoryError:
        return False


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


def _committer(git: Git, settings: Settings) -> Person:
    known = {name: os.environ[name] for name in _IDENTITY if os.environ.get(name)}
    # Without it git makes a name up, of the user's and the machine's.
    said = git.run("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT", env=known)
    if not said.code:
        text = said.stdout.decode("utf-8", "replace").rpartition(">")[0]
        found = parse_person(f"{text}>")
        if "@" in found.address:
            return found
    if settings.me:
        return Person(settings.name[0] if settings.name else "", settings.me[0])
    raise ConfigError("nobody has said who commits", "git config --global user.email ADDRESS")


_IDENTITY = ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")


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
