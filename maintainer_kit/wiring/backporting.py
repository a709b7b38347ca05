# SPDX-License-Identifier: GPL-2.0-or-later
"""What a backport works on: the user's repository, and one of ours that borrows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from maintainer_kit.adapters.backport_shelf import (
    BackportShelf,
    refuse_unclear,
    shelf_for,
    under_way,
)
from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.applying.cherry import CherryTree
from maintainer_kit.adapters.git.applying.picked_history import BackportHistory
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import (
    BRANCHES,
    RefMove,
    checked_out,
    is_at,
    publish,
    short_name,
)
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.committer import find_committer
from maintainer_kit.wiring.jobs_here import of_repository
from maintainer_kit.wiring.landing import branches_of
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.backporting.job import Job
from maintainer_kit.workflow.backporting.ports import Room

_PATIENCE = 300.0


def history_of(repository: Path, main: Sequence[str]) -> BackportHistory:
    """``main``: the refs in which fixes are looked for; empty for the main branches."""
    git = Git(repository, _PATIENCE)
    return BackportHistory(git, main or branches_of(str(repository)))


def find_branch(repository: Path, name: str, onto: str) -> tuple[str, str | None, str]:
    """A branch by its name: the ref, where it is (None where it is not there), and the commit on
    which the first one is put. A new one begins at ``onto``, else at the remote branch of its name.

    Raises Refused where it is checked out, or ``onto`` is said of one that is there; NotFound.
    """
    git = Git(repository, _PATIENCE)
    ref = name if name.startswith(BRANCHES) else f"{BRANCHES}{name}"
    short = ref.removeprefix(BRANCHES)
    if short.startswith("-") or git.run("check-ref-format", ref).code:
        raise Refused(f"{visible_line(short)} is no name of a branch", "name another")
    out = checked_out(git)
    if ref in out:
        place = visible_line(out[ref])
        raise Refused(f"{short} is checked out in {place}", "name another, with --onto its tip")
    old = _commit(git, ref)
    if old and onto:
        raise Refused(f"{short} is there already, and only moves forward", "without --onto")
    if old:
        return ref, old, old
    start = _commit(git, onto) if onto else _of_remote(git, short)
    if not start:
        what = f"no commit {visible_line(onto)}" if onto else f"no branch {short}"
        raise NotFound(what, f"mkit backport COMMIT --to {short} --onto REF begins one")
    return ref, None, start


def _of_remote(git: Git, name: str) -> str:
    """Where the only remote branch of a name is; its name with the remote's will do."""
    said = git.output("for-each-ref", "--format=%(refname)", "refs/remotes/")
    refs = said.decode("utf-8", "replace").split()
    found = [one for one in refs if name in (one[13:], one[13:].partition("/")[2])]
    return _commit(git, found[0]) if len(found) == 1 else ""


def _commit(git: Git, name: str) -> str:
    argv = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return git.run(*argv).stdout.decode("ascii", "replace").strip()


@contextmanager
def fresh_room(
    workspace: Workspace, repository: Path, history: BackportHistory, branch: str, *, is_dry: bool
) -> Iterator[Room]:
    """For a new backport; a dry run leaves nothing."""
    source = Git(repository, _PATIENCE)
    if is_dry:
        with TemporaryDirectory(prefix="mkit-backport-") as folder:
            own = Borrowed.create(source, Path(folder, "own"), _PATIENCE)
            yield _room(workspace, history, own, Path(folder, "tree"), None)
        return
    shelf = shelf_for(workspace.home.root, str(place_of(source)), branch)
    with shelf.alone():
        shelf.begin()
        try:
            own = Borrowed.create(source, shelf.own, _PATIENCE)
            yield _room(workspace, history, own, shelf.tree, shelf)
        finally:
            if shelf.load() is None:
                shelf.drop()


def find_backport(
    workspace: Workspace, branch: str, repository: Path | None
) -> tuple[BackportShelf, Job]:
    """The one that is under way; of several the one to a branch, in the repository that is named
    or where the user is. Raises Refused, StateError where one cannot be understood."""
    found = under_way(workspace.home.root)
    if branch:
        ref = BRANCHES + short_name(branch)
        found = [one for one in found if one[1].branch == ref]
    chosen = of_repository(found, lambda one: one[1].repository, repository)
    if not chosen:
        refuse_unclear(workspace.home.root)
        raise Refused("no backport is under way", "mkit backport COMMIT --to BRANCH")
    if len(chosen) > 1:
        names = ", ".join(_named(job) for _, job in chosen)
        words = f"{len(chosen)} backports are under way: {names}"
        raise Refused(words, "say which: --to BRANCH --repo DIR")
    return chosen[0]


def _named(job: Job) -> str:
    return visible_line(f"{short_name(job.branch)} in {job.repository}")


@contextmanager
def kept_room(workspace: Workspace, shelf: BackportShelf, job: Job) -> Iterator[Room]:
    """For one that is under way."""
    repository = Path(job.repository)
    with shelf.alone():
        own = Borrowed.open(Git(repository, _PATIENCE), shelf.own, _PATIENCE)
        yield _room(workspace, history_of(repository, ()), own, shelf.tree, shelf)


def give_up(shelf: BackportShelf, job: Job) -> None:
    """Forget one that is under way; the branch is as it was. Raises Refused where the branch has
    moved already: only that was not noted any more."""
    with shelf.alone():
        if job.picked and not job.todo and is_at(Git(Path(job.repository)), job.branch, job.head):
            name = short_name(job.branch)
            raise Refused(f"{name} has all of it already", "mkit backport --continue")
        shelf.drop()


def _room(
    workspace: Workspace,
    history: BackportHistory,
    own: Borrowed,
    tree: Path,
    shelf: BackportShelf | None,
) -> Room:
    signer = find_committer(own.source, workspace.home, workspace.stores.settings)
    clock = workspace.stores.clock
    who = identity(signer.name, signer.address)
    return Room(
        history=history,
        tree=CherryTree(own, tree, who, lambda: clock() // 1_000_000),
        shelf=shelf,
        publish=partial(_publish, own),
        signer=signer,
    )


def _publish(own: Borrowed, job: Job) -> None:
    short = job.branch.removeprefix(BRANCHES)
    move = RefMove(job.branch, job.head, job.old)
    publish(own, [move], f"mkit backport: {len(job.picked)} to {short}", [job.base])
