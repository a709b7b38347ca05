# SPDX-License-Identifier: GPL-2.0-or-later
"""The revisions of a topic as sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.model.topic.view import View, complete_view
from maintainer_kit.workflow.comparing.side import Side
from maintainer_kit.workflow.ports import Record
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Posted:
    """A topic, asked for the patches of each of its postings."""

    topic: Topic
    heads: Heads

    def last_of(self, revision: int) -> int:
        """The last posting of a revision, by its place from 0. Raises NotFound."""
        numbers = [one.series.revision for one in self.topic.revisions]
        if revision not in numbers:
            known = ", ".join(f"v{one}" for one in dict.fromkeys(numbers))
            raise NotFound(f"{self.topic.id} has no v{revision}", f"it has {known}")
        return len(numbers) - 1 - numbers[::-1].index(revision)

    def revision_of(self, message_id: str) -> int:
        """The posting that a mail is of, by its place from 0; the newest for a reply."""
        for at, one in enumerate(self.topic.revisions):
            if any(message.message_id == message_id for message in one.series.messages):
                return at
        return len(self.topic.revisions) - 1

    def count(self, at: int) -> int:
        return len(self.view(at))

    def view(self, at: int) -> View:
        """The complete view as it was after a posting."""
        if self.topic.kind is TopicKind.STABLE_REVIEW:
            return self.topic.revisions[at].series.patches
        return complete_view(self.topic.revisions[: at + 1], self.heads)

    def cover(self, at: int) -> Message | None:
        """The cover letter of a posting."""
        return self.topic.revisions[at].series.cover


def read_posted(topic: Topic) -> Posted:
    known = {message.message_id: message for message in topic.messages}
    heads = {m.message_id for one in topic.revisions for m in one.series.messages}
    return Posted(topic, Heads(known, frozenset(heads)))


class Mails:
    """Reads sides from the mail store; a mail whose file is gone is missing in them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def side(
        self, posted: Posted, at: int, *, is_newest: bool = False, is_alone: bool = False
    ) -> Side:
        """The view after a posting; ``is_newest`` that of the topic as a whole, ``is_alone`` the
        posting itself, whatever it left as it was."""
        revision = posted.topic.revisions[at].series
        view = posted.topic.view if is_newest else posted.view(at)
        if is_alone or not view:
            view = revision.patches
        cover = posted.cover(at)
        wanted = [one.message_id for one in (cover, *view) if one]
        records = self._stores.catalogue.records(wanted)
        patches = [self._read(one, records) for one in view]
        problems = [
            f"v{revision.revision}: no file of {one.message_id} is left"
            for one, read in zip(view, patches, strict=True)
            if one and not read
        ]
        return Side(
            f"v{revision.revision}",
            tuple(patches),
            self._read(cover, records),
            posted.topic.id,
            revision.revision,
            tuple(problems),
        )

    def _read(self, message: Message | None, records: dict[str, Record]) -> Patch | None:
        if message is None or message.message_id not in records:
            return None
        for file in records[message.message_id].files:
            try:
                return patch_of_mail(self._stores.folder.read(file.path))
            except NotFound:
                continue
        return None


def ids_of(patches: Sequence[Patch | None]) -> list[str]:
    """Message-IDs of the patches that came by mail."""
    return [one.message_id for one in patches if one and one.message_id]
