# SPDX-License-Identifier: GPL-2.0-or-later
"""Help and command palette, both made of the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui import actions
from maintainer_kit.tui.actions import Action
from maintainer_kit.tui.branches.screen import BranchesScreen
from maintainer_kit.tui.compare.screen import CompareScreen
from maintainer_kit.tui.keys import NO_KEYS, Keymap
from maintainer_kit.tui.landing.screen import LandingScreen
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.text_screen import TextScreen
from maintainer_kit.tui.queue.screen import QueueScreen
from maintainer_kit.tui.topic.screen import TopicScreen
from maintainer_kit.tui.work.session import Session

_Part = tuple[str, tuple[Action, ...]]


def _parts(screen: Screen[object]) -> tuple[_Part, ...]:
    decide: _Part = ("Decide (on what is marked, else under the cursor)", actions.DECIDING)
    remember: _Part = ("Remember (likewise, of whole topics)", actions.REMEMBERING)
    act: _Part = ("Act (likewise)", actions.ACTING)
    reply: _Part = ("Reply", actions.REPLYING)
    general: _Part = ("Everywhere", actions.GENERAL)
    move: _Part = ("Move", actions.SCROLLING + actions.MAIL)
    if isinstance(screen, LandingScreen):
        undo: _Part = ("Take back", actions.UNDOING)
        return (("Landings", actions.LANDING), undo, move, general)
    if isinstance(screen, CompareScreen):
        return (("Compare", actions.COMPARE), move, general)
    if isinstance(screen, BranchesScreen):
        moving = actions.CURSOR + actions.SCROLLING
        return (("Branches", actions.BRANCHES), ("Move", moving), general)
    if isinstance(screen, TopicScreen):
        reading: _Part = ("Mail", actions.COMMENTING + actions.SCROLLING + actions.MAIL)
        return (("Topic", actions.TOPIC), decide, remember, act, reply, reading, general)
    moving = actions.CURSOR + actions.SCROLLING
    views: _Part = ("Views", _views(screen))
    queue: _Part = ("Queue", actions.QUEUE)
    return (queue, decide, remember, act, reply, ("Move", moving), views, general)


def _views(screen: Screen[object]) -> tuple[Action, ...]:
    """Number keys with what they lead to: that depends on the settings."""
    views = screen.views if isinstance(screen, QueueScreen) else ()
    return tuple(
        replace(one, words=view.words) for one, view in zip(actions.VIEWS, views, strict=False)
    )


def help_screen(session: Session, screen: Screen[object]) -> TextScreen:
    """All keys of a screen."""
    return TextScreen(session.look, "Keys", list(_page(session, screen)))


def _page(session: Session, screen: Screen[object]) -> Iterator[list[Piece]]:
    palette, keymap = session.look.palette, session.keymap
    for title, part in _parts(screen):
        yield [(f" {title}", palette.strong)]
        for one in part:
            yield [
                (f"   {one.shown_keys(keymap):<16}", palette.key),
                (visible_line(one.words), palette.text),
            ]
        yield []
    if not isinstance(screen, QueueScreen):
        yield [("   5j 3] 120G      ", palette.key), (_COUNTED, palette.text)]
        yield []
    yield [(" Signs", palette.strong)]
    for sign, words in _SIGNS:
        yield [(f"   {sign:<16}", palette.key), (words, palette.text)]


_COUNTED = "a number before what moves: so many times, or to that line"
_SIGNS = (
    ("!", "a regression"),
    ("f", "a fix"),
    ("~", "mangled, or patches are missing"),
    ("x * z w", "confidential, starred, snoozed or back from it, watched"),
    ("+Jane", "an author who had written nothing here before"),
    ("@Jane", "who is to decide, where it is not you"),
    ("A1 R2 T1 N1", "how many gave Acked-, Reviewed-, Tested- or Nacked-by"),
)


def keys_text(keymap: Keymap = NO_KEYS) -> Iterator[str]:
    """Every action: its name for ``mkit.key``, its keys, its command, and what it does."""
    told = set()
    for one in actions.ALL:
        if one.name in told:
            continue
        told.add(one.name)
        verb = f"mkit {one.verb}" if one.verb else ""
        yield f"{one.name:<20} {one.shown_keys(keymap):<10} {verb:<30} {one.words}".rstrip()


def commands(app: App[None], screen: Screen[object], keymap: Keymap) -> Iterable[SystemCommand]:
    """Every action of a screen by name; moving about is left to the keys."""
    for title, part in _parts(screen):
        if title in ("Move", "Mail"):
            continue
        for one in part:
            if one.call != "app.command_palette":
                yield SystemCommand(
                    one.words, f"key {one.shown_keys(keymap)}", _runner(app, screen, one)
                )


def _runner(app: App[None], screen: Screen[object], one: Action) -> Callable[[], object]:
    return partial(app.run_action, one.call, default_namespace=screen)
