# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages about a topic: its trailers with where they came from, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.applied import Given, Source, Trailers
from maintainer_kit.render.age import age
from maintainer_kit.render.given import state_words
from maintainer_kit.render.topic_text import history_text
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.text_screen import TextScreen
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.workflow.reading import Detail, Entry


def trailers_screen(look: Look, found: Detail, item: Item, now: int) -> TextScreen:
    """Trailers of a patch, or of each patch of a series."""
    page = list(_trailers_page(look, found, item, now))
    return TextScreen(look, "Trailers as they would be applied", page)


def _trailers_page(look: Look, found: Detail, item: Item, now: int) -> Iterator[list[Piece]]:
    palette = look.palette
    revision = item.revision
    if revision is None:
        return
    by_id = {message.message_id: message for message in found.topic.messages}
    trailers = Trailers(found.topic, found.people)
    for number, patch in enumerate(revision.series.patches, 1):
        if patch is None or (
            item.kind is not ItemKind.SERIES and item.targets != (patch.message_id,)
        ):
            continue
        yield [
            (f" {number:>2} ", palette.soft),
            (visible_line(patch.subject.title), palette.strong),
        ]
        for given in trailers.of(revision, patch):
            words = state_words(given, revision.series.revision)
            yield _trailer(look, given, words, by_id.get(given.from_message_id), now)
        yield []


def _trailer(look: Look, given: Given, words: str, giver: Message | None, now: int) -> list[Piece]:
    palette = look.palette
    name = given.trailer.name
    style = palette.trailer if given.applied else palette.bad
    source = "in the patch"
    if giver and given.source is not Source.PATCH:
        who = giver.bot or giver.author.name or giver.author.address
        source = f"{'cover letter' if giver.is_head else f'reply of {who}'}, {age(giver.date, now)}"
    if words:
        source += f": {words}"
    return [
        ("    ", palette.text),
        (f"{name}: ", style),
        (visible_line(given.trailer.value), palette.text),
        (f"  {visible_line(source)}", palette.faint),
    ]


def history_screen(look: Look, entries: Sequence[Entry]) -> TextScreen:
    """Decisions about a topic, as ``mkit log`` tells them."""
    palette = look.palette
    page: list[list[Piece]] = [
        [(f" {words}", palette.soft if words.startswith(" ") else palette.text)]
        for words in history_text(entries)
    ]
    nothing: list[list[Piece]] = [[(" nothing was decided yet", palette.faint)]]
    return TextScreen(look, "What was decided", page or nothing)
