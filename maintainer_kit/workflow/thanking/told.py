# SPDX-License-Identifier: GPL-2.0-or-later
"""Of which patches authors were told already that they are applied, by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.claims import Claim
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.make_case import make_case
from maintainer_kit.model.queue.taken import says_applied, tellings
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.workflow.ports import Catalogue
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.thanking.branches import Landed, short_branch


def told_of(stores: Stores, detail: Detail, landed: Landed) -> dict[str, str]:
    """Patches that a mail to their author says to be applied, each with who said it.

    A mail that names another commit speaks of this branch where it names the branch: it may have
    been rebased since.
    """
    found = dict(_by_people(stores, detail))
    branch = short_branch(landed.branch)
    for patch in landed.patches:
        for claim, _ in detail.claims.get(patch.message_id, ()):
            names = _names(detail.landings.get(patch.message_id, ()))
            is_it = _is_one_of(claim, names) or bool(claim.ref and claim.ref == branch)
            if is_it and _reached(stores.catalogue, detail, claim, patch):
                found.setdefault(patch.message_id, f"{claim.by} in {claim.mail}")
    return found


def _by_people(stores: Stores, detail: Detail) -> Iterator[tuple[str, str]]:
    """ "Applied, thanks", without a list: it is about all that it answers."""
    case = make_case(detail.topic, stores.me, Trailers(detail.topic, detail.people))
    for one in tellings(case):
        mail = one.message
        if says_applied(mail) and not one.is_subset and not _lists(mail):
            for message_id in one.patches:
                yield message_id, f"{mail.submitter.address} in {mail.message_id}"


def _lists(mail: Message) -> bool:
    """It tells of each patch what became of it, so that claims speak."""
    return any(one.number for one in mail.announced)


def _names(landings: Sequence[Landing]) -> list[str]:
    return [name for one in landings for name in (one.commit, *(p.commit for p in one.places))]


def _is_one_of(claim: Claim, commits: Sequence[str]) -> bool:
    return bool(claim.commit) and any(one.startswith(claim.commit) for one in commits)


def _reached(catalogue: Catalogue, detail: Detail, claim: Claim, patch: Message) -> bool:
    """Whether the author saw it: it answers mail of the topic, or went to him; what a list of
    commits announces thanks nobody."""
    if any(one.message.message_id == claim.mail for one in detail.topic.follow_ups):
        return True
    record = catalogue.records([claim.mail]).get(claim.mail)
    to = {*record.message.to, *record.message.cc} if record else set()
    return bool(to & {patch.submitter.key, patch.author.key})
