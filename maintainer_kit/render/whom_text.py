# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to be mailed, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.maintainers.recipient import Recipient
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.workflow.whom import Whom

_WIDEST_PERSON = 56
_WIDEST_ROLE = 24
_SHOWN = 20


def whom_lines(whom: Whom) -> Iterator[str]:
    """A table: To or Cc, who, as what, and why; below it trees and files without a maintainer."""
    yield from _table(whom)
    yield from _trees(whom)
    yield from _unmaintained(whom.unmaintained)


def header_lines(whom: Whom) -> Iterator[str]:
    """Headers of a mail."""
    for name, some in _parts(whom):
        for one in some:
            yield f"{name}: {visible_line(one.mailbox)}"


def mailbox_lines(recipients: Iterable[Recipient]) -> Iterator[str]:
    """One address a line, as git send-email reads what toCmd and ccCmd print."""
    return (visible_line(one.mailbox) for one in recipients)


def role_lines(whom: Whom) -> Iterator[str]:
    """As get_maintainer.pl --roles prints it."""
    for one in whom.recipients.everybody:
        yield visible_line(f"{one.mailbox} ({one.label})")


def complaints(whom: Whom) -> Iterator[str]:
    """What could not be read, and why nobody is named."""
    for one in whom.unread:
        yield visible_line(f"{one.name}: {one.reason}")
    if not whom.paths and whom.has_cover:
        yield "a cover letter alone touches no file: name its patches too"


def _parts(whom: Whom) -> tuple[tuple[str, Sequence[Recipient]], ...]:
    return ("To", whom.recipients.to), ("Cc", whom.recipients.cc)


def _table(whom: Whom) -> Iterator[str]:
    rows = [
        (name, visible_line(one.mailbox), _roles(one), visible_line(_why(one)))
        for name, some in _parts(whom)
        for one in some
    ]
    person = min(_WIDEST_PERSON, max((cell_width(row[1]) for row in rows), default=0))
    role = min(_WIDEST_ROLE, max((cell_width(row[2]) for row in rows), default=0))
    for name, who, what, why in rows:
        # An address that is cut is none: the table gives way.
        shown = who if cell_width(who) > person else fit(who, person)
        yield f"{name}  {shown}  {fit(what, role)}  {why}"


def _roles(one: Recipient) -> str:
    return ", ".join((one.role, *one.also))


def _why(one: Recipient) -> str:
    return f"{one.section}: {one.reason}" if one.section else one.reason


def _trees(whom: Whom) -> Iterator[str]:
    """Where the patches will be collected: by the sections that say more than that they take in
    everything, when there are any."""
    seen: set[str] = set()
    own = [one for one in whom.sections if not one.is_rest]
    for section in own or whom.sections:
        for tree in section.trees:
            if tree not in seen:
                seen.add(tree)
                yield visible_line(f"tree: {tree}  {section.title} ({section.status or 'unknown'})")


def _unmaintained(paths: Sequence[str]) -> Iterator[str]:
    for path in paths[:_SHOWN]:
        yield visible_line(f"nobody maintains {path}")
    if len(paths) > _SHOWN:
        yield f"nobody maintains {len(paths) - _SHOWN} more"
