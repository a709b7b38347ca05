# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens on which one can decide have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from maintainer_kit.errors import MkitError
from maintainer_kit.lazy.dataclass import dataclass, replace
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.tui.actions import Action
from maintainer_kit.tui.parts.hints import Hints
from maintainer_kit.tui.parts.status import StatusLine
from maintainer_kit.tui.work.session import Session
from maintainer_kit.tui.work.typed_ahead import TypedAheadApp

if TYPE_CHECKING:  # not before something is decided, or typed
    from maintainer_kit.tui.parts.prompt import Prompt
    from maintainer_kit.workflow.targets import Target

Use = Callable[[str], bool]
"""What becomes of a line that was typed; whether its prompt is to go away. May raise MkitError."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What a decision is to speak of; at least one."""

    found: tuple[Target, ...]
    """Each topic once."""

    @property
    def message_ids(self) -> tuple[str, ...]:
        """For a decision about patches."""
        return tuple(one for target in self.found for one in target.message_ids)

    @property
    def whole(self) -> tuple[Target, ...]:
        """The topics with all their patches, whichever was under the cursor."""
        return tuple(replace(one, message_ids=one.row.decidable) for one in self.found)

    @property
    def about(self) -> tuple[str, ...]:
        """For a decision about topics: a message of each."""
        return tuple(one.about for one in self.found)

    def all(self, holds: Callable[[Standing], bool]) -> bool:
        """Whether something holds for each topic already."""
        return all(holds(one.row.standing) for one in self.found)


class DecidingScreen(Screen[None]):
    """A screen with something under its cursor, and a line to answer in."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    """What its keys do."""
    # What is under a screen of ours is not seen through it; blending it costs time.
    DEFAULT_CSS = "DecidingScreen { background: $background; color: $foreground; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.status = StatusLine(session.look)
        self._use: Use | None = None
        self._opened = asyncio.Event()

    def targets(self) -> Targets | None:
        """What is marked, else what is under the cursor; None when there is nothing."""
        raise NotImplementedError

    def pointed(self) -> str | None:
        """The Message-ID of the mail under the cursor, where the screen shows mails."""
        return None

    def posting(self) -> str | None:
        """The Message-ID with which the posting under the cursor begins, likewise."""
        return None

    def go_to_mail(self, topic_id: str, message_id: str, line: str = "") -> None:
        """Show a mail of a topic that is among the targets, at a line with that text."""
        raise NotImplementedError

    def advance(self, *, stay: bool = False) -> None:
        """A decision about the targets is on its way: marks have done their work, and unless it
        is to ``stay`` the cursor goes on to what is next."""
        raise NotImplementedError

    def reload(self, about: Collection[str] = ()) -> None:
        """Something was decided or came in: show it, the cursor on ``about`` (Message-IDs)."""
        raise NotImplementedError

    def hints(self, names: str) -> Hints:
        """The last line, with actions by their names."""
        return Hints(self.session.look, self.session.keymap, self.ACTIONS, names)

    def say(self, words: str) -> None:
        self.status.say(words)

    def complain(self, error: MkitError) -> None:
        self.status.complain(error)

    def begin_to_open(self) -> None:
        """Something is being read to be shown here: what is typed meanwhile is for that."""
        self._opened = asyncio.Event()
        if isinstance(self.app, TypedAheadApp):
            self.app.until_open(self._opened)

    def end_to_open(self) -> None:
        """It is there, or will not be."""
        self._opened.set()

    # a line to type in

    @property
    def prompt(self) -> Prompt | None:
        """The line that is being typed."""
        return next(iter(self.query("#prompt").results()), None)  # type: ignore[return-value]

    def ask(self, prompt: Prompt, use: Use) -> None:
        """Ask for a line, unless one is being typed."""
        if self.prompt is None:
            self._use = use
            opening = self.mount(prompt, before=self.status)
            if isinstance(self.app, TypedAheadApp):
                self.app.until_open(opening)

    def on_prompt_asked(self, event: Prompt.Asked) -> None:
        try:
            done = self._use is None or self._use(event.value)
        except MkitError as error:
            if self.prompt:
                self.prompt.complain(error)
            return
        if done:
            self.close_prompt()

    def on_prompt_left(self) -> None:
        self.close_prompt()

    def close_prompt(self) -> None:
        """Leave the line; the keys are the screen's again."""
        if self.prompt:
            self.prompt.remove()
        if self.AUTO_FOCUS:
            self.query_one(self.AUTO_FOCUS).focus()
