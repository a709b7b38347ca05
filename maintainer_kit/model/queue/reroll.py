# SPDX-License-Identifier: GPL-2.0-or-later
"""A newer posting as the answer to what I said of an older one, and whether I have looked since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.saying import approves, place_of, wants_answer
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.model.topic.series import Series


def posted(case: Case) -> str:
    """``v3 of 2026-01-05``, ``posted on 2026-01-05``: the newest posting in words."""
    when = day(case.newest.series.date)
    if case.is_resent:
        return f"{case.label} resent on {when}".lstrip()
    return f"{case.label} of {when}" if case.label else f"posted on {when}"


def comments_answered(case: Case) -> str:
    """``comment on 2/5 of v2``: what I said on the newest older revision that I commented on, of
    patches that were posted again since; empty when nothing."""
    if case.is_mine:
        return ""
    said: dict[str, list[Message]] = {}
    for one in case.topic.follow_ups:
        is_past = one.head_id not in case.now
        if is_past and case.me.sent(one.message) and wants_answer(one.message):
            said.setdefault(one.head_id, []).append(one.message)
    for revision in reversed(case.topic.revisions[:-1]):
        heads = [head for head in revision.series.messages if head.message_id in said]
        count = sum(len(said[head.message_id]) for head in heads)
        if count:
            of = f"v{revision.series.revision}"
            place = place_of(heads[0] if len(heads) == 1 else None, of)
            return f"comment{place}" if count == 1 else f"comments{place}"
    return ""


def awaits_me(case: Case) -> str:
    """``v3 of 2026-01-05 answers your comment on v2``, as long as I have written nothing since;
    empty otherwise, and when I gave a tag after I had commented."""
    answers = comments_answered(case)
    mine = [one for one in case.topic.follow_ups if case.me.sent(one.message)]
    if not answers or not _since(case):
        return ""
    heads = _newest_heads(case)
    if any(one.head_id in heads or one.message.date >= _since(case) for one in mine):
        return ""
    last = max(mine, key=lambda one: one.message.date).message
    if approves(last) and not wants_answer(last):
        return ""
    return f"{posted(case)} answers your {answers}"


def without_my_past(case: Case) -> Case:
    """The same without what I said before the newest posting, of patches that it leaves as they
    were: its author went on, and I have not looked."""
    since = _since(case)
    talk = tuple(one for one in case.talk if one.date >= since or not case.me.sent(one))
    return replace(case, talk=talk) if len(talk) < len(case.talk) else case


def _newest_run(case: Case) -> Iterator[Series]:
    """The newest posting, and those that it repeats: what was said of them still holds."""
    number = case.newest.series.revision
    for one in case.topic.revisions:
        heads = one.series.messages
        if one.series.revision == number and all(head.message_id in case.now for head in heads):
            yield one.series


def _newest_heads(case: Case) -> set[str]:
    return {head.message_id for one in _newest_run(case) for head in one.messages}


def _since(case: Case) -> int:
    """When the newest posting came first, by its date; 0 where it says none."""
    return min(one.date for one in _newest_run(case))
