# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a branch is made into mails, and how they go out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.posting.format_series import FormatSeries
from maintainer_kit.adapters.git.posting.series_branch import read_branch
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.kept.posting_records import NAME, PostingFolder
from maintainer_kit.adapters.mail.series_outbox import SeriesSendEmail
from maintainer_kit.checks.addressees import touched_by
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.posting_mail import posting_mail
from maintainer_kit.render.posting_words import PostingWords
from maintainer_kit.render.reply_mail import address_text
from maintainer_kit.wiring.checkroom import Checkroom, CheckWish, open_checkroom, rule_named
from maintainer_kit.wiring.project_maintainers import WorkTree
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.tested import verdicts_in
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow import whom
from maintainer_kit.workflow.check import lists_of
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.ports import Asked, Rules
from maintainer_kit.workflow.replying.ports import Outbox

_HOURS = 24
"""Between two revisions, where the rules say nothing."""


class PostingRoom:
    """Implements the port ``Room`` over what ``mkit check`` and ``mkit whom`` work in."""

    def __init__(self, room: Checkroom) -> None:
        self._room = room

    def whom(self, patches: Sequence[Patch]) -> Asked:
        maintainers, facts = self._room.maintainers, self._room.facts
        if maintainers is None or facts is None:
            return Asked()
        found = whom.ask(maintainers, map(touched_by, patches), WorkTree(facts)).recipients
        return Asked(tuple(one.person for one in found.to), tuple(one.person for one in found.cc))

    def rules(self, series: Series) -> Rules:
        judge, _ = self._room.judge(lists_of((series,)))
        profile, soon = judge.profile, rule_named("repost-too-soon")
        hours = profile.options(soon).get("hours", _HOURS) if profile.is_on(soon) else _HOURS
        return Rules(
            profile.name,
            hours if isinstance(hours, int) else _HOURS,
            judge.check(series),
        )

    def in_thread(self, lists: Sequence[str]) -> bool:
        # Where a new revision that answers nothing would be told so.
        profile, _ = self._room.profile(lists)
        detached, reply = (rule_named(f"thread-version-{one}") for one in ("detached", "reply"))
        return profile.is_on(detached) and not profile.is_on(reply)


@contextmanager
def open_posting(
    workspace: Workspace, word: str, repository: Path | None = None, *, is_asking: bool = False
) -> Iterator[PostingDesk]:
    """The desk for a branch (``A..B``, or nothing for the checked-out one).

    Raises RepositoryError, Refused for what cannot be posted, and ConfigError where nobody has said
    who writes.
    """
    git = Git(repository)
    replying = open_desk(workspace, is_asking=is_asking)

    def main_branches() -> Sequence[str]:
        from maintainer_kit.wiring.landing import branches_of

        return branches_of(str(repository or Path.cwd()))

    branch = read_branch(git, word, main_branches)
    with open_checkroom(CheckWish(repository, base=branch.base)) as room:
        room.learn_from(workspace.stores)
        yield PostingDesk(
            stores=workspace.stores,
            branch=branch,
            room=PostingRoom(room),
            format=FormatSeries(git),
            write=posting_mail,
            words=PostingWords(),
            records=posting_records(workspace),
            outbox=_series_outbox(workspace, repository, replying.outbox),
            sender=replying.sender,
            tests=verdicts_in(workspace, git),
            process=os.getpid(),
        )


def posting_records(workspace: Workspace) -> PostingFolder:
    return PostingFolder(workspace.home.root)


def is_left(workspace: Workspace, message_id: str) -> bool:
    """Whether a mail lies where mail is left for another program, by the settings."""
    return open_desk(workspace).outbox.holds(message_id)


def series_outbox(
    workspace: Workspace, repository: Path | None, *, is_asking: bool
) -> SeriesSendEmail:
    """Where series go: as replies do, by the settings."""
    return _series_outbox(workspace, repository, open_desk(workspace, is_asking=is_asking).outbox)


def _series_outbox(
    workspace: Workspace, repository: Path | None, outbox: Outbox
) -> SeriesSendEmail:
    top = read_layout(Git(repository)).top or repository or Path.cwd()
    return SeriesSendEmail(outbox, address_text, workspace.home.settings, top)


def edit_letter(workspace: Workspace, desk: PostingDesk, plan: Plan) -> str:
    """Let the user write the letter in an editor, on the terminal: what it left.

    Raises EditorFailed; then the text is kept, and gone on with the next time.
    """
    from maintainer_kit.adapters.editor import edit
    from maintainer_kit.model.reply.edited import to_edit

    letter = plan.letter
    title = letter.title if plan.has_cover else desk.branch.commits[0].title
    shown = to_edit(letter.to, letter.cc, visible_line(title), letter.text)
    name = f"{desk.branch.id}-v{plan.revision}.eml"
    return edit(workspace.home.root / NAME / name, shown)
