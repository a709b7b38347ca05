# SPDX-License-Identifier: GPL-2.0-or-later
"""What the words on the command line of ``check`` name, read and checked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maintainer_kit.checks.report import Checked, Report, Unchecked
from maintainer_kit.cli.common import Bar, catch_up
from maintainer_kit.errors import MkitError, NotFound, RepositoryError
from maintainer_kit.workflow.check import (
    Collected,
    Judge,
    collect_mails,
    commit_series,
    lightened,
    lists_of,
    make_report,
)
from maintainer_kit.workflow.records import BrokenMail, SourceMail

if TYPE_CHECKING:
    from maintainer_kit.adapters.git.checking.facts import GitFacts
    from maintainer_kit.wiring.checkroom import Checkroom, CheckWish
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.foreign import Judged


class Drafts(NamedTuple):
    """What is not committed yet."""

    staged: bool = False
    message: Path | None = None

    def __bool__(self) -> bool:
        return self.staged or self.message is not None


class Words(NamedTuple):
    """The words by what they are."""

    files: list[Path]
    ranges: list[str]
    topics: list[str]
    stdin: bool


def read_targets(
    room: Checkroom, words: Sequence[str], drafts: Drafts, *, use_index: bool
) -> Report:
    """Read all that is named, and check it."""
    sorted_words = sort_words(words, use_index)
    with open_index(room, bool(sorted_words.topics), use_index and not drafts) as workspace:
        collected = collect(room, sorted_words, drafts, workspace)
        judged, reasons = _check_series(room, collected, drafts)
        for word in sorted_words.ranges:
            judge, reason = room.judge()
            reasons.append(reason)
            found: list[Judged] = []
            try:
                seen = _check_range(room, judge, word, _wants_tools(room, drafts))
                found.extend((judge, one) for one in seen)
            except RepositoryError as error:
                collected.unchecked.append(unchecked(word, error))
            judged += _with_tools(room, found, drafts, collected)
        return make_report(judged, collected.unchecked, reasons)


def _check_series(
    room: Checkroom, collected: Collected, drafts: Drafts
) -> tuple[list[Judged], list[str]]:
    """What was read, each in its place; and why by which profiles."""
    from maintainer_kit.wiring.trees import Trees

    judged: list[Judged] = []
    reasons: list[str] = []
    with Trees(room) as trees:
        placed = [(trees.room_of((one,)), one) for one in collected.series]
        for _, together in groupby(placed, key=lambda one: id(one[0])):
            found: list[Judged] = []
            for place, series in together:
                judge, reason = place.judge(lists_of((series,)))
                found.append((judge, judge.check(series)))
                reasons.append(reason)
            judged += _with_tools(place, found, drafts, collected)
    return judged, reasons


def _with_tools(
    room: Checkroom, judged: list[Judged], drafts: Drafts, collected: Collected
) -> list[Judged]:
    """With what other checkers say of them, where these are wanted."""
    if not _wants_tools(room, drafts):
        return judged
    found, failed = _ask_tools(room, judged)
    collected.unchecked += (one for one in failed if one not in collected.unchecked)
    return found


def _wants_tools(room: Checkroom, drafts: Drafts) -> bool:
    """Other checkers are slow to start: a hook, and whoever asks for single rules, asks for them
    too."""
    return bool(room.wish.tools) or not (drafts or room.wish.only)


def _ask_tools(room: Checkroom, judged: list[Judged]) -> tuple[list[Judged], list[Unchecked]]:
    with Bar("asking other checkers", "patches") as bar:
        return room.ask_tools(judged, bar.advance)


def with_base(wish: CheckWish, words: Sequence[str]) -> CheckWish:
    """The wish, with what patch files were made on, where the user names no base."""
    from maintainer_kit.adapters.git.process import Git
    from maintainer_kit.adapters.made_on import file_heads, made_on

    heads = () if wish.base else file_heads(words)
    found = made_on(Git(wish.repository), heads)
    return replace(wish, assumed=found) if found else wish


def sort_words(words: Sequence[str], use_index: bool) -> Words:
    """What each word can only mean; one that may be a topic is one where the index is used."""
    found = Words([], [], [], "-" in words)
    for word in words:
        if word == "-":
            continue
        if os.path.lexists(word):
            found.files.append(Path(word))
        elif ".." in word and "@" not in word:
            found.ranges.append(word)
        elif "@" in word or (use_index and _is_topic_like(word)):
            found.topics.append(word)
        else:
            found.ranges.append(word)
    return found


def _is_topic_like(word: str) -> bool:
    """Topic ids are ten letters of base 32; a commit's id is mostly longer."""
    return 3 <= len(word) <= 10 and all(c in "abcdefghijklmnopqrstuvwxyz234567" for c in word)


