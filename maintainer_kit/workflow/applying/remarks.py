# SPDX-License-Identifier: GPL-2.0-or-later
"""What should be known before patches are applied: what was found in them, who said no, what else
waits for the same lines, what they need first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.topic.applied import Obstacle
from maintainer_kit.workflow.applying.chosen import ChosenSeries
from maintainer_kit.workflow.applying.hazards import oddities
from maintainer_kit.workflow.applying.needs import stands_on
from maintainer_kit.workflow.rivals import rivals
from maintainer_kit.workflow.stores import Stores

_MOST = 5
_TOLD = ("error", "warning")


def remarks_on(stores: Stores, series: Sequence[ChosenSeries]) -> Iterator[str]:
    """A line each, for a terminal."""
    topics = {one.topic.id for one in series}
    for one in series:
        yield from _first(one)
        yield from _found(stores, one)
        needed = [*stands_on(stores, one, topics)]
        yield from (_need(one, row) for row in needed)
        yield from _rivals(stores, one, topics | {row.id for row in needed})


def _need(one: ChosenSeries, row: TopicRow) -> str:
    title = visible_line(row.subject)[:60]
    both = f"mkit apply {row.id} {one.topic.id} --to BRANCH"
    return f'{one.name}: stands on {row.id} "{title}", which has not landed: {both}'


def _first(one: ChosenSeries) -> Iterator[str]:
    if not one.is_newest:
        newest = one.topic.revisions[-1].series.revision
        yield f"{one.name}: there is a newer revision, v{newest}"
    for chosen in one.patches:
        name = visible_line(chosen.patch.title)[:60]
        for given in chosen.given:
            if given.obstacle is Obstacle.NACK:
                yield f'"{name}": {visible_line(given.trailer.value)} says no'
        for odd in dict.fromkeys(oddities(chosen.patch)):
            yield f'"{name}": {odd}'


def _found(stores: Stores, one: ChosenSeries) -> Iterator[str]:
    ids = [chosen.message.message_id for chosen in one.patches]
    found = stores.catalogue.findings(ids)
    counts = Counter(each.severity.value for some in found.values() for each in some)
    told = [count_of(counts[word], word) for word in _TOLD if counts[word]]
    if told:
        yield f"{one.name}: {', '.join(told)}: mkit check {one.topic.id}"


def _rivals(stores: Stores, one: ChosenSeries, topics: set[str]) -> Iterator[str]:
    found = [each for each in rivals(stores, one.topic) if each.topic_id not in topics]
    for each in found[:_MOST]:
        place = f"{visible_line(each.path)}:{each.line}"
        title = visible_line(each.subject)[:60]
        yield f'{one.name}: {each.topic_id} "{title}" waits too, and changes {place}'
    if len(found) > _MOST:
        yield f"{one.name}: {len(found) - _MOST} more series wait for the same lines"
