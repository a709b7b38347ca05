# SPDX-License-Identifier: GPL-2.0-or-later
"""The drafts that the options of ``reply`` make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from maintainer_kit.cli.reply_asking import agrees, is_asked
from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.draft import ID_DIGITS, Draft, id_of
from maintainer_kit.model.reply.words import NAMES, trailer_name
from maintainer_kit.wiring.replying import edit_reply, findings_text
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying import drafting, editing
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.scratch import ScratchDrafts
from maintainer_kit.workflow.replying.targets import (
    find_line,
    mails_of,
    patches_of,
    trailed_mails,
)
from maintainer_kit.workflow.replying.templates import put_template
from maintainer_kit.workflow.targets import resolve_topic

_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}")
_COMMENT = re.compile(r"(?P<path>[^\n=]+?):(?P<line>-?[0-9]{1,9})=(?P<text>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What the options say that goes into a reply."""

    to_all: bool
    text: str
    tags: tuple[str, ...]
    each: bool
    comments: tuple[str, ...]
    template: str
    findings: bool
    edits: bool | None

    @property
    def is_silent(self) -> bool:
        return not (self.text or self.tags or self.comments or self.template or self.findings)


@dataclass(frozen=True, slots=True)
class Made:
    """Drafts, and the desk that they lie on."""

    desk: Desk
    drafts: list[Draft]


def make_drafts(
    workspace: Workspace, desk: Desk, targets: Sequence[str], words: Words, *, is_dry: bool
) -> Made:
    """Make or change the drafts that answer the targets; ``is_dry`` keeps nothing of them."""
    names = [_trailer(one) for one in words.tags]
    places = [_place(one) for one in words.comments]
    if is_dry:
        desk = replace(desk, drafts=ScratchDrafts(desk.drafts))
    touched: dict[str, None] = {}
    for word in dict.fromkeys(targets):
        making = _Making(workspace, desk, answered_by(desk, word), words)
        touched.update(making.make(names, places))
    if _opens_editor(words):
        for message_id in touched:
            _edit(desk, message_id, workspace)
    drafts = [drafting.draft_of(desk, one) for one in touched]
    if any(one.is_empty for one in drafts):
        raise click.UsageError("say something: -m TEXT, --comment, --tag, or --edit")
    return Made(desk, drafts)


def answered_by(desk: Desk, word: str) -> str:
    """The mail that a draft answers, where its id is named; else the word."""
    if _ID.fullmatch(word) and (draft := desk.drafts.get(word)):
        return draft.answers
    return word


def _trailer(word: str) -> str:
    name = trailer_name(word)
    if name is None:
        raise click.BadParameter(f"{word!r}: one of {', '.join(NAMES)}", param_hint="--tag")
    return name


def _place(word: str) -> tuple[str, int, str]:
    found = _COMMENT.fullmatch(word)
    if found is None or not int(found["line"]):
        raise click.BadParameter(f"{word!r} is no FILE:LINE=TEXT", param_hint="--comment")
    return found["path"], int(found["line"]), found["text"]


@dataclass(frozen=True, slots=True)
class _Making:
    """The drafts of one target."""

    workspace: Workspace
    desk: Desk
    word: str
    words: Words

    def make(self, names: Sequence[str], places: Sequence[tuple[str, int, str]]) -> dict[str, None]:
        """The mails that are answered, in order."""
        desk, words = self.desk, self.words
        commented = self._comment(places)
        trailed = self._trailed() if names else []
        for message_id in trailed:
            for name in names:
                drafting.give(desk, message_id, name)
        answered = self._answered(commented)
        if words.findings:
            self._put_findings(answered[0])
        if words.text:
            for message_id in answered:
                drafting.say(desk, message_id, _joined(desk, message_id, words.text))
        if words.template:
            for message_id in answered:
                put_template(desk, message_id, words.template)
        says = bool(words.text or words.findings or words.template)
        is_plain = says or not (names or places)
        touched = dict.fromkeys((*commented, *trailed, *(answered if is_plain else ())))
        if not words.to_all:
            for message_id in touched:
                drafting.to_author_only(desk, message_id)
        return touched

    def _comment(self, places: Sequence[tuple[str, int, str]]) -> list[str]:
        patches = patches_of(self.desk.stores, self.word) if places else []
        found = [(find_line(self.desk, patches, path, line), text) for path, line, text in places]
        for (message_id, at), text in found:
            drafting.comment(self.desk, message_id, at, text)
        return list(dict.fromkeys(message_id for (message_id, _), _ in found))

    def _trailed(self) -> list[str]:
        stores = self.desk.stores
        if self.words.each:
            return mails_of(stores, self.word, each=True)
        return trailed_mails(stores, self.word)

    def _answered(self, commented: list[str]) -> list[str]:
        """Where one's words go: with comments on one patch they stand above these."""
        if len(commented) == 1:
            return commented
        if (draft := self.desk.drafts.get(id_of(self.word))) and draft.begins:
            return [self.word]
        return mails_of(self.desk.stores, self.word, each=self.words.each)

    def _put_findings(self, message_id: str) -> None:
        row = resolve_topic(self.desk.stores, self.word)
        text = findings_text(self.workspace, row)
        if not text:
            raise Refused("there is nothing that the author should hear of", f"mkit show {row.id}")
        drafting.say(self.desk, message_id, _joined(self.desk, message_id, text))


def _joined(desk: Desk, message_id: str, text: str) -> str:
    """Below what is there already."""
    before = drafting.draft_of(desk, message_id).text
    return f"{before}\n\n{text}" if before else text


def _opens_editor(words: Words) -> bool:
    if words.edits is None and words.is_silent:
        if not is_asked():
            raise click.UsageError("say something: -m TEXT, --comment, --tag, or --edit")
        return True
    return bool(words.edits)


def _edit(desk: Desk, message_id: str, workspace: Workspace) -> None:
    """Let the user write; a text that he left as it was is asked about."""
    left = edit_reply(workspace, desk, message_id)
    if left is not None:
        editing.take_edited(desk, message_id, left)
        return
    has_words = not drafting.draft_of(desk, message_id).is_empty
    if not (has_words and is_asked() and agrees("nothing was changed; go on with it?")):
        hint = "mkit reply --drafts lists what is kept"
        raise Refused("nothing was changed in the editor: nothing is sent", hint)
