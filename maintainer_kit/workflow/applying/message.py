# SPDX-License-Identifier: GPL-2.0-or-later
"""The message that a commit is to have: the author's, with the trailers that were given, where it
was posted, and who took it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import placed_trailers
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.topic.applied import Given, Obstacle, Source

_SAFE = "@+=$!*'(),;:~-._"
SIGNED = "Signed-off-by"
_PICKED = "(cherry picked from "
"""By git cherry-pick -x, which puts it among the trailers."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What the settings, or the command line, add to each message."""

    link: str = ""
    """The address of an archive, to which the Message-ID is put, or in which %s stands for it;
    empty for no ``Link:``."""
    signer: Person | None = None
    """Who signs off."""


def commit_body(patch: Patch, given: Sequence[Given], manner: Manner) -> tuple[str, ...]:
    """The message below the title. What the author's text holds stays in its order, but for
    trailers that their giver took back."""
    back = {one.trailer for one in given if one.obstacle is Obstacle.WITHDRAWN}
    lines = list(_without(patch.body, back))
    while lines and not lines[-1].strip():
        lines.pop()
    own = {one.trailer for one in placed_trailers(lines)}
    added = [
        f"{one.trailer.name}: {visible_line(one.trailer.value)}"
        for one in given
        if one.applied and one.source is not Source.PATCH and one.trailer not in own
    ]
    added += links_to(lines, patch.message_id or "", manner.link)
    return signed(lines, added, manner.signer)


def signed(lines: Sequence[str], added: Sequence[str], signer: Person | None) -> tuple[str, ...]:
    """A message below its title, with trailers added to the block at its end, and who signs off
    behind them."""
    added = [*added, *_signature([*lines, *added], signer)]
    has_block = any(one.in_block for one in placed_trailers(lines))
    is_block = has_block or (bool(lines) and lines[-1].startswith(_PICKED))
    gap = [""] if added and lines and not is_block else []
    return (*lines, *gap, *added)


def _without(body: Sequence[str], back: Collection[Trailer]) -> Iterator[str]:
    gone = {
        line
        for one in (placed_trailers(body) if back else ())
        if one.trailer in back
        for line in range(one.index, one.index + one.count)
    }
    return (line for at, line in enumerate(body) if at not in gone)


def links_to(lines: Sequence[str], message_id: str, archive: str) -> list[str]:
    """The ``Link:`` to a mail, where there is an archive and the message has none."""
    if not archive or not message_id:
        return []
    name = quote(message_id, safe=_SAFE)
    url = archive.replace("%s", name) if "%s" in archive else f"{archive.rstrip('/')}/{name}"
    is_there = any(name in one.value for one in placed_trailers(lines) if one.name == "Link")
    return [] if is_there else [f"Link: {visible_line(url)}"]


def _signature(lines: Sequence[str], signer: Person | None) -> list[str]:
    """Not again where it is the last already, as ``git am --signoff`` has it."""
    if signer is None:
        return []
    last = next(iter(placed_trailers(lines)[::-1]), None)
    if last and last.name == SIGNED and last.trailer.person.key == signer.key:
        return []
    return [f"{SIGNED}: {visible_line(str(signer))}"]
