# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules of intake say of a topic, and whether that keeps it out of the queue.

A rule may ask whether something went to a list, and an address is known to be one by other mail.
So a row holds what is said in either case, and which it is is counted in with the decisions.
"""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass

KEPT = "queue"
"""What is said by a rule that keeps a topic in the queue."""
BUILT_IN = "built-in rule: a patch that went to no list"


@dataclass(frozen=True, slots=True)
class Intake:
    """What is said of a topic: KEPT, the words of the rule that ignores it, or nothing."""

    weighs: bool = False
    """Somebody else's series: most of them tell whether patches come by lists."""
    addresses: tuple[str, ...] = ()
    """To and Cc, in the form of a List-Id and sorted, where none of them is a list by its own
    looks, and that matters; at least one then, if an empty one."""
    listed: str = ""
    """What rules say if it went to a list."""
    unlisted: str = ""
    """What they say if it went to none."""


NO_INTAKE = Intake()


@dataclass(frozen=True, slots=True)
class Lists:
    """What is known of lists beside the mail of a topic."""

    names: frozenset[str] = frozenset()
    """Addresses that are lists, in the form of a List-Id."""
    are_usual: bool = False
    """Patches come by lists here: one that went to none is not for the queue."""


NO_LISTS = Lists()


def ignored_by(intake: Intake, lists: Lists) -> str:
    """The rule that keeps a topic out of the queue; empty where none does."""
    is_unlisted = bool(intake.addresses) and lists.names.isdisjoint(intake.addresses)
    said = intake.unlisted if is_unlisted else intake.listed
    if not said and is_unlisted and intake.weighs and lists.are_usual:
        return BUILT_IN
    return "" if said == KEPT else said
