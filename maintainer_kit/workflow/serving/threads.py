# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails In-Reply-To and References make one thread, as mails come and go."""

from __future__ import annotations

from collections.abc import Collection, Sequence


class Threads:
    """Connected sets of mails. A mail that is not here may connect others all the same."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        """Towards the one id that stands for a thread, which is above itself."""
        self._parents: dict[str, Sequence[str]] = {}
        self._members: dict[str, list[str]] = {}
        """Of each id that stands for a thread, in the order in which they came."""

    def add(self, message_id: str, parents: Sequence[str]) -> None:
        """A mail comes; one that is here stays as it is."""
        if message_id in self._parents:
            return
        self._parents[message_id] = parents
        top = self._find(message_id)
        self._members.setdefault(top, []).append(message_id)
        for parent in parents:
            top = self._join(top, self._find(parent))

    def remove(self, message_ids: Collection[str]) -> None:
        """Mails go: what they alone connected falls apart."""
        here = [one for one in message_ids if one in self._parents]
        rest: dict[str, Sequence[str]] = {}
        for top in {self._find(one) for one in here}:
            rest.update((one, self._parents.pop(one)) for one in self._members.pop(top))
        # No other thread knows any of these ids, or it would be one of these.
        for one in {*rest, *(parent for parents in rest.values() for parent in parents)}:
            del self._above[one]
        for one in here:
            rest.pop(one, None)
        for one, parents in rest.items():
            self.add(one, parents)

    def key(self, message_id: str) -> str | None:
        """The id that stands for the thread that a mail is in; None where it is not here."""
        return self._find(message_id) if message_id in self._parents else None

    def of(self, message_id: str) -> Sequence[str]:
        """The mails of the thread that a mail is in; none where it is not here."""
        key = self.key(message_id)
        return () if key is None else tuple(self._members[key])

    def _find(self, one: str) -> str:
        above = self._above
        top = one
        while (higher := above.setdefault(top, top)) != top:
            top = higher
        while one != top:
            above[one], one = top, above[one]
        return top

    def _join(self, one: str, other: str) -> str:
        """The id that stands for both threads from now on."""
        if one == other:
            return one
        members = self._members
        if len(members.get(one, ())) < len(members.get(other, ())):
            one, other = other, one
        self._above[other] = one
        if other in members:
            members.setdefault(one, []).extend(members.pop(other))
        return one
