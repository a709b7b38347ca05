# SPDX-License-Identifier: GPL-2.0-or-later
"""Every key with its action and the words for it: bindings, help and palette are made of this."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does."""

    keys: str
    """Textual's names of the keys, separated by commas."""
    call: str
    """Textual's action; looked up in the focused widget, its screen, then the app."""
    words: str

    @property
    def shown_keys(self) -> str:
        """The keys as they are told to a person."""
        return " ".join(_KEY_NAMES.get(key, key) for key in self.keys.split(","))


_KEY_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "question_mark": "?",
    "asterisk": "*",
    "semicolon": ";",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "\u2191",
    "down": "\u2193",
    "left": "\u2190",
    "right": "\u2192",
    "ctrl+d": "^D",
    "ctrl+u": "^U",
    "ctrl+f": "^F",
    "ctrl+b": "^B",
    "ctrl+l": "^L",
    "ctrl+p": "^P",
    "ctrl+c": "^C",
    "f5": "F5",
}

SCROLLING = (
    Action("j,down", "line(1)", "down"),
    Action("k,up", "line(-1)", "up"),
    Action("ctrl+d", "half(1)", "half a page down"),
    Action("ctrl+u", "half(-1)", "half a page up"),
    Action("pagedown,ctrl+f", "page(1)", "a page down"),
    Action("pageup,ctrl+b", "page(-1)", "a page up"),
    Action("g,home", "edge(0)", "to the top"),
    Action("G,end", "edge(1)", "to the end"),
)
CURSOR = (Action("enter", "choose", "open"),)

QUEUE = (
    Action("space", "mark", "mark, and on to the next"),
    Action("escape", "clear", "stop a sync, drop marks, end a search"),
    Action("slash", "search", "search: fields of mkit and of notmuch"),
    Action("v", "views", "all views, with what they hold"),
    Action("e", "everything", "everything, and back"),
    Action("q", "app.quit", "quit"),
)
VIEWS = tuple(
    Action(str(number), f"numbered({number})", f"view {number} of the line at the top")
    for number in range(1, 10)
)
TOPIC = (
    Action("n,tab", "item(1)", "next item"),
    Action("N,shift+tab", "item(-1)", "previous item"),
    Action("right_square_bracket", "patch(1)", "next patch"),
    Action("left_square_bracket", "patch(-1)", "previous patch"),
    Action("J", "topic(1)", "next topic of the queue"),
    Action("K", "topic(-1)", "previous topic of the queue"),
    Action("z", "fold", "fold or unfold long quotes"),
    Action("t", "trailers", "trailers as they would be applied"),
    Action("h", "history", "what was decided"),
    Action("p", "take", "decide as others' mails say"),
    Action("q,escape", "back", "back to the queue"),
)
MAIL = (
    Action("space", "page(1)", "a page on"),
    Action("left", "sideways(-8)", "to the left"),
    Action("right", "sideways(8)", "to the right"),
)
LANDING = (
    Action("y", "judge(1)", "this is the commit"),
    Action("n", "judge(0)", "this is not it, and is never asked about again"),
    Action("right_square_bracket", "candidate(1)", "next candidate"),
    Action("left_square_bracket", "candidate(-1)", "previous candidate"),
    Action("tab", "item(1)", "next commit or patch"),
    Action("shift+tab", "item(-1)", "previous commit or patch"),
    Action("d", "compare", "as git range-diff tells them apart, and back"),
    Action("z", "fold", "fold or unfold what is the same"),
    Action("P", "app.prune", "prune: record that the topic landed, and archive it"),
    Action("q,escape,L", "back", "back"),
)
UNDOING = (
    Action("u", "app.undo", "undo the last decision"),
    Action("U", "app.redo", "redo"),
)
DECIDING = (
    Action("a", "app.decide('accepted')", "accepted"),
    Action("c", "app.decide('changes-requested')", "changes requested"),
    Action("R", "app.decide('rejected')", "rejected"),
    Action("s", "app.states", "set any state"),
    Action("A", "app.archive", "archive, or bring back"),
    Action("L", "app.landings", "what landed, why, and what may have"),
    Action("P", "app.prune", "prune what landed; of the queue all, or what is marked"),
    *UNDOING,
)
REMEMBERING = (
    Action("Z", "app.snooze", "snooze, or wake up"),
    Action("d", "app.delegate", "say who is to decide"),
    Action("semicolon", "app.note", "keep a note"),
    Action("asterisk", "app.star", "star, or no longer"),
    Action("w", "app.attend('watch')", "watch, or no longer"),
    Action("M", "app.attend('mute')", "mute, or no longer"),
    Action("X", "app.confidential", "confidential, or public"),
)
GENERAL = (
    Action("ctrl+l,f5", "app.sync", "sync now"),
    Action("question_mark", "app.help", "this help"),
    Action("ctrl+p", "app.command_palette", "every action by name"),
)


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """Textual's bindings for a part of the table; each id can be rebound by a keymap."""
    return [
        Binding(one.keys, one.call, one.words, show=False, id=f"mkit.{one.call}") for one in actions
    ]
