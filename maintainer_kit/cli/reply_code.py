# SPDX-License-Identifier: GPL-2.0-or-later
"""``reply --edit-code``: what is changed in the code of a series is suggested in the replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from maintainer_kit.cli.reply_making import answered_by
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying.desk import Desk


@dataclass(frozen=True, slots=True)
class CodeWish:
    """What the options say."""

    edits: bool
    number: int | None
    shell: bool
    repository: Path | None
    onto: str

    def check(self, targets: Sequence[str], *, is_dry: bool) -> None:
        """Raises UsageError for what cannot be together."""
        if not self.edits:
            if self.number or self.shell or self.repository or self.onto:
                raise click.UsageError("--patch, --shell, --repo and --onto go with --edit-code")
        elif len(targets) != 1 or is_dry:
            raise click.UsageError("--edit-code goes with one TARGET, and without --dry-run")


def edited_drafts(workspace: Workspace, desk: Desk, word: str, wish: CodeWish) -> list[Draft]:
    """The replies that suggest what the user changed; none where he changed nothing."""
    from maintainer_kit.wiring.code_editing import EditWish, edit_code  # most replies need no git

    how = EditWish(wish.number, wish.repository, wish.onto, wish.shell)
    drafts = edit_code(workspace, desk, answered_by(desk, word), how, _tell)
    if not drafts:
        _tell("nothing was changed in the code: nothing is suggested")
    return drafts


def _tell(words: str) -> None:
    click.echo(visible_line(words), err=True)
