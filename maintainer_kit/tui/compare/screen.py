# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen of comparisons: what became of each patch, and how it differs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container

from maintainer_kit.errors import MkitError
from maintainer_kit.tui.actions import COMPARE, COUNTS, GENERAL, bindings
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.compare.bar import CompareBar
from maintainer_kit.tui.compare.list import CompareList
from maintainer_kit.tui.compare.reading import (
    Compared,
    CompareWish,
    Entry,
    read_comparison,
    read_document,
)
from maintainer_kit.tui.landing.pair_document import PairDocument, PairRow, told
from maintainer_kit.tui.landing.pair_view import PairView
from maintainer_kit.tui.topic.document import Line
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.stores import Stores

COMPARE_HINTS = "back next-patch+previous-patch interdiff older+newer against-landed help"
_BESIDE = 120
"""Columns from which on the list stands beside the difference."""
_PART = 3
_FEWEST = 4
_MOST = 120_000
"""Lines of a difference: nobody reads more."""


class CompareScreen(DecidingScreen):
    """The patches with what became of them, and beside or below them how one differs."""

    AUTO_FOCUS = "#pair"
    ACTIONS = COMPARE + GENERAL
    BINDINGS = bindings(ACTIONS + COUNTS)

    def __init__(self, session: Session, topic_id: str) -> None:
        super().__init__(session)
        self._wish = CompareWish(topic_id)
        self._bar = CompareBar(session.look)
        self._box = Container()
        self.pairs = CompareList(session.look)
        self.difference = PairView(session.look)
        self._compared: Compared | None = None
        self._is_interdiff = False
        self._shown: object = None
        """What the difference is of: asked for, if not there yet."""

    def compose(self) -> ComposeResult:
        yield self._bar
        with self._box:
            yield self.pairs
            yield self.difference
        yield self.status
        yield self.hints(COMPARE_HINTS)

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self._share_out()

    def _share_out(self) -> None:
        """The list beside the difference where there is room, else above it."""
        self._box.styles.height = "1fr"
        width, height = self.size
        if width >= _BESIDE:
            self._box.styles.layout = "horizontal"
            self.pairs.styles.width, self.pairs.styles.height = width // _PART, "1fr"
            self.pairs.styles.margin = (0, 1, 0, 0)
            return
        self._box.styles.layout = "vertical"
        most = max(_FEWEST, height // _PART)
        self.pairs.styles.margin = 0
        self.pairs.styles.width = "1fr"
        self.pairs.styles.height = max(1, min(most, len(self.pairs.entries)))

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        wish = self._wish
        self.status.set_busy("comparing")
        self.session.reading.submit(
            lambda stores: read_comparison(stores, wish),
            lambda found: self._show(found, wish),
            lambda error: self._lose(error, wish),
        )

    def _show(self, found: Compared, wish: CompareWish) -> None:
        if wish != self._wish:
            return
        self.status.set_busy("")
        self._compared, self._shown = found, None
        self.pairs.show(found)
        self._share_out()
        self._show_difference()

    def _lose(self, error: MkitError, wish: CompareWish) -> None:
        """What was there before stays; at first the reason stands in its place."""
        self.status.set_busy("")
        self.complain(error)
        if self._compared is None:
            self.difference.show(told(*filter(None, (error.message, error.hint))))
        elif wish == self._wish:
            self._wish = self._wish_of(self._compared)

    def _wish_of(self, compared: Compared) -> CompareWish:
        old, new = compared.found.old.revision, compared.found.new.revision
        revisions = (old, new) if old and new else None
        return replace(self._wish, revisions=revisions, landed=new is None)

    @on(CompareList.Moved)
    def _show_difference(self) -> None:
        entry, compared = self.pairs.current, self._compared
        way = "interdiff" if self._is_interdiff else "range-diff"
        self._bar.show(compared, way)
        self.status.set_place(f"{self.pairs.cursor + 1}/{len(self.pairs.entries)}")
        if entry is None or compared is None:
            return
        key = self._shown = (self.pairs.cursor, way, id(compared))
        self.session.reading.submit(
            lambda stores: self._read(stores, compared, entry, key),
            lambda lines: self._show_lines(lines, key),
            self.complain,
        )

    def _read(
        self, stores: Stores, compared: Compared, entry: Entry, key: object
    ) -> list[Line] | None:
        """In the desk's thread; what nobody waits for any more is not read."""
        if key != self._shown:
            return None
        return read_document(stores, compared, entry, as_interdiff=self._is_interdiff)

    def _show_lines(self, lines: list[Line] | None, key: object) -> None:
        if lines is not None and key == self._shown:
            rows = [PairRow(one, None, is_same=False) for one in lines[:_MOST]]
            self.difference.show(PairDocument(rows, is_single=True))

    # nothing is decided here

    def targets(self) -> Targets | None:
        return None

    def advance(self, *, stay: bool = False) -> None:
        return

    # actions

    def action_patch(self, by: int) -> None:
        if not self.pairs.step(by):
            self.say("no patch after this one" if by > 0 else "no patch before this one")

    def action_interdiff(self) -> None:
        self._is_interdiff = not self._is_interdiff
        self._show_difference()

    def action_older(self, by: int) -> None:
        """Compare the new revision with one before, or behind, the old one."""
        compared = self._compared
        old = compared.found.old.revision if compared else None
        new = compared.found.new.revision if compared else None
        if compared is None or old is None or new is None:
            self.say("commits have no revisions: l leads back to the mail")
            return
        others = [one for one in compared.numbers if (one < old if by > 0 else old < one < new)]
        if not others:
            self.say("no revision before that" if by > 0 else "no revision between the two")
            return
        wanted = others[-1] if by > 0 else others[0]
        self._wish = replace(self._wish, revisions=(wanted, new))
        self.reload()

    def action_against_landed(self) -> None:
        self._wish = replace(self._wish, landed=not self._wish.landed, revisions=None)
        self.reload()

    def action_back(self) -> None:
        self.dismiss()
