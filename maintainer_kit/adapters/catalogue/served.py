# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's answers to an archive's questions: lists, patch-ids, what is newest.

They are about single mails, which the catalogue keeps as JSON: all are read once, when first asked
for, and again after the catalogue changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from heapq import nlargest

from maintainer_kit.adapters.catalogue.base import translated
from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.model.decision.event import EventKind, latest

_DATE, _LISTS, _PATCH_ID = "$[6]", "$[10]", "$[12]"
"""Where the facts of a message hold them; see model/message/codec.py."""


@dataclass
class _Facts:
    mark: tuple[int, int] = (-1, -1)
    dates: dict[str, int] = field(default_factory=dict)
    lists: dict[str, set[str]] = field(default_factory=dict)
    patches: dict[str, set[str]] = field(default_factory=dict)


class ServedFacts:
    """Implements the port ``MailFacts``."""

    def __init__(self, catalogue: SqliteCatalogue) -> None:
        self._catalogue = catalogue
        self._known = _Facts()

    def _mark(self) -> tuple[int, int]:
        """Changes with every change of the catalogue, by others or by us."""
        db = self._catalogue.db
        return int(db.execute("PRAGMA data_version").fetchone()[0]), db.total_changes

    def _facts(self) -> _Facts:
        with translated(self._catalogue.path):
            mark = self._mark()
            if self._known.mark != mark:
                self._known = self._read(mark)
        return self._known

    def _read(self, mark: tuple[int, int]) -> _Facts:
        facts = _Facts(mark)
        query = (
            f"SELECT m.id, json_extract(m.facts, '{_DATE}', '{_PATCH_ID}', '{_LISTS}')"
            " FROM message m"
        )
        from json import loads

        for message_id, text in self._catalogue.db.execute(query):
            date, patch_id, lists = loads(text)
            facts.dates[message_id] = date
            if patch_id:
                facts.patches.setdefault(patch_id, set()).add(message_id)
            for name in lists:
                facts.lists.setdefault(name, set()).add(message_id)
        return facts

    def of_list(self, name: str) -> frozenset[str]:
        start = f"{name}."
        lists = self._facts().lists
        named = [ids for one, ids in lists.items() if one == name or one.startswith(start)]
        return frozenset().union(*named)

    def lists(self) -> dict[str, int]:
        return {name: len(ids) for name, ids in self._facts().lists.items()}

    def with_patch_id(self, patch_id: str) -> frozenset[str]:
        return frozenset(self._facts().patches.get(patch_id, ()))

    def newest(self, count: int, name: str = "") -> list[str]:
        facts = self._facts()
        ids = facts.lists.get(name, set()) if name else facts.dates.keys()
        return nlargest(count, ids, key=lambda one: (facts.dates[one], one))

    def said_confidential(self, message_ids: Collection[str]) -> frozenset[str]:
        kind = EventKind.CONFIDENTIAL
        decisions = self._catalogue.decisions(message_ids)
        said = {one: latest(decisions, [one], kind) for one in message_ids}
        return frozenset(one for one, found in said.items() if found and found.value != "no")
