# SPDX-License-Identifier: GPL-2.0-or-later
"""What the linear mode lets one remember of topics."""

from __future__ import annotations

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import NO, YES, EventKind
from maintainer_kit.model.decision.moment import AHEAD, NoMoment, read_moment
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.deciding import DecidingPrompts
from maintainer_kit.workflow.decide import plan_each
from maintainer_kit.workflow.remembering import plan_note, plan_snooze, until_value

_MAIL = "mail"
_NEVER = "wake"


class RememberingPrompts(DecidingPrompts):
    """Decisions about whole topics."""

    def do_star(self, asked: Asked) -> None:
        found = self.targets(asked)
        value = NO if found.all(lambda standing: standing.starred) else YES
        self.decide(plan_each(EventKind.STAR, value, found.about))

    def do_attend(self, asked: Asked) -> None:
        found = self.targets(asked)
        word = asked.argument
        value = "" if found.all(lambda standing: standing.attention == word) else word
        self.decide(plan_each(EventKind.ATTENTION, value, found.about))

    def do_snooze(self, asked: Asked) -> None:
        whole = self.targets(asked).whole
        help = f"a time ({AHEAD}), {_MAIL} until new mail, {_NEVER} to wake up"
        value = asked.text or self.ask("snooze", help)
        mail = value == _MAIL
        until = 0 if value in (_MAIL, _NEVER) else self._moment(value)
        self.decide(plan_snooze(self.stores, whole, until=until, mail=mail))

    def do_confidential(self, asked: Asked) -> None:
        about = self.targets(asked).about
        values = {"confidential": YES, "public": NO}
        word = asked.text or self.ask("confidential", "confidential, public, or until when")
        value = values.get(word) or until_value(self._moment(word))
        self.decide(plan_each(EventKind.CONFIDENTIAL, value, about))

    def do_note(self, asked: Asked) -> None:
        whole = self.targets(asked).whole
        text = asked.text or self.ask("note", "kept with the topic, for yourself")
        self.decide(plan_note(self.stores, whole, text))

    def do_delegate(self, asked: Asked) -> None:
        from maintainer_kit.tui.deciding.delegate_menu import BY_RULES, plan

        whole = self.targets(asked).whole
        help = "a name or an address, me, nobody, or rules"
        word = asked.text or self.ask("delegate to", help)
        self.decide(plan(self.stores, BY_RULES if word == "rules" else word, whole))

    def _moment(self, word: str) -> int:
        try:
            return read_moment(word, self.session.now())
        except NoMoment as error:
            raise Refused(str(error)) from error
