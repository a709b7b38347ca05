# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on the lines of a mail: typed below it, or in an editor, and kept at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on

from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.base import DecidingScreen
from maintainer_kit.tui.parts.lines import CursorView

if TYPE_CHECKING:  # not before somebody replies
    from maintainer_kit.tui.replying.desk import Notes, Writing
    from maintainer_kit.tui.replying.jobs import Place
    from maintainer_kit.tui.topic.screen import TopicScreen
    from maintainer_kit.workflow.replying.commenting import Noted

_BREATH = 0.2
"""Seconds. Python hears of a signal that another thread got only when this one wakes up."""


class _Here(NamedTuple):
    """Where a comment is to be, and the one that is there."""

    screen: TopicScreen
    place: Place
    note: Noted | None


class CommentingApp(ActingApp):
    """Enter on a line of a mail, and Delete."""

    @on(CursorView.Chosen, "#mail")
    def _comment_here(self) -> None:
        here = self._here()
        if here is None:
            return
        text = here.note.text if here.note else ""
        if "\n" in text:
            self._comment_in_editor(here, text)
        else:
            self._type_comment(here, text)

    def _type_comment(self, here: _Here, text: str) -> None:
        from maintainer_kit.tui.replying.comment_prompt import CommentPrompt
        from maintainer_kit.tui.replying.jobs import put_comment

        def longer(begun: str) -> None:
            here.screen.close_prompt()
            self._comment_in_editor(here, begun)

        def use(value: str) -> bool:
            if not value:
                longer(text)
            elif value != text:
                job = partial(put_comment, at=here.place, text=value)
                self._keep(here.screen, job, "kept as a draft")
            return True

        here.screen.ask(CommentPrompt(self.session.look, text, longer), use)

    def _comment_in_editor(self, here: _Here, begun: str) -> None:
        from maintainer_kit.tui.replying.jobs import write_comment

        self.in_editor(
            partial(write_comment, at=here.place, begun=begun),
            partial(self._kept, here.screen, "kept as a draft"),
        )

    def action_uncomment(self) -> None:
        """Take away one's own comment on the line under the cursor, once that is confirmed."""
        here = self._here()
        if here is None:
            return
        if here.note is None:
            here.screen.say("no comment of yours is on this line")
            return
        self._ask_to_uncomment(here)

    def _ask_to_uncomment(self, here: _Here) -> None:
        from maintainer_kit.tui.parts.menu import Choice, Menu
        from maintainer_kit.tui.replying.jobs import put_comment

        def answer(value: str | None) -> None:
            if value:
                job = partial(put_comment, at=here.place, text="")
                self._keep(here.screen, job, "the comment was taken away")

        choices = (Choice("n", "keep it", ""), Choice("x", "take it away", "x"))
        title = "take your comment away?"
        self.push_screen(Menu(self.session.look, title, choices, width=34), answer)

    def _keep(self, screen: TopicScreen, job: Callable[[Writing], Notes], words: str) -> None:
        self.session.replying.write(job, partial(self._kept, screen, words), self.failed)

    def _kept(self, screen: TopicScreen, words: str, notes: Notes) -> None:
        screen.take_notes(notes)
        screen.say(words)

    def show_notes(self, notes: Notes) -> None:
        """Comments came or went elsewhere than at their line."""
        from maintainer_kit.tui.topic.screen import TopicScreen

        for screen in self.deciding_screens():
            if isinstance(screen, TopicScreen):
                screen.take_notes(notes)

    def _here(self) -> _Here | None:
        """The line under the cursor; None, which is told, where there is none to comment on."""
        from maintainer_kit.tui.replying.jobs import Place
        from maintainer_kit.tui.topic.screen import TopicScreen

        screen = self.screen
        if not isinstance(screen, TopicScreen):
            return None
        mail, message_id = screen.mail, screen.pointed()
        if not (message_id and mail.text_line):
            screen.say("this is no line of a mail that one could comment on")
            return None
        source = mail.page_shown.lines[mail.here][1]
        return _Here(screen, Place(message_id, mail.text_line, source), mail.note_here)

    # an editor

    def in_editor(self, job: Callable[[Writing], Any], done: Callable[[Any], None]) -> None:
        """Do a job that has the terminal, once its desk can begin with it."""

        def begin(_: object) -> None:
            from maintainer_kit.tui.replying.away import away

            over = Event()

            def run(writing: Writing) -> Any:
                try:
                    return job(writing)
                finally:
                    over.set()

            with away(self, self.session.close):
                self.session.replying.write(run, done, self.failed)
                while not over.wait(_BREATH):
                    pass

        self.session.replying.write(lambda writing: writing.desk, begin, self.failed)

    def answered(self) -> tuple[DecidingScreen, str] | None:
        """The mail that is meant, and where; None, which is told, where there is none."""
        asked = self.targets()
        if asked is None:
            return None
        screen, found = asked
        return screen, screen.pointed() or self.under(screen, found).row.message_id
