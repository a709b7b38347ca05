# SPDX-License-Identifier: GPL-2.0-or-later
"""The stores that a verb works on, together with who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass

if TYPE_CHECKING:  # see position.py
    from collections.abc import Callable, Collection

    from maintainer_kit.config import Settings
    from maintainer_kit.model.decision.away import Away
    from maintainer_kit.model.decision.state import States
    from maintainer_kit.model.mail.mailmap import People
    from maintainer_kit.model.message.bots import Bots
    from maintainer_kit.model.queue.delegation import Sections
    from maintainer_kit.model.queue.delegation_rules import Rule
    from maintainer_kit.model.queue.intake import Lists
    from maintainer_kit.model.queue.intake_rules import IntakeRule
    from maintainer_kit.model.queue.policy import Policy
    from maintainer_kit.model.queue.verdict import Me
    from maintainer_kit.workflow.arrivals import Examiner
    from maintainer_kit.workflow.attested import MakeAttester
    from maintainer_kit.workflow.ports import (
        Catalogue,
        Clock,
        Journal,
        LeftOut,
        Lock,
        MailFolder,
        MailIndex,
    )


READING = 9
"""Raised whenever the same mail would give other facts, topics or turns than before: a catalogue
made by another reading is made anew."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything outside, as the workflow sees it."""

    index: MailIndex
    catalogue: Catalogue
    journal: Journal
    folder: MailFolder
    settings: Settings
    clock: Clock
    lock: Lock
    mailmap: str = ""
    """The text of all mailmaps (gitmailmap(5))."""
    place: str = ""
    """Which database, and where: paths and tags that were read hold as long as it is this one."""
    examiner: Examiner | None = None
    """Who checks the series that come in; None where nobody does."""
    sections: Sections | None = None
    """What rules of delegation ask of MAINTAINERS; None where none asks."""
    sections_mark: str = ""
    """Changes whenever that would answer otherwise."""
    maintained_lists: Callable[[], frozenset[str]] | None = None
    """The lists that MAINTAINERS names, in the form of a List-Id; None without repositories."""
    unmaintained: Callable[[Collection[str]], frozenset[str]] | None = None
    """Which of these files nobody looks after, by MAINTAINERS; None without repositories."""
    git_tags: Callable[[Collection[str]], frozenset[str]] | None = None
    """Which of these tags a repository of the settings has; None without repositories."""
    attester: MakeAttester | None = None
    """Who verifies signatures of patches; None where nobody does."""
    left_out: Callable[[], LeftOut] | None = None
    """Who remembers what an import could not take in; None where nobody does."""

    @property
    def me(self) -> Me:
        """The reader, with lists in the form of a List-Id."""
        from maintainer_kit.model.queue.verdict import Me

        return Me(
            self._addresses,
            self._lists,
            self.people,
            names=self.settings.name,
            expects=self._expects,
        )

    @property
    def _expects(self) -> tuple[tuple[str, int], ...]:
        if not self.settings.expect:
            return ()
        from maintainer_kit.model.queue.waiting import read_expectation

        return tuple(read_expectation(line) for line in self.settings.expect)

    @property
    def bots(self) -> Bots:
        """Bots that are known, the configured ones first."""
        from maintainer_kit.model.message.bots import configured_bots

        return configured_bots(self.settings.bot)

    @property
    def people(self) -> People:
        """Who is who, by the mailmaps."""
        from maintainer_kit.model.mail.mailmap import read_mailmap

        return read_mailmap(self.mailmap)

    def check_settings(self) -> None:
        """Tell what is wrong with a setting now, not once mail of theirs is read.

        Raises ConfigError.
        """
        if self.settings.bot:
            _ = self.bots
        if self.settings.state:
            _ = self.states
        if self.settings.delegate:
            _ = self._rules()
        if self.settings.intake:
            _ = self._intake
        _ = self._expects

    @property
    def _addresses(self) -> frozenset[str]:
        return frozenset(one.lower() for one in self.settings.me)

    @property
    def _lists(self) -> frozenset[str]:
        return _list_ids(self.settings.list)

    @property
    def _mailmap_mark(self) -> tuple[str, ...]:
        if not self.mailmap:
            return ()
        from hashlib import sha256

        return (sha256(self.mailmap.encode("utf-8", "surrogatepass")).hexdigest(),)

    @property
    def who(self) -> str:
        """The name under which this reader's decisions are recorded."""
        return self.settings.me[0] if self.settings.me else "me"

    def is_elsewhere(self, reader: str) -> bool:
        """Whether a mark of ours was made with another database, or another copy of it."""
        return reader.split("\n")[1:2] != [self.place]

    @property
    def states(self) -> States:
        """What states there are."""
        from maintainer_kit.model.decision.state import read_states

        return read_states(self.settings.state)

    @property
    def policy(self) -> Policy:
        """What decisions mean to this reader."""
        from maintainer_kit.model.decision.away import deputy_rule
        from maintainer_kit.model.queue.delegation import no_sections
        from maintainer_kit.model.queue.policy import Policy

        absence = self.absence
        deputy = (deputy_rule(absence),) if absence and absence.delegate else ()
        return Policy(
            states=self.states,
            rules=self._rules(*deputy),
            sections=self.sections or no_sections,
            away=self.absence is not None,
            confidential=_list_ids(self.settings.confidential),
            intake=self._intake,
            lists=self.lists,
        )

    @property
    def _intake(self) -> tuple[IntakeRule, ...]:
        from maintainer_kit.model.queue.intake_rules import read_intake

        return read_intake(self.settings.intake)

    @property
    def set_lists(self) -> frozenset[str]:
        """Lists that the settings name, in the form of a List-Id."""
        from maintainer_kit.model.queue.conditions import lists_named

        asked = [rule.conditions for rule in self._intake]
        asked += [rule.conditions for rule in self._rules()]
        named = lists_named(asked)
        return self._lists | _list_ids(self.settings.confidential) | named

    @property
    def lists(self) -> Lists:
        """What is known of lists beside the mail of a topic."""
        from maintainer_kit.model.queue.intake import Lists
        from maintainer_kit.workflow.learning import learnt

        names, are_usual = learnt(self.catalogue)
        return Lists(self.set_lists | names, are_usual or bool(self.settings.list))

    @property
    def absence(self) -> Away | None:
        """That of the reader, while it lasts."""
        value = self.catalogue.last_value("away")
        if not value:
            return None
        from maintainer_kit.model.decision.away import load_away

        found = load_away(value)
        return found if found and found.holds(self.clock() // 1_000_000) else None

    def _rules(self, *more: str) -> tuple[Rule, ...]:
        lines = (*self.settings.delegate, *more)
        if not lines:
            return ()
        from maintainer_kit.model.mail.person import NOBODY, Person
        from maintainer_kit.model.queue.delegation_rules import read_rules

        settings = self.settings
        name = settings.name[0] if settings.name else ""
        me = Person(name, settings.me[0]) if settings.me else NOBODY
        return read_rules(lines, me)

    @property
    def reader_mark(self) -> str:
        """Changes whenever anything has to be worked out anew; see ``reading_of``."""
        reading = (
            str(READING),
            self.place,
            self.settings.query,
            *(f"bot {line}" for line in self.settings.bot),
        )
        judging = (
            *sorted(self._addresses),
            "",
            *sorted(self._lists),
            "",
            *sorted(self.settings.name),
            *self._mailmap_mark,
            *(f"expect {line}" for line in self.settings.expect),
            *(f"state {line}" for line in self.settings.state),
            *(f"delegate {line}" for line in self.settings.delegate),
            "intake",
            *(f"intake {line}" for line in self.settings.intake),
            *((f"sections {self.sections_mark}",) if self.sections_mark else ()),
            *((f"away {self.absence.delegate}",) if self.absence else ()),
            *(f"confidential {one}" for one in sorted(_list_ids(self.settings.confidential))),
        )
        return "\n".join((*reading, _JUDGING, *judging))


_JUDGING = "--"
"""The line of a mark after which come the settings that no mail is read by."""


def reading_of(reader_mark: str) -> str:
    """The part of a mark that tells how mail was read. Where only the rest differs, no mail has to
    be read again: rows are judged anew."""
    return reader_mark.partition(f"\n{_JUDGING}\n")[0]


def _list_ids(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower().replace("@", ".") for name in names)
