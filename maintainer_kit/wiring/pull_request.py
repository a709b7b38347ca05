# SPDX-License-Identifier: GPL-2.0-or-later
"""What pull requests need: a repository that is only read, one of ours to try merges in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.pulling.merge_try import try_merge
from maintainer_kit.adapters.git.pulling.request import absent_from, find_ref, read_offer, stat
from maintainer_kit.adapters.git.reach import GitReach
from maintainer_kit.adapters.kept.pull_requests import NoteFiles
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.checks.addressees import recipients_of
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.series import Series
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.maintainers.touched import Touched
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom
from maintainer_kit.wiring.tested import verdicts_in
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.landing.follow import read_ref
from maintainer_kit.workflow.pull_request import audit
from maintainer_kit.workflow.pull_request.facts import MergeTry, Offer
from maintainer_kit.workflow.pull_request.ports import Notes

_RULES = ("fixes-format", "fixes-unknown", "fixes-subject", "fixes-not-ancestor")
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class PullRoom:
    """A repository, as one who asks others to pull looks at it."""

    workspace: Workspace
    git: Git
    top: Path
    """Its work tree; of a bare one the folder of git."""

    def offer(self, word: str, base: str) -> Offer:
        """What a word names, against the branch of those who are to pull. Raises NotFound, and
        Refused."""
        return read_offer(self.git, find_ref(self.git, word), base or self.upstream())

    def upstream(self) -> str:
        """What ``mkit.ref`` calls mainline here, else what a remote calls its HEAD."""
        for one in map(read_ref, self.workspace.stores.settings.ref):
            if one.role == Role.MAINLINE.value and self._is_here(one.repository):
                return one.ref
        _, heads, _ = GitReach(self.top).branches()
        if heads:
            return heads[0]
        raise NotFound("nobody can tell who is to pull it", "--base REV, or mkit.ref")

    def url(self, named: str) -> str:
        """The address that others pull from. Raises Refused for one that nobody else can read."""
        found = named or self.workspace.stores.settings.pull_url
        known = self.git.run("remote").stdout.decode("utf-8", "replace").split()
        if found in known:
            said = self.git.run("remote", "get-url", found).stdout
            found = said.decode("utf-8", "replace").strip()
        refuse_url(found)
        return found

    @contextmanager
    def borrowed(self) -> Iterator[Borrowed]:
        """A repository of ours for as long as it is asked."""
        with tempfile.TemporaryDirectory(prefix="mkit-pull-") as folder:
            yield Borrowed.create(self.git, Path(folder) / "git", _PATIENCE)

    def tried(self, offer: Offer) -> tuple[Offer, MergeTry]:
        """The merge that upstream will make; and the offer, whose diffstat is that of the merge
        where it has more than one beginning."""
        with self.borrowed() as borrowed:
            upstream = offer.upstream.tip.commit
            found = try_merge(borrowed, upstream, offer.tip.commit)
            if offer.bases > 1 and found.is_clean:
                told = stat(borrowed.git, upstream, found.tree)
                offer = replace(offer, diffstat=told)
        return offer, found

    def audits(self, offer: Offer, tried: MergeTry) -> tuple[Audit, ...]:
        """All that is looked over, in the order in which it is told."""
        stores = self.workspace.stores
        patches = audit.patches_of(offer)
        ids = [one for several in audit.linked_ids(patches).values() for one in several]
        held = stores.catalogue.records(ids).keys()
        tested = verdicts_in(self.workspace, self.git)(offer.tip.commit, offer.base.commit)
        return (
            audit.audit_upstream(offer, stores.clock() // 1_000_000),
            audit.audit_signature(offer.tag.name if offer.tag else "", offer.signature),
            audit.audit_merge(offer, tried),
            audit.audit_tests(tested, offer.tip.commit),
            audit.audit_next(offer.commits, self._absent(offer)),
            audit.audit_sign_offs(patches, stores.people),
            audit.audit_links(patches, set(held)),
            audit.audit_fixes(patches, self._fixes(offer)),
        )

    def maintainers(self, offer: Offer) -> tuple[Sequence[Person], Sequence[Person]]:
        """To and Cc by MAINTAINERS of the repository; nobody where it has none."""
        with open_checkroom(CheckWish(self.top)) as room:
            if room.facts is None or room.maintainers is None:
                return (), ()
            argv = ("diff", "--name-only", "-z", offer.base.commit, offer.tip.commit, "--")
            paths = os.fsdecode(self.git.output(*argv)).split("\0")[:-1]
            found = recipients_of(room.maintainers, Touched(tuple(sorted(paths))), None)
        return [one.person for one in found.to], [one.person for one in found.cc]

    def _absent(self, offer: Offer) -> set[str] | None:
        refs: dict[str, list[str]] = {}
        for one in map(read_ref, self.workspace.stores.settings.ref):
            if one.role == Role.NEXT.value:
                refs.setdefault(absolute_path(one.repository), []).append(one.ref)
        if not refs:
            return None
        commits = [one.commit for one in offer.commits]
        found = set(commits)
        for path, names in refs.items():
            found &= absent_from(Git(Path(path)), commits, names, offer.upstream.tip.commit)
        return found

    def _fixes(self, offer: Offer) -> list[Finding]:
        named = [one for one in audit.patches_of(offer) if one.named("Fixes")]
        if not named:
            return []
        found: list[Finding] = []
        with open_checkroom(_fixes_wish(self.top, offer.tip.commit)) as room:
            judge, _ = room.judge()
            for patch in named:
                found += judge.check(Series((patch,), is_range=True)).findings
        return found

    def _is_here(self, repository: str) -> bool:
        path = absolute_path(repository)
        return os.path.realpath(path) == os.path.realpath(self.top)


def _fixes_wish(top: Path, tip: str) -> CheckWish:
    """By the rules of the project; of one that has none by what holds for all who write Fixes:."""
    wish = CheckWish(top, base=tip, only=_RULES, tools=False)
    with open_checkroom(wish) as room:
        profile, _ = room.profile()
    if profile.name == "generic":
        return replace(wish, profile="kernel", only=_RULES[1:])
    return wish


def open_pulls(workspace: Workspace, repository: Path | None = None) -> PullRoom:
    """``repository`` is where to look; None for where the user is. Raises RepositoryError."""
    git = Git(repository or Path.cwd(), _PATIENCE)
    layout = read_layout(git)
    return PullRoom(workspace, git, layout.top or layout.folder)


def refuse_url(url: str) -> None:
    """Raise Refused for what is no address, is an option, or has a password in it."""
    if not url:
        raise Refused("nobody has said where to pull from", "--url URL, or git config mkit.pullUrl")
    shown = visible_line(url.partition("@")[2] or url)[:80]
    if url.startswith("-") or not url.isprintable() or any(one.isspace() for one in url):
        raise Refused(f"{shown} is no address to pull from", "--url URL")
    if ":" in url.partition("://")[2].partition("/")[0].rpartition("@")[0]:
        raise Refused("the address has a password in it, which all would read", "--url URL")


def tree_notes(workspace: Workspace) -> Notes:
    """Where it is kept what requests were made of."""
    return NoteFiles(workspace.home.root)
