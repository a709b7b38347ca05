# SPDX-License-Identifier: GPL-2.0-or-later
"""What mails say of patches: that they became commits, or wait in a queue. A claim proves nothing;
it is told until git shows the same, or something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.queue.landed import Landing, Role

_MOST = 50
"""Claims about one patch that are kept, the oldest: nobody reads more."""
_SHOWN = 12


class Seen(StrEnum):
    """What git says of a claim."""

    PROVEN = "proven"
    """The patch surely is that commit, in a branch that is followed."""
    UNPROVEN = "unproven"
    """The commit is there, and somebody has to look at it."""
    REFUTED = "refuted"
    """The commit is there, and is another change."""
    UNSEEN = "unseen"
    """The commit is in no branch that is followed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one mail says of one patch."""

    message_id: str
    """The patch."""
    commit: str
    """As the mail has it, whole or abbreviated; empty for a patch that is only queued."""
    tree: str
    ref: str
    """Both as ``Announced`` has them; empty where the mail does not say."""
    by: str
    """The bot, or the address of who wrote it."""
    mail: str
    """The Message-ID of the mail that says it."""
    date: int
    """Of that mail."""

    @property
    def place(self) -> str:
        """``tip/sched/core``; empty where the mail names none."""
        return "/".join(one for one in (self.tree, self.ref) if one)

    @property
    def words(self) -> str:
        """``in tip/sched/core as 1234567``."""
        where = f"in {self.place}" if self.place else ""
        what = f"as {self.commit[:_SHOWN]}" if self.commit else ""
        return " ".join(one for one in ("" if self.commit else "queued", where, what) if one)


Claims = Mapping[str, Sequence[Claim]]
"""By Message-ID of the patch, the oldest first."""


def claims_of(messages: Iterable[Message]) -> dict[str, tuple[Claim, ...]]:
    """What is said by some of these messages of others among them, whatever their order.

    A mail speaks of the patches that it names and of what it answers; where that is a cover letter,
    or the mail lists several commits, number or title tell which patch of the posting is meant.
    """
    known = {one.message_id: one for one in messages}
    heads = {one: m for one, m in known.items() if m.kind in (Kind.PATCH, Kind.COVER)}
    postings = _Postings(heads.values())
    found: dict[str, dict[Claim, None]] = defaultdict(dict)
    for teller in sorted(known.values(), key=lambda one: (one.date, one.message_id)):
        for said in teller.announced:
            for patch in _meant(teller, said, heads, postings):
                if len(found[patch.message_id]) < _MOST:
                    found[patch.message_id][_claim(patch, said, teller)] = None
    return {one: _once(claims) for one, claims in found.items()}


def seen_of(claim: Claim, held: Sequence[Landing], known: Sequence[Landing]) -> Seen:
    """What git says of a claim about a patch: ``held`` are its landings as they hold, ``known``
    those that were found, refuted ones and what was judged not to be it among them."""
    if not claim.commit:
        is_stable = any(one.is_sure and _is_in(one, Role.STABLE) for one in held)
        return Seen.PROVEN if is_stable else Seen.UNSEEN
    about = [one for one in held if _is_about(claim, one)]
    if about:
        return Seen.PROVEN if any(one.is_sure for one in about) else Seen.UNPROVEN
    return Seen.REFUTED if any(_is_about(claim, one) for one in known) else Seen.UNSEEN


def _is_about(claim: Claim, landing: Landing) -> bool:
    names = (landing.commit, *(place.commit for place in landing.places))
    return any(one.startswith(claim.commit) for one in names)


def _is_in(landing: Landing, role: str) -> bool:
    return any(place.role == role for place in landing.places)


class _Postings:
    """Patches of one posting, by number and by title."""

    def __init__(self, heads: Iterable[Message]) -> None:
        self._numbers: dict[tuple[_Posting, int], Message] = {}
        self._titles: dict[tuple[_Posting, str], list[Message]] = defaultdict(list)
        for one in heads:
            for posting in _postings(one) if one.kind is Kind.PATCH else ():
                self._numbers.setdefault((posting, one.subject.number or 1), one)
                self._titles[posting, _words(one.subject.title)].append(one)

    def part(self, head: Message, said: Announced) -> Message | None:
        """The patch of the posting of ``head`` that is meant; None where nothing tells."""
        title = _words(said.title)
        for posting in _postings(head):
            named = self._titles.get((posting, title), []) if title else []
            if len(named) == 1:
                return named[0]
            if said.number and (found := self._numbers.get((posting, said.number))):
                return found
        return None


_Posting = tuple[str, ...]


def _postings(head: Message) -> Iterator[_Posting]:
    """What tells a posting: the cover letter or patch that its patches answer; else its numbers and
    the top of the thread, where each patch answers the one before."""
    yield (head.message_id,)
    if head.parents and head.kind is Kind.PATCH:
        yield (head.parents[0],)
    subject = head.subject
    top = head.parents[-1] if head.parents else head.message_id
    yield (str(subject.revision), str(subject.total or 1), top)


def _words(title: str) -> str:
    return " ".join(title.lower().split())


def _meant(
    teller: Message, said: Announced, heads: Mapping[str, Message], postings: _Postings
) -> Iterator[Message]:
    named = [heads[one] for one in said.message_ids if one in heads]
    answered = next((heads[one] for one in teller.parents if one in heads), None)
    seen: set[str] = set()
    for head in [*named, *([answered] if answered and not named else ())]:
        is_alone = head.kind is Kind.PATCH and len(teller.announced) == 1 and not said.number
        patch = head if is_alone else postings.part(head, said)
        if patch and patch.message_id not in seen:
            seen.add(patch.message_id)
            yield patch


def _claim(patch: Message, said: Announced, teller: Message) -> Claim:
    return Claim(
        patch.message_id,
        said.commit,
        said.tree,
        said.ref,
        teller.bot or teller.submitter.address or teller.submitter.name,
        teller.message_id,
        teller.date,
    )


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Several mails that say the same, as lists and bots do: the first."""
    first: dict[tuple[str, str, str], Claim] = {}
    for one in claims:
        first.setdefault((one.commit, one.tree, one.ref), one)
    return tuple(first.values())
