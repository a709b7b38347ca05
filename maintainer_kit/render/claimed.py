# SPDX-License-Identifier: GPL-2.0-or-later
"""What mails say of a patch that git does not show, below it in ``mkit show`` and ``mkit land``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.claims import Claim, Seen

if TYPE_CHECKING:
    from maintainer_kit.workflow.reading import Told

_SEEN = {
    Seen.UNPROVEN: "which nothing else shows",
    Seen.REFUTED: "which is another change",
    Seen.UNSEEN: "not seen in git here",
}


def claimed_text(claims: Iterable[Told], indent: str) -> Iterator[str]:
    """A line for each claim that git does not bear out."""
    for claim, seen in claims:
        if seen is not Seen.PROVEN:
            yield visible_line(f"{indent}{claim_words(claim, seen)}")


def claim_words(claim: Claim, seen: Seen) -> str:
    """``tip-bot2 says: in tip/sched/core as 1234567, not seen in git here``."""
    about = "" if not claim.commit and seen is Seen.UNSEEN else _SEEN.get(seen, "")
    return ", ".join(one for one in (f"{claim.by} says: {claim.words}", about) if one)


def claim_json(claim: Claim, seen: Seen) -> dict[str, Any]:
    from maintainer_kit.render.json_topics import utc

    return {
        "commit": claim.commit or None,
        "tree": claim.tree or None,
        "ref": claim.ref or None,
        "by": claim.by,
        "message_id": claim.mail,
        "date": utc(claim.date),
        "seen": seen.value,
    }
