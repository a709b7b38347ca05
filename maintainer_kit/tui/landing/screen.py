# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen of landings: where each patch of a topic was seen, and whether that is it."""

from __future__ import annotations

from collections.abc import Collection

from textual import events, on
from textual.app import ComposeResult

from maintainer_kit.errors import MkitError
from maintainer_kit.tui.actions import COUNTS, GENERAL, LANDING, UNDOING, bindings
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.deciding.app import DecidingApp
from maintainer_kit.tui.landing.bar import LandingBar
from maintainer_kit.tui.landing.lines import LandingLine
from maintainer_kit.tui.landing.pair_document import PairDocument, told
from maintainer_kit.tui.landing.pair_view import PairView
from maintainer_kit.tui.landing.reading import read_document, read_landings
from maintainer_kit.tui.landing.view import LandingView
from maintainer_kit.tui.parts.hints import LANDING_HINTS
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.landing.judge import plan_judged
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores

_SHARE = 3
"""A third of the screen at the most is for the steps: the pair is to be read."""
_FEWEST = 4


class LandingScreen(DecidingScreen):
    """The patches with their steps and commits above, patch and commit below."""

    AUTO_FOCUS = "#pair"
    ACTIONS = LANDING + UNDOING + GENERAL
    BINDINGS = bindings(ACTIONS + COUNTS)

    def __init__(self, session: Session, topic_id: str, about: Collection[str] = ()) -> None:
        """``about`` are the patches at the first of which to begin; else at what is undecided."""
        super().__init__(session)
        self._topic_id = topic_id
        self._about = about
        self._bar = LandingBar(session.look)
        self.landings = LandingView(session.look)
        self.pair = PairView(session.look)
        self._is_compared = False
        self._shown: object = None
        """What the pair is of: asked for, if not there yet."""

    def compose(self) -> ComposeResult:
        yield self._bar
        yield self.landings
        yield self.pair
        yield self.status
        yield self.hints(LANDING_HINTS)

    def on_mount(self) -> None:
        self.reload(self._about)

    def on_resize(self, event: events.Resize) -> None:
        self._share_out()

    def _share_out(self) -> None:
        most = max(_FEWEST, self.size.height // _SHARE)
        self.landings.styles.height = max(1, min(most, len(self.landings.lines)))

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        wanted = self._topic_id
        self.session.reading.submit(
            lambda stores: read_landings(stores, wanted),
            lambda found: self._show(found, about),
            self.complain,
        )

    def _show(self, found: Detail, about: Collection[str]) -> None:
        self._bar.show(found)
        self.landings.show(found, about)
        self._share_out()
        self._show_pair()

    @on(LandingView.Moved)
    def _show_pair(self) -> None:
        line = self.landings.current
        self._show_place(line)
        key = (line.message_id, line.landing, self._is_compared) if line else None
        if key == self._shown and key is not None:
            return
        self._shown = key
        if line is None or line.landing is None:
            self.status.set_busy("")
            words = "no branch that is followed holds this patch"
            self.pair.show(told(words, "mkit land looks for it: in mkit.ref and mkit.repository"))
            return
        self.status.set_busy("reading")
        self.session.reading.submit(
            lambda stores: self._read(stores, line, key),
            lambda document: self._show_document(document, key),
            self._lose_pair,
        )

    def _read(self, stores: Stores, line: LandingLine, key: object) -> PairDocument | None:
        """In the desk's thread; what nobody waits for any more is not read."""
        if key != self._shown or line.landing is None:
            return None
        return read_document(stores, line.landing, as_range_diff=self._is_compared)

    def _show_document(self, document: PairDocument | None, key: object) -> None:
        if document is not None and key == self._shown:
            self.status.set_busy("")
            self.pair.show(document)

    def _lose_pair(self, error: MkitError) -> None:
        self.status.set_busy("")
        self.complain(error)

    def _show_place(self, line: LandingLine | None) -> None:
        number, total = self.landings.candidate_number
        if total:
            self.status.set_place(f"candidate {number}/{total}" if number else f"{total} undecided")
        else:
            self.status.set_place("nothing undecided" if line else "")

    # decisions

    def targets(self) -> Targets | None:
        from maintainer_kit.workflow.targets import Target

        found, line = self.landings.detail, self.landings.current
        if found is None:
            return None
        return Targets((Target(found.row, (line.message_id,) if line else (), found.row.id),))

    def advance(self, *, stay: bool = False) -> None:
        if not stay:
            self.landings.step(1, candidates=True)

    # actions

    def action_judge(self, is_it: int) -> None:
        line = self.landings.current
        if line is None or line.landing is None:
            self.say("no commit is under the cursor")
        elif isinstance(self.app, DecidingApp):
            message_id, commit = line.message_id, line.landing.commit
            self.app.decide(
                self, lambda stores: plan_judged(stores, message_id, commit, bool(is_it))
            )

    def action_candidate(self, by: int) -> None:
        if not self.landings.step(by, candidates=True):
            self.say("no candidate after this one" if by > 0 else "no candidate before this one")

    def action_item(self, by: int) -> None:
        self.landings.step(by)

    def action_compare(self) -> None:
        self._is_compared = not self._is_compared
        self._show_pair()

    def action_fold(self) -> None:
        self.pair.toggle_fold()

    def action_back(self) -> None:
        self.dismiss()
