# SPDX-License-Identifier: GPL-2.0-or-later
"""Check one topic as ``mkit check TOPIC`` does, and draft the reply to its author."""

from __future__ import annotations

from typing import NamedTuple

from maintainer_kit.checks.report import Checked
from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.render.review_reply import review_reply
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom
from maintainer_kit.wiring.trees import Trees
from maintainer_kit.wiring.writer import find_writer
from maintainer_kit.workflow.background import posted_series
from maintainer_kit.workflow.check import lists_of
from maintainer_kit.workflow.reading import detail_now
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import resolve_topic


class TopicChecked(NamedTuple):
    """What is to be said of a topic's newest posting."""

    checked: Checked
    profile: str
    """Whose conventions these are, and why."""
    reply: bytes | None
    """A mail to its author; None when there is nothing to tell."""
    no_reply: str
    """Why there is none; empty where there is one."""


def check_topic(stores: Stores, word: str) -> TopicChecked:
    """Ask all rules, the repository where we are or the tree of the list, and no other program.

    Raises NotFound for a topic without patches that can be read, and ConfigError where
    ``mkit.listTree`` names no repository.
    """
    topic = detail_now(stores, resolve_topic(stores, word)).topic
    series = posted_series(stores, topic)
    if not series.all:
        raise NotFound(f"{word} holds no patch whose mail can be read", f"mkit show {word}")
    with open_checkroom(CheckWish()) as here, Trees(here) as trees:
        here.learn_from(stores)
        judge, reason = trees.room_of((series,)).judge(lists_of((series,)))
        checked = judge.check(series)
        name = judge.profile.name
    reply, why = _reply(checked)
    return TopicChecked(checked, f"{name}; {reason}" if reason else name, reply, why)


def _reply(checked: Checked) -> tuple[bytes | None, str]:
    try:
        found = review_reply(checked, *find_writer())
    except MkitError as error:  # nobody has said who writes
        return None, error.message
    return found, "" if found else "there is nothing that the author should hear of"
