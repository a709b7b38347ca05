# SPDX-License-Identifier: GPL-2.0-or-later
"""The hooks commit-msg and prepare-commit-msg."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from maintainer_kit.adapters.git.checking.draft_commit import (
    author,
    committer,
    read_draft,
    under_way,
)
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.reading_commit import patch_of_message
from maintainer_kit.checks.series import Series
from maintainer_kit.cli.hook_words import print_findings, say
from maintainer_kit.errors import Refused
from maintainer_kit.wiring.checkroom import CheckWish, open_repository
from maintainer_kit.workflow.skeleton import (
    HISTORY,
    is_empty,
    is_let_be,
    skeleton,
    title_of,
    with_skeleton,
)

_SCISSORS = b" ------------------------ >8 ------------------------\n"


def commit_msg(words: Sequence[str]) -> int:
    """Check the message in the file that is named."""
    path = Path(words[0])
    with open_repository(CheckWish()) as (room, facts):
        draft = read_draft(facts.git, path, facts.config)
        if is_let_be(title_of(draft.text)):
            return 0
        room.comment = draft.comment
        people = author(facts.git), committer(facts.git)
        patch = patch_of_message(draft.text, *people, str(path))
        judge, reason = room.judge_of_message()
        checked = judge.check(Series((patch,), is_range=True))
        # Asked last, as it costs a process, and mostly nothing was found.
        if not checked.findings or "merge" in under_way(facts.git):
            return 0
    if not print_findings([(judge, checked)], reason, Severity.WARNING):
        return 0
    say(f"the message is kept: {_go_on(path)} (with --amend, if it was)")
    return 1


def _go_on(path: Path) -> str:
    """The command that opens the message again."""
    from shlex import quote

    try:
        is_verbose = _SCISSORS in path.read_bytes()
    except OSError:
        is_verbose = False
    # Without the option the diff that git commit --verbose has shown would become text.
    option = "--verbose " if is_verbose else ""
    return f"git commit {option}--edit --file={quote(str(path))}"


def prepare_commit_msg(words: Sequence[str]) -> int:
    """Put questions into an empty message; any second argument tells that it is not empty: a
    merge, a squash, a template, -m, -c, --amend."""
    from maintainer_kit.adapters.git.checking.facts import GitFacts
    from maintainer_kit.adapters.git.checking.staged import staged_paths

    if any(words[1:]):
        return 0
    path = Path(words[0])
    with GitFacts() as facts:
        draft = read_draft(facts.git, path)
        if draft.keeps_comments or not is_empty(draft.text):
            return 0
        lines = skeleton(facts.titles(staged_paths(facts.git), HISTORY), draft.comment)
    _rewrite(path, lambda raw: with_skeleton(raw, lines, draft.comment))
    return 0


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    try:
        raw = path.read_bytes().decode("utf-8", "surrogateescape")
        path.write_bytes(change(raw).encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
