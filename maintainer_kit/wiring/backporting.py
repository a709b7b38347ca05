# SPDX-License-Identifier: GPL-2.0-or-later
"""What a backport works on: the user's repository, and one of ours that borrows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.applying.cherry import CherryTree
from maintainer_kit.adapters.git.applying.picked_history import BackportHistory
from maintainer_kit.adapters.git.applying.solutions import share_solutions
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
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.adapters.kept.backport_shelf import KIND, begin, folder_for
from maintainer_kit.adapters.kept.job_folder import JobFolder, under_way
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.committer import find_committer
from maintainer_kit.wiring.jobs_here import Words, find_job
from maintainer_kit.wiring.landing import branches_of
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.backporting.backport import as_it_is
from maintainer_kit.workflow.backporting.facts import Report, Upstream
from maintainer_kit.workflow.backporting.job import Job
from maintainer_kit.workflow.backporting.ports import Room

_PATIENCE = 300.0
_WORDS = Words(
    none=("no backport is under way", "mkit backport COMMIT --to BRANCH"),
    several="several backports are under way:",
)


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
    old = commit_id(git, ref)
    if old and onto:
        raise Refused(f"{short} is there already, and only moves forward", "without --onto")
    if old:
        return ref, old, old
    start = commit_id(git, onto) if onto else _of_remote(git, short)
    if not start:
        what = f"no commit {visible_line(onto)}" if onto else f"no branch {short}"
        raise NotFound(what, f"mkit backport COMMIT --to {short} --onto REF begins one")
    return ref, None, start


def _of_remote(git: Git, name: str) -> str:
    """Where the only remote branch of a name is; its name with the remote's will do."""
    said = git.output("for-each-ref", "--format=%(refname)", "refs/remotes/")
    refs = said.decode("utf-8", "replace").split()
    found = [one for one in refs if name in (one[13:], one[13:].partition("/")[2])]
    return commit_id(git, found[0]) if len(found) == 1 else ""


@contextmanager
def fresh_room(
    workspace: Workspace, repository: Path, history: BackportHistory, branch: str, *, is_dry: bool
) -> Iterator[Room]:
    """For a new backport; a dry run leaves nothing."""
    source = Git(repository, _PATIENCE)
    if is_dry:
        with TemporaryDirectory(prefix="mkit-backport-") as scratch:
            own = Borrowed.create(source, Path(scratch, "own"), _PATIENCE)
            yield _room(workspace, history, own, Path(scratch, "tree"), None)
        return
    folder = folder_for(workspace.home.root, str(place_of(source)), branch)
    with folder.held():
        begin(folder)
        try:
            own = folder.repository(source, _PATIENCE)
            yield _room(workspace, history, own, folder.tree, folder)
        finally:
            if folder.read() is None:
                folder.drop()


def find_backport(
    workspace: Workspace, branch: str, repository: Path | None
) -> tuple[JobFolder[Job], Job]:
    """The one that is meant; see ``find_job``."""
    return find_job(KIND, workspace.home.root, branch, repository, _WORDS)


def backports(workspace: Workspace) -> list[Report]:
    """All that are under way, in the order of their repositories."""
    known = under_way(KIND, workspace.home.root)
    found = [_as_it_is(folder, job) for folder, job in known]
    return sorted(found, key=lambda one: (one.repository, one.branch))


def _as_it_is(folder: JobFolder[Job], job: Job) -> Report:
    """The title of a commit is in the repository, which may be gone."""
    if not job.is_stopped or not job.todo:
        return as_it_is(job, None, "")
    stopped = Upstream(job.todo[0], "", "")
    with suppress(RepositoryError):
        known = history_of(Path(job.repository), ["HEAD"]).read(job.todo[:1])
        stopped = known.get(job.todo[0], stopped)
    return as_it_is(job, stopped, str(folder.tree))


@contextmanager
def kept_room(workspace: Workspace, folder: JobFolder[Job], job: Job) -> Iterator[Room]:
    """For one that is under way."""
    repository = Path(job.repository)
    with folder.held():
        own = folder.repository(Git(repository, _PATIENCE), _PATIENCE)
        yield _room(workspace, history_of(repository, ()), own, folder.tree, folder)


def give_up(folder: JobFolder[Job], job: Job) -> None:
    """Forget one that is under way; the branch is as it was. Raises Refused where the branch has
    moved already: only that was not noted any more."""
    with folder.held():
        if job.picked and not job.todo and is_at(Git(Path(job.repository)), job.branch, job.head):
            name = short_name(job.branch)
            raise Refused(f"{name} has all of it already", "mkit backport --continue")
        folder.drop()


def _room(
    workspace: Workspace,
    history: BackportHistory,
    own: Borrowed,
    tree: Path,
    shelf: JobFolder[Job] | None,
) -> Room:
    share_solutions(own, workspace.home.root)
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
