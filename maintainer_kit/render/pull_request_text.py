# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests as text: what a request is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.posting.record import Mail
from maintainer_kit.workflow.pull_request.arrived import Arrived
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.pull_request.facts import Offer


def offer_line(offer: Offer) -> str:
    """What is offered, in a line."""
    kind = "tag" if offer.ref.startswith("refs/tags/") else "branch"
    count = count_of(len(offer.commits), "commit")
    words = f"{kind} {offer.name}: {count} since {offer.upstream.name}, tip {offer.tip.commit[:12]}"
    return visible_line(words)


def asked_lines(asked: Asked, arrived: Arrived) -> Iterator[str]:
    """What is asked for, of whom."""
    yield visible_line(f"{asked.subject}  ({asked.sender})")
    yield visible_line(f"{asked.url} {asked.ref}".rstrip())
    yield visible_line(f"into {arrived.target.name} at {arrived.target.commit[:12]}")


def next_lines(arrived: Arrived, merge: str) -> Iterator[str]:
    """What can be done with it now."""
    name = visible_line(arrived.target.name)
    if merge:
        yield f"{name} has it as {merge[:12]}"
        yield f"mkit test {arrived.target.commit[:12]}..{name} tests it"
        return
    yield f"--into {name} merges it"


def mail_lines(mails: Sequence[Mail]) -> Iterator[str]:
    """Whom they go to, and a line each."""
    for one in mails[:1]:
        yield visible_line(f"To: {', '.join(map(str, (*one.to, *one.cc)))}")
    for one in mails:
        yield visible_line(f"  {one.subject}")
