# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies in the linear mode: in the editor, or a trailer; told before they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.tui.plain.acting import ActingPrompts
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.replying.desk import Writing
from maintainer_kit.tui.work.works import Work

if TYPE_CHECKING:  # not before somebody replies
    from maintainer_kit.workflow.replying.previewing import Letter

_TAGS = ("Reviewed-by", "Acked-by", "Tested-by", "Nacked-by")
_SEND, _KEEP, _DROP = "send", "keep", "drop"


class ReplyingPrompts(ActingPrompts):
    """Nothing is sent that was not told."""

    @property
    def _writing(self) -> Writing:
        return Writing(self.session.workspace)

    def do_reply(self, asked: Asked) -> None:
        from maintainer_kit.tui.replying.jobs import write_reply

        _, message_id = self.named(asked)[0]
        self._ask_to_send(write_reply(self._writing, message_id))

    def do_reply_with(self, asked: Asked) -> None:
        from maintainer_kit.tui.replying.jobs import list_templates, write_reply
        from maintainer_kit.tui.replying.templates_menu import NO_TEMPLATES

        names = list_templates(self._writing)
        if not names:
            raise Refused(NO_TEMPLATES)
        _, message_id = self.named(asked)[0]
        name = asked.text or self.ask("template", ", ".join(map(visible_line, names)), names)
        self._ask_to_send(write_reply(self._writing, message_id, name))

    def do_edit_code(self, asked: Asked) -> None:
        from maintainer_kit.tui.replying.jobs import write_code

        word = self.pointed(asked) or self.targets(asked).found[0].row.id
        self._ask_to_send(write_code(self._writing, word))

    def do_give(self, asked: Asked) -> None:
        self._give(asked, asked.argument)

    def do_tags(self, asked: Asked) -> None:
        self._give(asked, asked.text or self.ask("trailer", ", ".join(_TAGS), _TAGS))

    def _give(self, asked: Asked, name: str) -> None:
        from maintainer_kit.tui.replying.jobs import give_trailer

        if name not in _TAGS:
            raise Refused(f"{visible_line(name[:80])} is none of these", ", ".join(_TAGS))
        pointed = self.pointed(asked)
        for target in self.targets(asked).found:
            self._ask_to_send(give_trailer(self._writing, name, target, pointed))

    def do_drafts(self, asked: Asked) -> None:
        """Tell each draft, and ask what becomes of it."""
        from maintainer_kit.tui.replying.jobs import list_drafts, read_letters

        listed = list_drafts(self._writing)
        self.tell(count_of(len(listed), "draft"))
        for one in listed:
            if one.is_uncertain:
                self.tell("nobody knows whether the next one was sent; mkit reply --drafts settles")
            self._ask_to_send(read_letters(self._writing, [one.draft]))

    def _ask_to_send(self, letters: Sequence[Letter]) -> None:
        from maintainer_kit.render.reply_text import letter_text
        from maintainer_kit.tui.replying.jobs import drop_drafts

        for letter in letters:
            for line in "\n".join(letter_text(letter)).split("\n"):
                self.tell(visible_line(line))
        drafts = [one.draft for one in letters]
        choices = (_SEND, _KEEP, _DROP)
        answer = self.session.console.ask(f"{', '.join(choices)}? ", choices).strip()
        if answer == _SEND:
            self._send(letters)
        elif answer == _DROP:
            drop_drafts(self._writing, drafts)
            self.tell("dropped")
        else:
            self.tell("kept as a draft; drafts tells them")

    def _send(self, letters: Sequence[Letter]) -> None:
        from maintainer_kit.render.reply_text import exposed_words
        from maintainer_kit.tui.replying.jobs import send_drafts
        from maintainer_kit.workflow.replying.sending import outcome_words

        lacking = next((one.lack for one in letters if one.lack), "")
        if lacking:
            raise Refused(f"{lacking}: it cannot be sent")
        exposing = [exposed_words(one) for one in letters if one.exposed]
        for words in exposing:
            self.tell(visible_line(words))
        if exposing and not self.is_sure("confidential: it would become known; send it to them?"):
            self.tell("kept as a draft; drafts tells them")
            return
        drafts = [one.draft for one in letters]
        work = Work("sending")
        made = send_drafts(self.session.workspace, work, drafts, is_public=bool(exposing))
        self.tell(visible_line(outcome_words(made)))
        self.reload()
