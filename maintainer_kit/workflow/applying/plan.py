# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be applied, where, and what should be known before: nothing is done yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.applying.application import Application, Wanted
from maintainer_kit.workflow.applying.base import Base, Question, find_bases
from maintainer_kit.workflow.applying.chosen import Chosen, ChosenSeries, choose
from maintainer_kit.workflow.applying.hazards import refuse_hazards
from maintainer_kit.workflow.applying.message import Manner, commit_body
from maintainer_kit.workflow.applying.old_files import Known, old_files
from maintainer_kit.workflow.applying.ports import Parcel, Source
from maintainer_kit.workflow.applying.remarks import remarks_on
from maintainer_kit.workflow.stores import Stores

Write = Callable[[Patch, Sequence[str] | None], bytes]
"""Makes a mail for git am: the patch, and its message or None for its own."""


@dataclass(frozen=True)
class ApplyWish:
    """What the user asks for."""

    words: Sequence[str]
    branch: str
    subset: str = ""
    onto: str = ""
    refs: tuple[str, ...] = ("HEAD",)
    """Of the repository: where patches land."""
    manner: Manner = field(default_factory=Manner)
    guesses: bool = True
    """See ``Application``."""


@dataclass(frozen=True)
class Plan:
    """What will be done."""

    application: Application
    parcels: tuple[Parcel, ...]
    bases: tuple[Base, ...]
    series: tuple[ChosenSeries, ...]
    remarks: tuple[str, ...]
    """What should be known before, a line each."""


def make_plan(stores: Stores, source: Source, wish: ApplyWish, write: Write) -> Plan:
    """Raises NotFound, RepositoryError, and Refused for what may not be applied there."""
    branch, old = source.branch(wish.branch)
    series = choose(stores, wish.words, wish.subset)
    chosen = [one for each in series for one in each.patches]
    if not chosen:
        raise Refused("there is no patch in that", "mkit show TOPIC")
    refuse_hazards([(one.message.message_id, one.patch) for one in chosen])
    parcels = tuple(_parcels(series, wish.manner, write))
    bases = find_bases(source, _question(wish, old, series, chosen))
    application = Application(
        repository=source.place,
        branch=branch,
        old=old,
        base=bases[0].commit,
        patches=tuple(_wanted(one, each) for each in series for one in each.patches),
        guesses=wish.guesses,
    )
    return Plan(
        application, parcels, tuple(bases), tuple(series), tuple(remarks_on(stores, series))
    )


def _question(
    wish: ApplyWish, old: str | None, series: Sequence[ChosenSeries], chosen: Sequence[Chosen]
) -> Question:
    first = chosen[0].message.message_id
    posted = next(
        one.series
        for one in series[0].topic.revisions[::-1]
        if any(mail.message_id == first for mail in one.series.messages)
    )
    files = old_files(one.patch for one in chosen)
    return Question(wish.onto, old, posted, files, wish.refs)


def _wanted(one: Chosen, series: ChosenSeries) -> Wanted:
    title = visible_line(one.patch.title)
    return Wanted(one.message.message_id, series.topic.id, title)


def _parcels(series: Sequence[ChosenSeries], manner: Manner, write: Write) -> Iterator[Parcel]:
    for each in series:
        mails: dict[int, bytes] = {}
        known: Known = {}
        for one, lead in zip(each.patches, each.lead, strict=True):
            mail = write(one.patch, commit_body(one.patch, one.given, manner))
            for former in lead:
                if former.diff and id(former) not in mails:
                    mails[id(former)] = write(former, None)
            before = tuple(mails[id(former)] for former in lead if former.diff)
            mails[id(one.patch)] = mail
            yield Parcel(mail, before, tuple(old_files([*lead, one.patch], known)))
