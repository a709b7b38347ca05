# SPDX-License-Identifier: GPL-2.0-or-later
"""The desk where replies are written: an editor may run for an hour, and holds up nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from maintainer_kit.tui.work.desk import Desk, Done, Failed
from maintainer_kit.wiring.workspace import Workspace

if TYPE_CHECKING:  # not before somebody replies
    from maintainer_kit.workflow.replying.commenting import Noted
    from maintainer_kit.workflow.replying.desk import Desk as ReplyDesk

Notes = Mapping[str, "Sequence[Noted]"]
"""One's own comments, by Message-ID of the mail that they are about."""


class Writing:
    """What jobs of this desk work on."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @cached_property
    def desk(self) -> ReplyDesk:
        """Raises ConfigError where nobody has said who writes."""
        from maintainer_kit.wiring.replying import open_desk

        return open_desk(self.workspace)

    def notes(self, message_ids: Sequence[str]) -> Notes:
        """What one has to say of the lines of some mails; of those without that nothing, which is
        told as well."""
        from maintainer_kit.wiring.commenting import own_comments

        return dict.fromkeys(message_ids, ()) | own_comments(self.workspace, message_ids)


class WritingDesk(Desk):
    """Does jobs on drafts in order; each is on disk when its job is done."""

    _writing: Writing | None = None

    def opened(self, workspace: Workspace) -> Writing:
        if self._writing is None or self._writing.workspace is not workspace:
            self._writing = Writing(workspace)
        return self._writing

    def write(self, job: Callable[[Writing], Any], done: Done, failed: Failed) -> None:
        """As ``submit`` does it."""
        self.put(job, done, failed)
