# SPDX-License-Identifier: GPL-2.0-or-later
"""``check --fix``: shows what would be mended, and writes it when the user agrees."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.adapters.mail.patch_files import PatchFile, read_patch_file, replace_file
from maintainer_kit.cli.common import print_lines
from maintainer_kit.errors import MkitError, Refused, RepositoryError
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.patch_file import MailDraft
from maintainer_kit.workflow.check import lists_of
from maintainer_kit.workflow.mend_patches import (
    Repair,
    diff_of,
    left_of,
    mend_series,
    posted_drafts,
    rules_of,
)

if TYPE_CHECKING:
    from maintainer_kit.adapters.git.checking.own_commits import OwnCommits
    from maintainer_kit.adapters.git.process import Git
    from maintainer_kit.checks.mending import Left, Mended
    from maintainer_kit.wiring.checkroom import Checkroom

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_SENT = "mends files, and commits of your own: mkit pull, or git am, makes either of a mail"


@dataclass(slots=True)
class _Plan:
    """What is to be written, before anything is."""

    files: list[tuple[PatchFile, Repair]] = field(default_factory=list)
    own: OwnCommits | None = None
    messages: dict[str, Repair] = field(default_factory=dict)
    """By commit."""
    left: list[tuple[str, Left]] = field(default_factory=list)
    errors: list[MkitError] = field(default_factory=list)

    @property
    def repairs(self) -> list[Repair]:
        return [*(one for _, one in self.files), *self.messages.values()]

    def leave(self, name: str, left: Iterable[Left]) -> None:
        self.left += ((name, one) for one in left)


def run_fix(room: Checkroom, words: Sequence[str], *, is_agreed: bool) -> int:
    """Mend the files and the range of commits that are named; the exit code.

    0 where nothing is left to be written, 1 where something is or could not be read.
    """
    plan = _Plan()
    paths, ranges = _sort(words)
    _plan_files(room, paths, plan)
    for word in ranges:
        try:
            _plan_commits(room, word, plan)
        except MkitError as error:
            plan.errors.append(error)
    _complain(plan.errors)
    if not plan.errors or plan.repairs:
        _show(plan)
    if not plan.repairs:
        return int(bool(plan.errors))
    if not (is_agreed or _agrees(plan)):
        click.echo("nothing is written yet (try: mkit check --fix --yes ...)", err=True)
        return 1
    failed = _write(room, plan)
    _complain(failed)
    return int(bool(plan.errors or failed))


def _sort(words: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files, and ranges of commits."""
    paths: list[Path] = []
    ranges: list[str] = []
    for word in words:
        if os.path.lexists(word):
            paths.append(Path(word))
        elif word == "-" or "@" in word:
            raise Refused(f"{visible_line(word)[:80]} is no file", f"--fix {_SENT}")
        else:
            ranges.append(word)
    if len(ranges) > 1:
        raise click.UsageError("--fix takes one range of commits")
    return paths, ranges


def _plan_files(room: Checkroom, paths: Sequence[Path], plan: _Plan) -> None:
    files = list(_read_files(paths, plan))
    drafts: list[MailDraft] = []
    owners: dict[int, tuple[int, int]] = {}
    for at, file in enumerate(files):
        for index, one in enumerate(file.mails):
            drafts.append(MailDraft(one.raw, str(file.path)))
            owners[id(drafts[-1])] = at, index
    new: list[dict[int, Mended[MailDraft]]] = [{} for _ in files]
    for series, parts in posted_drafts(drafts):
        judge, _ = room.judge(lists_of((series,)))
        for draft, mended in zip(parts, mend_series(judge, series, parts), strict=True):
            at, index = owners[id(draft)]
            new[at][index] = mended
    for file, mails in zip(files, new, strict=True):
        _plan_file(file, mails, plan)


def _read_files(paths: Sequence[Path], plan: _Plan) -> Iterator[PatchFile]:
    """The files by their targets, each once; what cannot be read becomes an error."""
    seen: set[str] = set()
    for path in _listed(paths, plan):
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        try:
            file = read_patch_file(path)
        except MkitError as error:
            plan.errors.append(error)
            continue
        plan.errors += (Refused(f"{path}: {reason}") for reason in file.broken)
        yield file


def _listed(paths: Sequence[Path], plan: _Plan) -> Iterator[Path]:
    from maintainer_kit.adapters.mail.quilt_series import is_quilt_series, quilt_patches

    for path in paths:
        for one in quilt_patches(path) if is_quilt_series(path) else (path,):
            if isinstance(one, Path):
                yield one
            else:
                plan.errors.append(Refused(f"{one.path}: {one.reason}"))


