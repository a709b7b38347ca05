# SPDX-License-Identifier: GPL-2.0-or-later
"""Series that wait for nobody: withdrawn, applied, landed; until somebody wants something again."""

from __future__ import annotations

from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.landed import outcome_of
from maintainer_kit.model.queue.taken import last_of_all
from maintainer_kit.model.queue.verdict import Turn, Verdict, day


def taken_turn(case: Case) -> Verdict | Case:
    """The verdict on a series that waits for nobody; else what is to be judged: all of the talk,
    or what came after it was taken."""
    return _landed(case) or _withdrawn(case) or _taken(case) or case


def _landed(case: Case) -> Verdict | Case | None:
    """All its patches are in branches where they have arrived: proof, whatever mail says of it."""
    outcome = outcome_of(case.topic.view, case.landings)
    if outcome is None:
        return None
    if outcome.is_reverted:
        said = any(one.date > outcome.date for one in case.people)
        return None if said else Verdict(case.author, outcome.words)
    return case.since(outcome.date) or Verdict(Turn.NOBODY, outcome.words)


def _withdrawn(case: Case) -> Verdict | None:
    """Its author takes all of it back."""
    for message in reversed(case.people):
        if Says.WITHDRAWN in message.says and case.is_author(message) and _is_whole(case, message):
            return Verdict(Turn.NOBODY, f"withdrawn by its author on {day(message.date)}")
    went_on = [one for one in case.topic.relations if one.kind == "merged-into"]
    if went_on and not case.people:
        return Verdict(Turn.NOBODY, f"went on in another series: {went_on[0].message_id}")
    return None


def _is_whole(case: Case, message: Message) -> bool:
    """Whether a mail speaks of the whole series, as far as its place in the thread tells."""
    if Says.WHOLE in message.says:
        return True
    head = case.heads.get(case.head_of.get(message.message_id, ""))
    return head is None or head.kind is Kind.COVER or len(case.topic.view) < 2


def _taken(case: Case) -> Verdict | Case | None:
    """Somebody applied it, or notifications name the commits that it became, and nobody wanted
    anything since."""
    event = last_of_all(case)
    if event is None:
        return None
    since = case.after(event)
    if since is not None:
        return since
    if event.kind is Kind.COMMIT or event.bot:
        words = "names the commit that it became" if event.commits else "says that it is queued"
        return Verdict(Turn.NOBODY, f"{event.bot or 'a notification'} {words}")
    who = case.me.name_of(event)
    return Verdict(Turn.NOBODY, f"{who} wrote on {day(event.date)} that it is applied")
