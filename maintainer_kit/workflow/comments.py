# SPDX-License-Identifier: GPL-2.0-or-later
"""What was said about which line of a topic's patches, read from the mails themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.model.message.asking import read_asking
from maintainer_kit.model.message.finding import find_patch
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.message.subject import Subject
from maintainer_kit.model.patch.anchor import Anchored, Comment, anchor_reply
from maintainer_kit.model.patch.carry import carry
from maintainer_kit.model.patch.places import Place
from maintainer_kit.model.patch.sheet import Sheet, sheet_of_patch
from maintainer_kit.model.topic.counterparts import Counterparts
from maintainer_kit.model.topic.topic import FollowUp, Topic
from maintainer_kit.workflow.ports import Record
from maintainer_kit.workflow.stores import Stores

_MAX_REPLIES = 2000
"""The latest replies of a topic whose texts are read; nobody reads the rest."""
_MAX_TEXT = 8 << 20


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a line of a patch, and what became of it."""

    message: Message
    """The reply that makes it."""
    comment: Comment
    question: bool
    answered: bool
    """Somebody else answers all that it asks; False where it asks nothing."""
    newer: Place | None
    """The same line in the newest revision of the patch; None when it is gone, or there is none."""


Remarks = Mapping[str, Sequence[Remark]]
"""By Message-ID of the patch or cover letter, in the order of the replies."""


def topic_remarks(stores: Stores, topic: Topic) -> dict[str, list[Remark]]:
    """The comments of people on each patch and cover letter; mails that are gone have none."""
    replies = [one for one in topic.follow_ups if _is_talk(one.message)][-_MAX_REPLIES:]
    if not topic.revisions or not replies:
        return {}
    heads = {m.message_id: m for one in topic.revisions for m in one.series.messages}
    ids = [one.message.message_id for one in replies]
    reader = _Reader(stores, stores.catalogue.records([*heads, *ids]), heads)
    read = {one.message.message_id: reader.reply(one) for one in replies}
    newest = _newest(topic)
    answers = _Answers(replies, read)
    found: dict[str, list[Remark]] = {}
    for one in replies:
        message, head = one.message, one.head_id
        for comment in read[message.message_id].comments:
            asks = read_asking(comment.text).asks
            answered = bool(asks) and answers.cover(message, asks)
            moved = reader.moved(comment.place, head, newest.get(head))
            remark = Remark(message, comment, bool(asks), answered, moved)
            found.setdefault(head, []).append(remark)
    return found


def _is_talk(message: Message) -> bool:
    return message.kind is Kind.FOLLOW_UP and message.is_from_person


class _Reader:
    """Reads mails into sheets, each once."""

    def __init__(
        self, stores: Stores, records: Mapping[str, Record], heads: Mapping[str, Message]
    ) -> None:
        self._stores = stores
        self._records = records
        self._heads = heads
        self._patches: dict[str, Sheet] = {}
        self._replies: dict[str, Sheet] = {}

    def patch(self, message_id: str) -> Sheet:
        """The sheet of a patch or a cover letter."""
        if message_id not in self._patches:
            mail = self._mail(message_id)
            text = _patch_text(mail, self._heads[message_id].subject) if mail else ""
            self._patches[message_id] = sheet_of_patch(text)
        return self._patches[message_id]

    def reply(self, one: FollowUp) -> Anchored:
        """A reply; what it quotes is looked for in the mail that it answers, then in the patch."""
        sources = [self.patch(one.head_id)]
        known = (p for p in one.message.parents if p == one.head_id or p in self._replies)
        parent = next(known, one.head_id)
        if parent != one.head_id:
            sources.insert(0, self._replies[parent])
        mail = self._mail(one.message.message_id)
        found = anchor_reply(mail.text[:_MAX_TEXT] if mail else "", sources)
        self._replies[one.message.message_id] = found.sheet
        return found

    def moved(self, place: Place, head: str, newer: str | None) -> Place | None:
        """Where a line of a patch is in a newer one."""
        if newer is None or not place.hunk:
            return None
        return carry(place, self.patch(head), self.patch(newer))

    def _mail(self, message_id: str) -> Mail | None:
        record = self._records.get(message_id)
        for file in record.files if record else ():
            try:
                return read_mail(self._stores.folder.read(file.path))
            except NotFound:
                continue
        return None


def _patch_text(mail: Mail, subject: Subject) -> str:
    """The text of the part that holds the diff, what stands above scissors included."""
    text = mail.text[:_MAX_TEXT]
    found = find_patch(mail, text, subject, is_reply=False).text
    return text if text.endswith(found) else found[:_MAX_TEXT]


def _newest(topic: Topic) -> dict[str, str]:
    """For each patch that a newer revision replaced, the one in the newest complete view that it
    became, else that of its number where the series has as many patches."""
    view = topic.view
    current = {patch.message_id for patch in view if patch}
    counterparts = Counterparts(view)
    found: dict[str, str] = {}
    for revision in topic.revisions:
        patches = revision.series.patches
        numbered = view if len(patches) == len(view) else (None,) * len(patches)
        for patch, other in zip(patches, numbered, strict=True):
            if patch is None or patch.message_id in current:
                continue
            if newer := counterparts.of(patch) or other:
                found[patch.message_id] = newer.message_id
    return found


class _Answers:
    """Who answers what."""

    def __init__(self, replies: Iterable[FollowUp], read: Mapping[str, Anchored]) -> None:
        self._quoting: dict[str, set[str]] = {}
        """Writers by the question that they quote and say something below."""
        self._plain: dict[str, set[str]] = {}
        """Writers by the mail that they answer without saying anything below a quote."""
        for one in replies:
            message = one.message
            for digest in message.answers:
                self._quoting.setdefault(digest, set()).add(message.submitter.key)
            comments = read[message.message_id].comments
            if message.parents and comments and not any(said.quoted for said in comments):
                self._plain.setdefault(message.parents[0], set()).add(message.submitter.key)

    def cover(self, message: Message, questions: Iterable[str]) -> bool:
        """Whether somebody else answered all of these questions of a mail."""
        asker = {message.submitter.key}
        if self._plain.get(message.message_id, asker) - asker:
            return True
        return all(self._quoting.get(digest, asker) - asker for digest in questions)