def _plan_file(file: PatchFile, mails: dict[int, Mended[MailDraft]], plan: _Plan) -> None:
    changed = {
        index: one.draft.content
        for index, one in mails.items()
        if one.draft.content != file.mails[index].raw
    }
    name = str(file.path)
    repair = Repair(name, file.data, file.with_mails(changed), rules_of(list(mails.values())))
    if repair.is_needed:
        plan.files.append((file, repair))
    plan.leave(name, left_of(list(mails.values())))


def _plan_commits(room: Checkroom, word: str, plan: _Plan) -> None:
    from maintainer_kit.adapters.git.checking.own_commits import read_own
    from maintainer_kit.adapters.git.log import read_commits
    from maintainer_kit.adapters.git.range import read_range
    from maintainer_kit.checks.series import Series
    from maintainer_kit.render.commit_text import CommitDraft

    git = _git(room)
    wanted = read_range(git, word)
    own = plan.own = read_own(git, wanted)
    records = {one.commit: one for one in read_commits(git, wanted)}
    drafts = [CommitDraft(one.message, records[one.commit], one.encoding) for one in own.commits]
    judge, _ = room.judge()
    series = Series(tuple(one.patch for one in drafts), is_range=True)
    for draft, mended in zip(drafts, mend_series(judge, series, drafts), strict=True):
        commit = draft.record.commit
        name = f"commit {commit[:12]}"
        repair = Repair(name, draft.content, mended.draft.content, mended.rules)
        if repair.is_needed:
            plan.messages[commit] = repair
        plan.leave(name, left_of([mended]))


def _git(room: Checkroom) -> Git:
    if room.facts is None:
        raise RepositoryError("this is no git repository", "mkit check --repo DIR")
    return room.facts.git


def _show(plan: _Plan) -> None:
    for repair in plan.repairs:
        name = visible_line(repair.name)
        click.echo(click.style(f"{name}: mends {', '.join(repair.rules)}", bold=True))
        print_lines(_coloured(line) for line in diff_of(repair))
    for name, left in plan.left:
        click.echo(visible_line(f"{name}: {left.rule} is left: {left.reason}"), err=True)
    if not plan.repairs:
        click.echo("nothing to mend", err=True)


def _coloured(line: str) -> str:
    """A line of a diff: what it is made of came by mail."""
    shown = "\t".join(visible_line(part) for part in line.split("\t"))
    return click.style(shown, fg=_COLOURS[line[0]]) if line[:1] in _COLOURS else shown


def _agrees(plan: _Plan) -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return click.confirm(f"write {_sum(len(plan.files), len(plan.messages))}?", err=True)


def _sum(files: int, messages: int) -> str:
    counts = ((files, "file"), (messages, "commit message"))
    return " and ".join(count_of(number, noun) for number, noun in counts if number)


def _write(room: Checkroom, plan: _Plan) -> list[MkitError]:
    """Write what was agreed on; what could not be written is told, and the rest written."""
    failed: list[MkitError] = []
    files = sum(_is_replaced(file, repair, failed) for file, repair in plan.files)
    messages = 0
    try:
        messages = _rewrite(room, plan)
    except MkitError as error:
        failed.append(error)
    if files or messages:
        click.echo(f"{_sum(files, messages)} mended", err=True)
    return failed


def _is_replaced(file: PatchFile, repair: Repair, failed: list[MkitError]) -> bool:
    try:
        replace_file(file, repair.after)
    except MkitError as error:
        failed.append(error)
        return False
    return True


def _rewrite(room: Checkroom, plan: _Plan) -> int:
    """Rewrite commits; how many messages are other ones."""
    if plan.own is None or not plan.messages:
        return 0
    from maintainer_kit.adapters.git.checking.rewrite import rewrite
    from maintainer_kit.wiring.workspace import clock

    messages = {commit: one.after for commit, one in plan.messages.items()}
    now = datetime.fromtimestamp(clock() / 1_000_000, UTC)
    done = rewrite(_git(room), plan.own, messages, now)
    click.echo(f"the old commits are kept; to go back: {visible_line(done.way_back)}", err=True)
    for other in plan.own.also_in:
        short = visible_line(other.removeprefix("refs/heads/"))
        click.echo(f"the branch {short} keeps the old ones", err=True)
    return len(messages)


def _complain(errors: Iterable[MkitError]) -> None:
    for one in errors:
        hint = f" (try: {one.hint})" if one.hint else ""
        click.echo(click.style(visible_line(f"{one.message}{hint}"), fg="red"), err=True)
