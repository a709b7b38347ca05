# SPDX-License-Identifier: GPL-2.0-or-later
"""Postings of patches and which of them are one topic, by plain means: subjects, References,
change-ids and links, taken one mail after the other as they arrive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bench.plain_mail import Label, PlainMail

_TOGETHER = 3600
"""Mails of one posting that do not refer to each other arrive within this time, in seconds."""
_YEAR = 366 * 86_400
_CHANGE_ID = re.compile(r"^change-id:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>]*/([^\s<>/]+@[^\s<>/]+)")


@dataclass(eq=False)
class Posting:
    """Patches of one revision that were sent together."""

    first: PlainMail
    label: Label
    """That of its first mail."""
    mails: list[PlainMail] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    replies: list[PlainMail] = field(default_factory=list)
    """Everything said below it so far, in the order of arrival."""

    @property
    def revision(self) -> int:
        return self.label.revision

    def add(self, mail: PlainMail, label: Label) -> None:
        self.mails.append(mail)
        self.titles.add(label.title)
        self.numbers.add(label.number)

    def holds(self, label: Label) -> bool:
        """Whether a patch of such a number may be one more of this posting."""
        same = (label.revision, label.total) == (self.label.revision, self.label.total)
        return same and label.total > 1 and label.number not in self.numbers


class Postings:
    """All postings so far, and which of them belong together."""

    def __init__(self) -> None:
        self._of: dict[str, Posting] = {}
        """By Message-ID of their mails, and of what was said below these."""
        self._chains: dict[Posting, list[Posting]] = {}
        self._by_change: dict[str, list[Posting]] = {}
        self._by_title: dict[str, list[Posting]] = {}

    def take(self, mail: PlainMail) -> Posting | None:
        """One more mail; the posting that it is part of, or speaks of.

        One without an id, or with a known one, is passed over.
        """
        if not mail.message_id or mail.message_id in self._of:
            return None
        label = mail.label
        above = self._above(mail)
        if label is None:
            if above is not None:
                self._of[mail.message_id] = above
                above.replies.append(mail)
            return above
        posting = self._posting(mail, label, above)
        self._of[mail.message_id] = posting
        for older in list(self._earlier(posting, mail, label, above)):
            self._join(older, posting)
        posting.add(mail, label)
        self._by_title.setdefault(label.title, []).append(posting)
        return posting

    def chain(self, posting: Posting) -> Sequence[Posting]:
        """All postings of its topic, in the order of arrival."""
        return self._chains[posting]

    def __iter__(self) -> Iterator[Posting]:
        return iter(self._chains)

    def _above(self, mail: PlainMail) -> Posting | None:
        return next((self._of[one] for one in mail.parents if one in self._of), None)

    def _posting(self, mail: PlainMail, label: Label, above: Posting | None) -> Posting:
        """The one that a patch belongs to: a new one, unless one is there that it is missing in."""
        near = [above] if above else []
        if not mail.parents:
            near = [one for one in self._chains if mail.arrived - one.first.arrived < _TOGETHER]
        for posting in reversed(near):
            if posting.holds(label) and posting.first.is_by(mail):
                return posting
        posting = Posting(mail, label)
        self._chains[posting] = [posting]
        return posting

    def _earlier(
        self, posting: Posting, mail: PlainMail, label: Label, above: Posting | None
    ) -> Iterator[Posting]:
        """Postings that one is a reroll of, by what this mail of it tells."""
        if above is not None and above is not posting and _follows(posting, above):
            yield above
        for name in _CHANGE_ID.findall(mail.text):
            known = self._by_change.setdefault(name, [])
            yield from known
            known.append(posting)
        for link in _LINK.findall(mail.text):
            linked = self._of.get(link)
            if linked is not None and linked.revision < posting.revision:
                yield from (linked,) if linked.first.is_by(mail) else ()
        for other in self._by_title.get(label.title, ()):
            is_later = _follows(posting, other) or _is_taken_over(posting, other)
            if is_later and _is_same_title(label, other, posting):
                yield other

    def _join(self, one: Posting, other: Posting) -> None:
        kept, added = self._chains[one], self._chains[other]
        if kept is added:
            return
        kept.extend(added)
        kept.sort(key=lambda each: each.first.arrived)
        for posting in added:
            self._chains[posting] = kept


def _follows(later: Posting, earlier: Posting) -> bool:
    """Whether one may be a later revision, or a repost, of the other."""
    if not later.first.is_by(earlier.first) or later is earlier:
        return False
    aged = later.first.arrived - earlier.first.arrived
    return later.revision >= earlier.revision and 0 <= aged < _YEAR


def _is_taken_over(later: Posting, earlier: Posting) -> bool:
    """Whether somebody else may have gone on with it: by the number, at least."""
    aged = later.first.arrived - earlier.first.arrived
    return later.revision > earlier.revision and 0 <= aged < _YEAR


def _is_same_title(label: Label, other: Posting, posting: Posting) -> bool:
    """An equal title counts where it names the whole posting, or where half of them are equal."""
    if label.number == 0 or label.total == other.label.total == 1:
        return True
    common = len((posting.titles | {label.title}) & other.titles)
    return 2 * common >= min(label.total, max(1, len(other.titles)))


def newest_of(chain: Iterable[Posting]) -> Posting:
    """The last of those with the highest number."""
    return max(chain, key=lambda one: (one.revision, one.first.arrived))
