# SPDX-License-Identifier: GPL-2.0-or-later
"""What the app lets one remember of topics: stars, notes, until when they sleep, whose they are."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.errors import MkitError, Refused
from maintainer_kit.model.decision.event import NO, WATCH, YES, EventKind
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.deciding.app import DecidingApp


class RememberingApp(DecidingApp):
    """Decisions about whole topics; each is undone like any other."""

    def action_star(self) -> None:
        if asked := self.targets():
            screen, found = asked
            value = NO if found.all(lambda standing: standing.starred) else YES
            self._decide_each(screen, EventKind.STAR, value, found, stay=True)

    def action_attend(self, word: str) -> None:
        """Watch or mute; once more takes it away."""
        if asked := self.targets():
            screen, found = asked
            value = "" if found.all(lambda standing: standing.attention == word) else word
            stay = word == WATCH or not value
            self._decide_each(screen, EventKind.ATTENTION, value, found, stay=stay)

    # with a menu

    def action_snooze(self) -> None:
        from maintainer_kit.tui.deciding.memory_menus import SNOOZE_TYPED, snooze_menu

        if asked := self.targets():

            def pick(value: str | None) -> None:
                if value == SNOOZE_TYPED:
                    self._type_moment(*asked, self._snooze)
                elif value is not None:
                    self._snooze(*asked, value)

            self.push_screen(snooze_menu(self.session.look, self.session.now()), pick)

    def _snooze(self, screen: DecidingScreen, found: Targets, value: str) -> None:
        """``value`` is a time as people say it, ``mail``, or nothing to wake up."""
        from maintainer_kit.tui.deciding.memory_menus import UNTIL_MAIL
        from maintainer_kit.workflow.remembering import plan_snooze

        mail = value == UNTIL_MAIL
        until = 0 if mail or not value else self._moment(value)
        whole = found.whole
        self.decide(
            screen,
            lambda stores: plan_snooze(stores, whole, until=until, mail=mail),
            stay=not value,
        )

    def action_confidential(self) -> None:
        from maintainer_kit.tui.deciding.memory_menus import EMBARGO_TYPED, confidential_menu

        if asked := self.targets():

            def pick(value: str | None) -> None:
                if value == EMBARGO_TYPED:
                    self._type_moment(*asked, self._embargo)
                elif value is not None:
                    self._keep_secret(*asked, value)

            self.push_screen(confidential_menu(self.session.look), pick)

    def _embargo(self, screen: DecidingScreen, found: Targets, word: str) -> None:
        from maintainer_kit.workflow.remembering import until_value

        self._keep_secret(screen, found, until_value(self._moment(word)))

    def _keep_secret(self, screen: DecidingScreen, found: Targets, value: str) -> None:
        self._decide_each(screen, EventKind.CONFIDENTIAL, value, found, stay=True)

    def _decide_each(
        self, screen: DecidingScreen, kind: EventKind, value: str, found: Targets, *, stay: bool
    ) -> None:
        from maintainer_kit.workflow.decide import plan_each

        about = found.about
        self.decide(screen, lambda _: plan_each(kind, value, about), stay=stay)

    def _moment(self, word: str) -> int:
        from maintainer_kit.model.decision.moment import NoMoment, read_moment

        try:
            return read_moment(word, self.session.now())
        except NoMoment as error:
            raise Refused(str(error)) from error

    def _type_moment(
        self,
        screen: DecidingScreen,
        found: Targets,
        use: Callable[[DecidingScreen, Targets, str], None],
    ) -> None:
        from maintainer_kit.model.decision.moment import AHEAD

        def take(word: str) -> None:
            use(screen, found, word)

        self._type(screen, "until when", AHEAD, take)

    # with a line to type

    def action_note(self) -> None:
        if asked := self.targets():
            screen, found = asked
            words = "kept with the topic, for yourself; note:WORD in a search finds it"

            def take(text: str) -> None:
                from maintainer_kit.workflow.remembering import plan_note

                whole = found.whole
                self.decide(screen, lambda stores: plan_note(stores, whole, text), stay=True)

            self._type(screen, "note", words, take)

    def _type(
        self, screen: DecidingScreen, name: str, words: str, take: Callable[[str], None]
    ) -> None:
        """Ask for a line; an empty one changes nothing."""
        from maintainer_kit.tui.parts.prompt import Prompt

        def use(value: str) -> bool:
            if value:
                take(value)
            return True

        screen.ask(Prompt(self.session.look, name, words), use)

    # whose it is

    def action_delegate(self) -> None:
        from maintainer_kit.tui.deciding.delegate_menu import (
            DELEGATE_TYPED,
            delegate_menu,
            suggested,
        )

        if asked := self.targets():
            screen, found = asked
            menu = delegate_menu(self.session.look)

            def pick(value: str | None) -> None:
                if value == DELEGATE_TYPED:
                    words = "a name, the beginning of one, or an address"
                    self._type(screen, "delegate to", words, give)
                elif value is not None:
                    give(value)

            def give(word: str) -> None:
                from maintainer_kit.tui.deciding.delegate_menu import plan

                whole = found.whole
                self.decide(screen, lambda stores: plan(stores, word, whole), stay=True)

            def fail(error: MkitError) -> None:
                menu.add((), error.message)

            self.push_screen(menu, pick)
            row = found.found[0].row
            self.session.reading.submit(
                lambda stores: suggested(stores, row), lambda more: menu.add(*more), fail
            )
