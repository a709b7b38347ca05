# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a patch landed, below it in ``mkit show``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.landed import Landing


def landed_text(landings: Iterable[Landing], indent: str) -> Iterator[str]:
    """A line for each branch that surely holds it, and for each commit that it may be."""
    for one in landings:
        for place in one.places:
            sure = "landed" if one.is_sure else "perhaps landed"
            where = f"{sure} in {place.branch} ({place.role}) as {place.words}, {one.evidence}"
            back = f"; taken back by {place.reverted[:12]}" if place.reverted else ""
            yield visible_line(f"{indent}{where}{back}")
