# SPDX-License-Identifier: GPL-2.0-or-later
"""Find the mails that an archive's query asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.workflow.serving.expression import And, Not, Or, Query, Term, read_lore_query
from maintainer_kit.workflow.serving.register import Register
from maintainer_kit.workflow.serving.terms import (
    ALL,
    NONE,
    Indexed,
    Listed,
    Looked,
    Meaning,
    Opened,
    meaning_of,
    quoted,
)
from maintainer_kit.workflow.stores import Stores

MAX_OPENED = 2000
"""Mails that are looked into for one query."""
_MAX_NAMED = 200
"""Message-IDs that are named to notmuch."""


def search(stores: Stores, register: Register, text: str, within: str = "") -> list[str]:
    """Message-IDs that a query finds, the newest first; ``within`` is a limit in notmuch's words.

    Raises Refused where it cannot be read, or asks to look into more mails than is allowed.
    """
    query = read_lore_query(text)
    return _Search(stores, register).of(query, within)


@dataclass
class _Search:
    stores: Stores
    register: Register
    meanings: dict[Term, Meaning] = field(default_factory=dict)
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    """What notmuch or the register found, by words."""
    opened: dict[str, Opened | None] = field(default_factory=dict)

    def of(self, query: Query, within: str) -> list[str]:
        wide = self._wide(query)
        if wide == NONE:
            return []
        found = self.stores.index.search(_both(within or ALL, wide))
        if self._is_exact(query):
            return found
        self._check_breadth(query, found)
        return [one for one in found if self._holds(query, one)]

    def _meaning(self, term: Term) -> Meaning:
        if term not in self.meanings:
            now = self.stores.clock() // 1_000_000
            self.meanings[term] = meaning_of(term, now)
        return self.meanings[term]

    def _listed(self, one: Listed) -> frozenset[str]:
        ask = self.register.of_list if one.what == "list" else self.register.with_patch_id
        return self._set(f"{one.what} {one.value}", lambda: ask(one.value))

    def _set(self, name: str, ask: Callable[[], frozenset[str]]) -> frozenset[str]:
        if name not in self.sets:
            self.sets[name] = ask()
        return self.sets[name]

    def _is_exact(self, query: Query) -> bool:
        """Whether ``_wide`` is all that has to be asked."""
        if isinstance(query, Term):
            meaning = self._meaning(query)
            few = isinstance(meaning, Listed) and len(self._listed(meaning)) <= _MAX_NAMED
            return few or isinstance(meaning, Indexed)
        return all(map(self._is_exact, _parts(query)))

    def _wide(self, query: Query) -> str:
        """A query of notmuch's that finds at least what is asked for."""
        if isinstance(query, Term):
            return self._wide_term(self._meaning(query))
        if isinstance(query, Not):
            return _other_than(self._wide(query.part)) if self._is_exact(query.part) else ALL
        return reduce(_both if isinstance(query, And) else _either, map(self._wide, query.parts))

    def _wide_term(self, meaning: Meaning) -> str:
        if not isinstance(meaning, Listed):
            return meaning.words
        ids = self._listed(meaning)
        if not ids:
            return NONE
        if len(ids) > _MAX_NAMED:
            return ALL
        return "(" + " or ".join(f"id:{quoted(one)}" for one in sorted(ids)) + ")"

    def _check_breadth(self, query: Query, found: list[str]) -> None:
        looks = any(isinstance(self._meaning(term), Looked) for term in _terms(query))
        if looks and len(found) > MAX_OPENED:
            raise Refused(
                f"to answer that, {len(found)} mails would have to be opened",
                f"narrow it with d: or f: to at most {MAX_OPENED}",
            )

    def _holds(self, query: Query, message_id: str) -> bool:
        if isinstance(query, Not):
            return not self._holds(query.part, message_id)
        if isinstance(query, Term):
            return self._term_holds(self._meaning(query), message_id)
        several = all if isinstance(query, And) else any
        return several(self._holds(part, message_id) for part in query.parts)

    def _term_holds(self, meaning: Meaning, message_id: str) -> bool:
        if isinstance(meaning, Listed):
            return message_id in self._listed(meaning)
        words = meaning.words
        if words != ALL:
            ask = self.stores.index.search
            if message_id not in self._set(words, lambda: frozenset(ask(words))):
                return False
        if isinstance(meaning, Indexed):
            return True
        opened = self._open(message_id)
        return opened is not None and meaning.holds(opened)

    def _open(self, message_id: str) -> Opened | None:
        if message_id not in self.opened:
            self.opened[message_id] = self._read(message_id)
        return self.opened[message_id]

    def _read(self, message_id: str) -> Opened | None:
        record = self.stores.catalogue.records([message_id]).get(message_id)
        for file in record.files if record else ():
            try:
                raw = self.stores.folder.read(file.path)
            except NotFound:
                continue
            assert record is not None
            return Opened(record.message, read_mail(raw))
        return None


def _both(one: str, other: str) -> str:
    """notmuch takes ``*`` alone only, and knows no word for nothing."""
    if NONE in (one, other):
        return NONE
    return other if one == ALL else one if other == ALL else f"({one} and {other})"


def _either(one: str, other: str) -> str:
    if ALL in (one, other):
        return ALL
    return other if one == NONE else one if other == NONE else f"({one} or {other})"


def _other_than(words: str) -> str:
    return {ALL: NONE, NONE: ALL}.get(words, f"(not {words})")


def _parts(query: Not | And | Or) -> tuple[Query, ...]:
    return (query.part,) if isinstance(query, Not) else query.parts


def _terms(query: Query) -> list[Term]:
    if isinstance(query, Term):
        return [query]
    return [term for part in _parts(query) for term in _terms(part)]
