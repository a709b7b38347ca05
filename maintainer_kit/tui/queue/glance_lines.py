# SPDX-License-Identifier: GPL-2.0-or-later
"""A look at a topic as lines beside the queue, the most wanted first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from rich.cells import cell_len, set_cell_size

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.age import age
from maintainer_kit.render.checks import row_text
from maintainer_kit.render.landed import landed_text
from maintainer_kit.render.queue_text import HEADINGS, given, reason_words, shape
from maintainer_kit.render.sparkline import lifetime, sparkline
from maintainer_kit.render.standing import standing_text, state_counts
from maintainer_kit.render.topic_findings import finding_sign
from maintainer_kit.tui.parts.cells import Piece, fit
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import short_state, state_style, style_of_state
from maintainer_kit.workflow.glance import Glance

Lines = Iterator[list[Piece]]

_LABEL = 10
"""Cells before what a line says."""
_SHOWN = 13
"""Where the words of a line of ``mkit show`` begin."""
_PATCHES = 40
"""Patches that are listed; nobody reads more at a glance."""
_LANDED = 3
"""Lines about where patches are."""
_COLUMNS = 24
"""Of the activity."""
_LONGEST = 2000
"""Characters of one text that are laid out."""


def head_lines(row: TopicRow, now: int, width: int, look: Look) -> Lines:
    """What the row of the queue knows, in full."""
    palette = look.palette
    for text in _wrapped(row.subject, width, 3):
        yield [(text, palette.strong)]
    facts = f"{shape(row)}{look.signs.dot}{age(row.updated, now)}"
    name = fit(row.author, max(0, width - cell_len(facts) - 2), look.signs.ellipsis).rstrip()
    yield [(name, palette.soft), (f"  {facts}", palette.faint)]
    verdict = row.standing.verdict
    reason = reason_words(verdict.reason, row.landed, row.total)
    yield from _fact(HEADINGS[verdict.turn].lower(), reason, width, look)
    yield [_label("state", look), (state_counts(row.standing), state_style(row, look))]
    for text in (*standing_text(row, now), *row_text(row)):
        yield from _fact(text[:_SHOWN].strip(), text[_SHOWN:], width, look)
    for label, counts in (("given", given(row)), ("findings", finding_sign(row))):
        if counts:
            yield [_label(label, look), (counts, palette.text)]


def glance_lines(found: Glance, now: int, width: int, look: Look) -> Lines:
    """What its mails say: the last words, the patches, where they landed, how much was written."""
    if found.is_first:
        yield from _fact("author", "had written nothing here before", width, look)
    yield from _said(found, now, width, look)
    yield from _patches(found, width, look)
    yield from _landed(found, width, look)
    yield from _activity(found, now, look)


def _said(found: Glance, now: int, width: int, look: Look) -> Lines:
    palette, latest = look.palette, found.latest
    name = visible_line(latest.author.name or latest.author.address)
    who = f"{name}, {age(latest.date, now)}" if found.is_answered else "its first words"
    yield []
    yield [(fit(who, width, look.signs.ellipsis).rstrip(), palette.accent)]
    trailers = latest.trailers if found.is_answered else ()
    for one in trailers:
        value = fit(f"{one.name}: {one.value}", width - 2, look.signs.ellipsis)
        yield [(f"  {value}", palette.trailer)]
    for text in (text for line in found.words for text in _wrapped(line, width - 2, 3)):
        yield [(f"  {text}", palette.text)]
    if not found.words and not trailers:
        yield [("  nothing to read here", palette.faint)]


def _patches(found: Glance, width: int, look: Look) -> Lines:
    palette, detail = look.palette, found.detail
    revisions = detail.topic.revisions
    if not revisions:
        return
    yield []
    told = look.signs.dot.join(f"v{one.series.revision}" for one in revisions[-8:])
    yield [("patches", palette.accent), (f"  {told}", palette.faint)]
    patches = detail.topic.view
    for number, patch in enumerate(patches[:_PATCHES], 1):
        yield _patch(found, number, patch, width, look)
    if len(patches) > _PATCHES:
        yield [(f"  and {len(patches) - _PATCHES} more", palette.faint)]


def _patch(
    found: Glance, number: int, patch: Message | None, width: int, look: Look
) -> list[Piece]:
    palette = look.palette
    if patch is None:
        return [(f"{number:>3} ", palette.soft), ("has not arrived", palette.warn)]
    state = found.detail.state_of(patch.message_id)
    is_landed = any(one.is_sure for one in found.detail.landings.get(patch.message_id, ()))
    word = "landed" if is_landed else short_state(state)
    style = palette.good if is_landed else style_of_state(state, look)
    room = max(4, width - 5 - len(word))
    title = fit(patch.subject.title, room, look.signs.ellipsis)
    return [(f"{number:>3} ", palette.soft), (title, palette.text), (f" {word}", style)]


def _landed(found: Glance, width: int, look: Look) -> Lines:
    landings = found.detail.landings.values()
    told = dict.fromkeys(text for each in landings for text in landed_text(each, ""))
    if told:
        yield []
    for text in list(told)[:_LANDED]:
        yield [(fit(text, width, look.signs.ellipsis), look.palette.good)]
    if len(told) > _LANDED:
        yield [(f"and {len(told) - _LANDED} more: L", look.palette.faint)]


def _activity(found: Glance, now: int, look: Look) -> Lines:
    dates = [message.date for message in found.detail.topic.messages]
    counts, days = lifetime(dates, now, _COLUMNS)
    drawn = sparkline(counts, plain=look.is_plain)
    each = "a day" if days == 1 else f"{days} days"
    yield []
    words = f"  {count_of(len(dates), 'mail')}, {each} a column"
    yield [_label("activity", look), (drawn, look.palette.accent), (words, look.palette.faint)]


def _label(words: str, look: Look) -> Piece:
    return f"{words:<{_LABEL}}", look.palette.faint


def _fact(label: str, words: str, width: int, look: Look) -> Lines:
    """A label with words that may take several lines; a long one has a line of its own."""
    palette = look.palette
    first: Sequence[Piece] = [_label(label, look)]
    if len(label) >= _LABEL:
        yield [(label, palette.heading)]
        first = [_label("", look)]
    for text in _wrapped(words, width - _LABEL, 3):
        yield [*first, (text, palette.text)]
        first = [_label("", look)]


def _wrapped(text: str, width: int, most: int) -> Iterable[str]:
    """Up to ``most`` lines of a text of a mail."""
    shown = visible_line(text[:_LONGEST])
    if cell_len(shown) <= width:
        return [shown]
    # Wide characters take two cells each: half as many fit.
    room = max(8, width if shown.isascii() else width // 2)
    return [set_cell_size(one, min(width, cell_len(one))) for one in wrap(shown, room)[:most]]
