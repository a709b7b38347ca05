# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge a topic by the rules of intake: by its mail alone, in whatever order that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.conditions import LIST, NO_LIST
from maintainer_kit.model.queue.delegation_conditions import HOLDS, Posted
from maintainer_kit.model.queue.intake import KEPT, NO_INTAKE, Intake
from maintainer_kit.model.queue.intake_rules import IntakeRule
from maintainer_kit.model.queue.policy import Policy
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic

_MOST_ADDRESSES = 500
_SECURITY = "security."
"""How an address begins, in the form of a List-Id, behind which people handle in private what
must not be on a list yet."""


def intake_of(topic: Topic, me: Me, policy: Policy) -> Intake:
    """What is said of a topic. Of what I posted, or wrote in, nothing is: that stays."""
    is_series = topic.kind is TopicKind.SERIES
    messages = topic.messages
    if any(me.sent(one) for one in _posted(topic)):
        return NO_INTAKE
    is_listed = any(one.lists for one in messages)
    matters = is_series or any(rule.asks_for_none for rule in policy.intake)
    addresses = () if is_listed or not matters else _addresses(messages)
    if any(me.sent(one) for one in messages):
        return Intake(is_series, addresses, KEPT, KEPT)
    posted = Posted(topic, policy.sections, me.people)
    unlisted = ""
    if addresses:
        unlisted = _said(policy.intake, posted, unlisted=True)
        if not unlisted and (_is_private(addresses) or _is_answered(topic)):
            unlisted = KEPT
    return Intake(is_series, addresses, _said(policy.intake, posted), unlisted)


def _posted(topic: Topic) -> tuple[Message, ...]:
    return (topic.root, *(patch for patch in topic.view if patch))


def _addresses(messages: Iterable[Message]) -> tuple[str, ...]:
    found = {address.replace("@", ".") for one in messages for address in (*one.to, *one.cc)}
    return tuple(sorted(found)[:_MOST_ADDRESSES]) or ("",)


def _is_private(addresses: Iterable[str]) -> bool:
    return any(address.startswith(_SECURITY) for address in addresses)


def _is_answered(topic: Topic) -> bool:
    """Whether anybody but those who posted it wrote in it: it has become somebody's matter."""
    authors = {one.submitter.key for each in topic.revisions for one in each.series.messages}
    said = (one.message for one in topic.follow_ups)
    return any(one.is_from_person and one.submitter.key not in authors for one in said)


def _said(rules: Sequence[IntakeRule], posted: Posted, *, unlisted: bool = False) -> str:
    """By the first rule that holds; ``unlisted``: if it went to no list."""
    for rule in rules:
        if all(_holds(kind, values, posted, unlisted) for kind, values in rule.conditions):
            return rule.name if rule.ignores else KEPT
    return ""


def _holds(kind: str, values: Sequence[str], posted: Posted, unlisted: bool) -> bool:
    if kind == LIST and NO_LIST in values and unlisted:
        return True
    return HOLDS[kind](posted, values)
