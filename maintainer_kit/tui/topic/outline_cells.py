# SPDX-License-Identifier: GPL-2.0-or-later
"""One line of a topic's outline, with colours."""

from __future__ import annotations

from textual.strip import Strip

from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.topic.checks import is_fixup
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.render.age import age
from maintainer_kit.render.topic_findings import mail_sign
from maintainer_kit.tui.parts.cells import Piece, fit, two_sided
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import findings_style, short_state, style_of_state
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.workflow.reading import Detail

_LETTERS = {"Acked-by": "A", "Reviewed-by": "R", "Tested-by": "T", "Nacked-by": "N"}


def item_strip(item: Item, detail: Detail, now: int, width: int, look: Look) -> Strip:
    """A line without its cursor."""
    if item.kind is ItemKind.SERIES:
        return _series(item, detail, now, width, look)
    if item.kind is ItemKind.MISSING:
        words = f"  {item.number:>2} has not arrived"
        return two_sided([(words, look.palette.warn)], [], width)
    if item.kind is ItemKind.PATCH:
        return _patch(item, detail, width, look)
    return _mail(item, detail, now, width, look)


def _series(item: Item, detail: Detail, now: int, width: int, look: Look) -> Strip:
    palette = look.palette
    if item.revision is None:
        return Strip.blank(width)
    series = item.revision.series
    counts = f"{series.received}/{len(series.patches)}"
    style = palette.warn if series.received < len(series.patches) else palette.soft
    link = item.revision.link
    left: list[Piece] = [(f" v{series.revision} ", palette.heading), (counts, style)]
    if series.cover is not None:
        left.append((" cover", palette.soft))
    if link.reason != "first":
        sure = f" {link.confidence:.0%}" if link.confidence < 1 else ""
        left.append((f" by {link.reason.removeprefix('by-')}{sure}", palette.faint))
    cover = series.cover.message_id if series.cover else ""
    found = mail_sign((detail.findings or {}).get(cover, ()))
    right: list[Piece] = [(f"{found} ", findings_style(found, look))] if found else []
    return two_sided(left, [*right, (age(series.date, now) + " ", palette.faint)], width)


def _patch(item: Item, detail: Detail, width: int, look: Look) -> Strip:
    palette = look.palette
    message = item.message
    if message is None:
        return Strip.blank(width)
    state = detail.state_of(message.message_id)
    faded = state == "superseded"
    word = "" if faded else short_state(state)
    found = mail_sign((detail.findings or {}).get(message.message_id, ()))
    room = max(4, width - 5 - len(word) - len(found) - 3)
    title = fit(message.subject.title, room, look.signs.ellipsis).rstrip()
    style = palette.faint if faded else palette.text
    right: list[Piece] = [(f"{found} ", findings_style(found, look))] if found else []
    right += [(f"{word} ", style_of_state(state, look))] if word else []
    return two_sided([(f"  {item.number:>2} ", palette.soft), (title, style)], right, width)


def _mail(item: Item, detail: Detail, now: int, width: int, look: Look) -> Strip:
    palette = look.palette
    message = item.message
    if message is None:
        return Strip.blank(width)
    name = message.bot or message.author.name or message.author.address
    if item.kind is ItemKind.ROOT:
        indent, style = " ", palette.heading
        name = TopicKind(detail.row.kind).value.replace("-", " ") + look.signs.dot + name
    else:
        indent = "    " + "  " * (item.depth - 1) + look.signs.branch
        style = palette.soft
    left: list[Piece] = [(indent, palette.faint), (fit(name, max(4, width)).rstrip(), style)]
    right: list[Piece] = [
        *_marks(message, look),
        (age(message.date, now).rjust(4) + " ", palette.faint),
    ]
    return two_sided(left, right, width)


def _results(message: Message, look: Look) -> list[Piece]:
    """What a bot's mail comes to: the worst of its results, and a patch that it offers."""
    palette = look.palette
    outcomes = {check.outcome for check in message.checks}
    words = (
        (Outcome.FAIL, "fails", palette.bad),
        (Outcome.WARNING, "warns", palette.warn),
        (Outcome.SUCCESS, "passes", palette.good),
        (Outcome.PENDING, "pending", palette.faint),
    )
    pieces = [(word, style) for outcome, word, style in words if outcome in outcomes][:1]
    return [("fixup ", palette.accent), *pieces] if is_fixup(message) else pieces


def _marks(message: Message, look: Look) -> list[Piece]:
    """What a reply brings, in letters: trailers, a question, a failure."""
    palette = look.palette
    pieces: list[Piece] = []
    if message.kind is not Kind.PATCH:
        letters = (_LETTERS.get(trailer.name) for trailer in message.trailers)
        pieces += [(one, palette.bad if one == "N" else palette.good) for one in letters if one]
    if Says.QUESTION in message.says:
        pieces.append(("?", palette.accent))
    pieces.extend(_results(message, look))
    if Says.APPLIED in message.says:
        pieces.append(("applied", palette.good))
    return [*pieces, (" ", palette.faint)] if pieces else []