@contextmanager
def open_index(room: Checkroom, is_needed: bool, is_wanted: bool) -> Iterator[Workspace | None]:
    """The index: opened where a topic is named, or where there is one that may know more."""
    from maintainer_kit.adapters.home import find_home

    if not is_needed and not (is_wanted and find_home().catalogue.exists()):
        yield None
        return
    from maintainer_kit.wiring.workspace import open_workspace

    with open_workspace() as workspace:
        if is_needed:
            catch_up(workspace, no_sync=False)
        room.learn_from(workspace.stores)
        yield workspace


def collect(
    room: Checkroom, words: Words, drafts: Drafts, workspace: Workspace | None
) -> Collected:
    """What files, standard input, drafts and topics hold; ranges are left to the caller."""
    found = Collected()
    if words.files:
        found.add(_read_files(words.files))
    if words.stdin:
        found.add(_read_stdin())
    if drafts:
        found.add(_read_drafts(room, drafts))
    for word in words.topics:
        assert workspace is not None
        try:
            _read_topic(workspace, word, found)
        except NotFound as error:
            if "@" in word or room.facts is None:
                found.unchecked.append(unchecked(word, error))
            else:
                words.ranges.append(word)  # a branch may be called as a topic could be
    return found


def unchecked(name: str, error: MkitError) -> Unchecked:
    """That something named could not be read, with what to do."""
    hint = f" (try: {error.hint})" if error.hint else ""
    return Unchecked(name, f"{error.message}{hint}")


def _read_files(paths: Sequence[Path]) -> Collected:
    from maintainer_kit.adapters.mail.quilt_series import is_quilt_series, quilt_patches
    from maintainer_kit.adapters.mail.source import LineNumbers, MailSource

    mails: list[SourceMail | BrokenMail] = []
    for path in paths:
        listed = list(quilt_patches(path)) if is_quilt_series(path) else [path]
        for one in listed:
            mails.extend([one] if isinstance(one, BrokenMail) else MailSource([one]))
    return collect_mails(mails, LineNumbers())


def _read_stdin() -> Collected:
    from maintainer_kit.adapters.mail.source import mails_of

    return collect_mails(mails_of(sys.stdin.buffer.read(), "-"), lambda _: 1)


def _read_drafts(room: Checkroom, drafts: Drafts) -> Collected:
    from maintainer_kit.adapters.git.checking.draft_commit import (
        author,
        committer,
        read_draft,
        staged_diff,
    )
    from maintainer_kit.checks.reading_commit import patch_of_message, patch_of_staged
    from maintainer_kit.checks.series import Series

    facts = facts_of(room)
    found = Collected()
    if drafts.message is not None:
        draft = read_draft(facts.git, drafts.message, facts.config)
        people = author(facts.git), committer(facts.git)
        patch = patch_of_message(draft.text, *people, str(drafts.message))
        room.comment = draft.comment
        found.series.append(Series((patch,), is_range=True))
    if drafts.staged:
        diff, left_out = staged_diff(facts.git)
        if left_out:
            found.unchecked.append(Unchecked("--staged", f"{left_out} bytes of it are too much"))
        if diff:
            found.series.append(Series((patch_of_staged(diff),), is_range=True))
        else:
            found.unchecked.append(Unchecked("--staged", "nothing is staged (try: git add)"))
    return found


def facts_of(room: Checkroom) -> GitFacts:
    """Its repository. Raises RepositoryError where there is none."""
    if room.facts is None:
        raise RepositoryError("this is no git repository", "name one: --repo DIR")
    return room.facts


def _read_topic(workspace: Workspace, word: str, found: Collected) -> None:
    from maintainer_kit.workflow.background import posted_series
    from maintainer_kit.workflow.reading import detail_now
    from maintainer_kit.workflow.targets import resolve

    target = resolve(workspace.stores, word)
    topic = detail_now(workspace.stores, target.row).topic
    series = posted_series(workspace.stores, topic)
    if series.all:
        found.series.append(series)
    else:
        found.unchecked.append(Unchecked(word, "holds no patch whose mail can be read"))


def _check_range(room: Checkroom, judge: Judge, word: str, wants_tools: bool) -> Iterator[Checked]:
    from maintainer_kit.adapters.git.log import read_commits
    from maintainer_kit.adapters.git.range import count_commits, read_range

    git = facts_of(room).git
    wanted = read_range(git, word)
    count = count_commits(git, wanted)
    # Other checkers read the texts again.
    is_read_again = wants_tools and any(one.is_asked_about(count) for one in room.tools)
    with Bar("checking", "commits") as bar:
        done = 0
        for series in commit_series(read_commits(git, wanted), count):
            checked = judge.check(series)
            yield checked if is_read_again else lightened(checked)
            done += len(series.patches)
            bar.advance(done, count)
