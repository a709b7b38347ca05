# SPDX-License-Identifier: GPL-2.0-or-later
"""What bots mailed about the tips of branches, or about their trees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from maintainer_kit.errors import IndexFailure, Refused
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.message import Message
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.branches.branch import Result
from maintainer_kit.workflow.stores import Stores

_AT_ONCE = 100
_MOST_FOUND = 2000
_SHORT = 12
"""Digits that bots abbreviate ids to."""
_ID = lazy_pattern(r"\b[0-9a-f]{12,64}\b")


def told_results(stores: Stores, ids: Collection[str]) -> Mapping[str, Sequence[Result]]:
    """By id of a commit or tree, given whole; the newest mail first, of each test the last word."""
    mails = _mails(stores, ids)
    found: dict[str, dict[str, Result]] = {}
    starts = {one[:_SHORT]: one for one in ids}
    for message in sorted(mails, key=lambda one: (-one.date, one.message_id)):
        for named, result in _results(message):
            whole = starts.get(named[:_SHORT], "")
            if whole.startswith(named) and whole:
                found.setdefault(whole, {}).setdefault(result.context, result)
    return {one: tuple(results.values()) for one, results in found.items()}


def _results(message: Message) -> Iterator[tuple[str, Result]]:
    """Each with the id that it speaks of; what says no commit itself speaks of those of its
    mail."""
    for one in message.checks:
        result = Result(one.context, one.outcome.value, message.message_id)
        for named in _ID.findall(one.about) or message.commits:
            yield named, result


def _mails(stores: Stores, ids: Collection[str]) -> list[Message]:
    # Without the field notmuch looks into each of its own, in twenty times the time.
    words = sorted({f"body:{word}" for one in ids for word in (one, one[:_SHORT])})
    found: set[str] = set()
    for some in batched(words, _AT_ONCE):
        try:
            found.update(stores.index.search(" or ".join(some))[:_MOST_FOUND])
        except (Refused, IndexFailure):
            continue  # a branch is shown without what bots say rather than not at all
    records = stores.catalogue.records(found) if found else {}
    return [one.message for one in records.values() if one.message.bot]
