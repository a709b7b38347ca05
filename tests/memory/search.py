# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's answers to queries, over rows in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from maintainer_kit.model.decision.event import Group, undone_groups
from maintainer_kit.model.query.words import holds
from maintainer_kit.model.queue.aspects import Aspects, Role
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.searching import Wanted, What

Test = Callable[[TopicRow, Wanted], bool]


def _is_of_list(name: str, asked: str) -> bool:
    return name == asked or name.startswith(f"{asked}.")


def _landed(row: TopicRow) -> str:
    if not row.landed:
        return "no"
    return "yes" if row.landed == row.total else "part"


_BY_ROW: dict[What, Test] = {
    What.ALL: lambda row, wanted: True,
    What.ID: lambda row, wanted: row.id.startswith(wanted.words[0]),
    What.KIND: lambda row, wanted: row.kind == wanted.words[0],
    What.STATE: lambda row, wanted: row.standing.state == wanted.words[0],
    What.ARCHIVED: lambda row, wanted: row.standing.archived,
    What.STARRED: lambda row, wanted: row.standing.starred,
    What.ATTENTION: lambda row, wanted: row.standing.attention == wanted.words[0],
    What.CONFIDENTIAL: lambda row, wanted: bool(row.standing.confidential),
    What.IGNORED: lambda row, wanted: bool(row.standing.ignored),
    What.UPDATED: lambda row, wanted: row.updated in wanted.span,
    What.REVISION: lambda row, wanted: row.revision in wanted.span,
    What.LIST: lambda row, wanted: any(_is_of_list(one, wanted.words[0]) for one in row.lists),
    What.MARK: lambda row, wanted: wanted.words[0] in row.marks,
    What.TRAILER: lambda row, wanted: wanted.words[0] in dict(row.trailers),
    What.LANDED: lambda row, wanted: row.kind == "series" and _landed(row) == wanted.words[0],
    What.AUTHOR: lambda row, wanted: any(
        holds(one, wanted.words) for one in (row.author, row.submitter)
    ),
}


def topics_by(
    rows: Mapping[str, TopicRow],
    aspects: Mapping[str, Aspects],
    reasons: Iterable[tuple[str, str]],
    wanted: Wanted,
) -> set[str]:
    """As the port has it; ``reasons`` are topics with the reason of a decision about them."""
    if wanted.what in _BY_ROW:
        test = _BY_ROW[wanted.what]
        return {one for one, row in rows.items() if test(row, wanted)}
    if wanted.what is What.NOTE:
        noted = [(one, text) for one, row in rows.items() for text in row.standing.notes]
        return {one for one, text in (*noted, *reasons) if holds(text, wanted.words)}
    if wanted.what is What.ONLY_ONE:
        return _only_ones(rows, aspects)
    return {
        one
        for one in rows
        for role, address in aspects[one].parties
        if role in wanted.roles and _is_party(address, wanted)
    }


def _is_party(address: str, wanted: Wanted) -> bool:
    if wanted.what is What.PARTY:
        return address in wanted.words
    return all(word in address for word in wanted.words)


def _only_ones(rows: Mapping[str, TopicRow], aspects: Mapping[str, Aspects]) -> set[str]:
    authors = [
        (address, one)
        for one, row in rows.items()
        if row.kind == "series"
        for role, address in aspects[one].parties
        if role == Role.AUTHOR.value
    ]
    counts = Counter(address for address, _ in authors)
    return {one for address, one in authors if counts[address] == 1}


def reasons_of(groups: Collection[Group], topic_of: Mapping[str, str]) -> list[tuple[str, str]]:
    """Topics with the reasons of the decisions about them that hold."""
    undone = undone_groups(groups)
    return [
        (topic_of[event.message_id], group.why)
        for group in groups
        if group.why and group.id not in undone
        for event in group.events
        if event.message_id in topic_of
    ]


def delegates(rows: Mapping[str, TopicRow]) -> dict[str, str]:
    """Who is to decide, by topic."""
    return {one: row.standing.delegate for one, row in rows.items() if row.standing.delegate}


def paths_of(
    rows: Mapping[str, TopicRow], aspects: Mapping[str, Aspects], topic_ids: Iterable[str]
) -> dict[str, list[str]]:
    """Files by topic."""
    found = {one: list(aspects[one].paths) for one in topic_ids if one in rows}
    return {one: paths for one, paths in found.items() if paths}


def touching(
    rows: Mapping[str, TopicRow], aspects: Mapping[str, Aspects], start: str
) -> dict[str, list[str]]:
    """Topics by path."""
    found: dict[str, list[str]] = {}
    for one in sorted(rows):
        for path in aspects[one].paths:
            if path.startswith(start):
                found.setdefault(path, []).append(one)
    return found
