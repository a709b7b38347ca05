# SPDX-License-Identifier: GPL-2.0-or-later
"""What the app does with replies: the editor, trailers, drafts, what will be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.actions import key_of
from maintainer_kit.tui.replying.asked import DroppingAsked, FateTold, LettersAsked
from maintainer_kit.tui.replying.commenting import CommentingApp
from maintainer_kit.tui.work.works import Work

if TYPE_CHECKING:  # not before somebody replies
    from maintainer_kit.model.reply.draft import Draft
    from maintainer_kit.tui.replying.desk import Notes
    from maintainer_kit.tui.replying.drafts_screen import DraftsScreen
    from maintainer_kit.tui.replying.letter_screen import Answer
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.replying.previewing import Letter
    from maintainer_kit.workflow.replying.sending import Outcome


class ReplyingApp(CommentingApp):
    """Nothing is sent that was not shown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._reasons: dict[str, str] = {}
        """Why drafts were not sent, by their ids."""

    # replies

    def action_reply(self) -> None:
        if found := self.answered():
            self._write_reply(found[1])

    def action_reply_with(self) -> None:
        """Choose the text to begin with."""
        from maintainer_kit.tui.replying.jobs import list_templates

        if found := self.answered():
            self._write(list_templates, partial(self._choose_template, found[1]))

    def _choose_template(self, message_id: str, names: Sequence[str]) -> None:
        from maintainer_kit.tui.replying.templates_menu import NO_TEMPLATES, templates_menu

        def pick(name: str | None) -> None:
            if name is not None:
                self._write_reply(message_id, name)

        if names:
            self.push_screen(templates_menu(self.session.look, names), pick)
        else:
            self._say(NO_TEMPLATES)

    def _write_reply(self, message_id: str, template: str = "") -> None:
        from maintainer_kit.tui.replying.jobs import write_reply

        job = partial(write_reply, message_id=message_id, template=template)
        self.in_editor(job, self.show_letters)

    def action_edit_code(self) -> None:
        """Change the code of the patch under the cursor, or of the series, in an editor."""
        from maintainer_kit.tui.replying.jobs import write_code

        if asked := self.targets():
            screen, found = asked
            word = screen.pointed() or self.under(screen, found).row.id
            self.in_editor(partial(write_code, word=word), self.show_letters)

    def action_give(self, name: str) -> None:
        """Give a trailer to the patch under the cursor, or to the series."""
        from maintainer_kit.tui.replying.jobs import give_trailer

        if asked := self.targets():
            screen, found = asked
            job = partial(
                give_trailer,
                name=name,
                target=self.under(screen, found),
                pointed=screen.pointed(),
            )
            self._write(job, self.show_letters)

    def action_tags(self) -> None:
        from maintainer_kit.tui.replying.tags_menu import tags_menu

        def pick(name: str | None) -> None:
            if name is not None:
                self.action_give(name)

        if self.targets():
            self.push_screen(tags_menu(self.session.look), pick)

    # what will be sent

    def show_letters(self, letters: Sequence[Letter]) -> None:
        from maintainer_kit.tui.replying.letter_screen import LetterScreen

        drafts = [one.draft for one in letters]
        self._look_at_notes(drafts)
        self.push_screen(
            LetterScreen(self.session, letters), lambda answer: self._obey(answer, drafts)
        )

    def _obey(self, answer: Answer | None, drafts: Sequence[Draft]) -> None:
        from maintainer_kit.tui.replying.letter_screen import LetterWish

        wish = answer.wish if answer else LetterWish.KEEP
        if answer and wish is LetterWish.SEND:
            self._send(drafts, answer.is_public)
        elif wish is LetterWish.EDIT:
            self._write_reply(drafts[0].answers)
        elif wish is LetterWish.DROP:
            self._drop(drafts)
        else:
            where = key_of("drafts", self.session.keymap)
            self._say(f"kept as {count_of(len(drafts), 'draft')}: {where} lists them")
            self._list_anew()

    def _send(self, drafts: Sequence[Draft], is_public: bool) -> None:
        from maintainer_kit.tui.replying.jobs import send_drafts

        for one in drafts:
            self._reasons.pop(one.id, None)

        def job(workspace: Workspace, work: Work) -> Outcome:
            return send_drafts(workspace, work, drafts, is_public=is_public)

        self.begin_work(f"sending {count_of(len(drafts), 'reply')}", job, self._sent)
        self._list_anew()

    def _sent(self, outcome: Outcome) -> None:
        from maintainer_kit.workflow.replying.sending import outcome_words

        for screen in self.deciding_screens():
            screen.reload()
        self._look_at_notes(outcome.sent)
        words = outcome_words(outcome)
        if outcome.failed is None:
            self._say(words)
        else:
            self._reasons[outcome.failed.id] = outcome.reason
            self.failed(MkitError(words))
        self._list_anew()

    # drafts

    def action_drafts(self) -> None:
        from maintainer_kit.tui.replying.drafts_screen import DraftsScreen

        self.push_screen(DraftsScreen(self.session, self._reasons))
        self._list_anew()

    def _list_anew(self) -> None:
        """Where drafts are listed: those that are kept now."""
        from maintainer_kit.tui.replying.jobs import list_drafts

        if screen := self._drafts_screen():
            self._write(list_drafts, screen.show)

    def _drafts_screen(self) -> DraftsScreen | None:
        from maintainer_kit.tui.replying.drafts_screen import DraftsScreen

        return next((one for one in self.screen_stack if isinstance(one, DraftsScreen)), None)

    @on(LettersAsked)
    def _read_letters(self, event: LettersAsked) -> None:
        from maintainer_kit.tui.replying.jobs import read_letters

        self._write(partial(read_letters, drafts=event.drafts), self.show_letters)

    @on(DroppingAsked)
    def _drop_asked(self, event: DroppingAsked) -> None:
        self._drop(event.drafts)

    def _drop(self, drafts: Sequence[Draft]) -> None:
        from maintainer_kit.tui.replying.jobs import drop_drafts

        def tell(notes: Notes) -> None:
            self.show_notes(notes)
            self._say(f"{count_of(len(drafts), 'draft')} dropped")
            self._list_anew()

        self._write(partial(drop_drafts, drafts=drafts), tell)

    @on(FateTold)
    def _settle(self, event: FateTold) -> None:
        from maintainer_kit.tui.replying.jobs import settle_draft

        job = partial(settle_draft, draft=event.draft, went_out=event.went_out)
        self._write(job, lambda _: self._list_anew())

    def _look_at_notes(self, drafts: Sequence[Draft]) -> None:
        """Comments at their lines, once more."""
        ids = [one.answers for one in drafts]
        self._write(lambda writing: writing.notes(ids), self.show_notes)

    # words

    def _write(self, job: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self.session.replying.write(job, done, self.failed)

    def _say(self, words: str) -> None:
        for screen in (*self.deciding_screens(), self._drafts_screen()):
            if screen is not None:
                screen.status.say(words)

    def failed(self, error: MkitError) -> None:
        super().failed(error)
        if screen := self._drafts_screen():
            screen.status.complain(error)
