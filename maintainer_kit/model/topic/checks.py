# SPDX-License-Identifier: GPL-2.0-or-later
"""What bots found out about a topic: of several results of one test the newest counts.

A result that is about a cover letter, or about a whole series, is a result of each of its patches,
as in Patchwork. What tests that ran here say of a patch stands beside that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.model.message.check import Check
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.series import Series, sort_key
from maintainer_kit.model.topic.topic import Topic

Tested = Mapping[str, Sequence[Check]]
"""What tests that ran here say, by Message-ID of the patch."""


@dataclass(frozen=True, slots=True)
class Result:
    """A check with the bot's mail that tells it."""

    check: Check
    message: Message
    """Of a test that ran here the patch itself."""


_ByContext = dict[str, Result]


class Checks:
    """The results of one topic."""

    def __init__(self, topic: Topic, tested: Tested | None = None) -> None:
        self._topic = topic
        self._series: dict[str, str] = {}
        self._covers: set[str] = set()
        for revision in topic.revisions:
            series = revision.series
            for message in series.messages:
                self._series[message.message_id] = series.first.message_id
            if series.cover:
                self._covers.add(series.cover.message_id)
        self._of_series: dict[str, _ByContext] = {}
        self._of_patch: dict[str, _ByContext] = {}
        if not topic.revisions:
            self._take(topic.root, topic.root.message_id)
        for follow_up in topic.follow_ups:
            self._take(follow_up.message, follow_up.head_id)
        for message in topic.messages if tested else ():
            if message.message_id in self._series:
                for check in (tested or {}).get(message.message_id, ()):
                    held = self._of_patch.setdefault(message.message_id, {})
                    held[check.context] = Result(check, message)

    def _take(self, message: Message, head_id: str) -> None:
        series = self._series.get(head_id, "")
        for check in message.checks:
            if check.series or head_id in self._covers or not series:
                held = self._of_series.setdefault(series, {})
            else:
                held = self._of_patch.setdefault(head_id, {})
            held[check.context] = Result(check, message)

    def of(self, patch: Message) -> tuple[Result, ...]:
        """Those that count for a patch, by context."""
        found = dict(self._of_series.get(self._series.get(patch.message_id, ""), {}))
        for context, result in self._of_patch.get(patch.message_id, {}).items():
            other = found.get(context)
            if other is None or sort_key(other.message) <= sort_key(result.message):
                found[context] = result
        return _sorted(found)

    def own(self, patch: Message) -> tuple[Result, ...]:
        """Those that speak of this patch alone, by context."""
        return _sorted(self._of_patch.get(patch.message_id, {}))

    def of_series(self, series: Series | None) -> tuple[Result, ...]:
        """Those that speak of a whole posting, or of a topic without patches, by context."""
        return _sorted(self._of_series.get(series.first.message_id if series else "", {}))

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many results of each outcome the newest complete view has; one that is about several
        patches counts once."""
        patches = [patch for patch in self._topic.view if patch]
        results = [result for patch in patches for result in self.of(patch)]
        if not self._topic.revisions:
            results = list(self.of_series(None))
        distinct = {(one.message.message_id, one.check.context): one.check for one in results}
        return tuple(sorted(Counter(check.outcome.value for check in distinct.values()).items()))


def _sorted(found: _ByContext) -> tuple[Result, ...]:
    return tuple(found[context] for context in sorted(found))


def is_fixup(message: Message) -> bool:
    """Whether a bot's mail offers a patch of its own."""
    return message.kind is Kind.BOT_REPORT and message.diff is not None and bool(message.diff.files)
