# SPDX-License-Identifier: GPL-2.0-or-later
"""Every action once: its name, its keys, its words and the verb of the command line that does the
same. Bindings, help, palette, hints and the linear mode are made of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from maintainer_kit.tui.keys import NO_KEYS, Keymap, read_keymap, shown_key


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does."""

    name: str
    """By which ``mkit.key`` and the linear mode know it."""
    keys: str
    """Textual's names of the keys, separated by commas."""
    call: str
    """Textual's action; looked up in the focused widget, its screen, then the app."""
    short: str
    """One or two words for the line of hints."""
    verb: str
    """The command that does the same, without ``mkit`` and TARGET; moving about has none."""
    words: str

    def shown_keys(self, keymap: Keymap = NO_KEYS) -> str:
        """The keys as they are told to a person."""
        keys = keymap.get(self.name, self.keys)
        return " ".join(shown_key(key) for key in keys.split(","))


def _table(text: str) -> tuple[Action, ...]:
    """``NAME | KEYS | CALL | SHORT | VERB | WORDS``, one action a line."""
    lines = text.strip().splitlines()
    return tuple(Action(*(cell.strip() for cell in line.split("|", 5))) for line in lines)


SCROLLING = _table(
    """
down | j,down | line(1) |  |  | down
up | k,up | line(-1) |  |  | up
half-down | ctrl+d | half(1) |  |  | half a page down
half-up | ctrl+u | half(-1) |  |  | half a page up
page-down | pagedown,ctrl+f | page(1) |  |  | a page down
page-up | pageup,ctrl+b | page(-1) |  |  | a page up
top | g,home | edge(0) |  |  | to the top
end | G,end | edge(1) |  |  | to the end
    """
)
CURSOR = _table(
    """
open | enter | choose | open | show | open
    """
)
QUEUE = _table(
    """
mark | space | mark | mark |  | mark, and on to the next
clear | escape | clear |  |  | stop a sync, drop marks, end a search
search | slash | search | search | search QUERY | search: fields of mkit and of notmuch
views | v | views | views | views | all views, with what they hold
everything | e | everything | everything | list --all | everything, and back
quit | q | app.quit | quit |  | quit
    """
)
VIEWS = tuple(
    Action(f"view-{n}", str(n), f"numbered({n})", "", "", f"view {n} of the line at the top")
    for n in range(1, 10)
)
TOPIC = _table(
    """
next | n,tab | item(1) | next |  | next item
previous | N,shift+tab | item(-1) |  |  | previous item
next-patch | right_square_bracket | patch(1) | patch |  | next patch
previous-patch | left_square_bracket | patch(-1) |  |  | previous patch
next-topic | J | topic(1) | topic |  | next topic of the queue
previous-topic | K | topic(-1) |  |  | previous topic of the queue
fold | z | fold | fold |  | fold or unfold long quotes
trailers | t | trailers | trailers | show | trailers as they would be applied
history | h | history | history | log | what was decided
take | p | take | take | proposals --take | decide as others' mails say
back | q,escape | back | back |  | back to the queue
    """
)
MAIL = _table(
    """
page-on | space | page(1) |  |  | a page on
left | left | sideways(-8) |  |  | to the left
right | right | sideways(8) |  |  | to the right
    """
)
LANDING = _table(
    """
is-it | y | judge(1) | is it | land --is | this is the commit
is-not-it | n | judge(0) | not it | land --is-not | this is not it, and is never asked about again
next-candidate | right_square_bracket | candidate(1) | candidate |  | next candidate
previous-candidate | left_square_bracket | candidate(-1) |  |  | previous candidate
next | tab | item(1) | next |  | next commit or patch
previous | shift+tab | item(-1) |  |  | previous commit or patch
range-diff | d | compare | range-diff | land --range-diff | as git range-diff does, and back
fold | z | fold | fold |  | fold or unfold what is the same
prune | P | app.prune | prune | prune | prune: record that the topic landed, and archive it
back | q,escape,L | back | back |  | back
    """
)
UNDOING = _table(
    """
undo | u | app.undo | undo | undo | undo the last decision
redo | U | app.redo | redo | redo | redo
    """
)
DECIDING = (
    _table(
        """
accept | a | app.decide('accepted') | accept | state accepted | accept
changes | c | app.decide('changes-requested') | changes | state changes-requested | ask for changes
reject | R | app.decide('rejected') | reject | state rejected | reject
state | s | app.states | state | state STATE | set any state
archive | A | app.archive | archive | archive | archive, or bring back
landings | L | app.landings | landed | land | what landed, why, and what may have
prune | P | app.prune | prune | prune | prune what landed; of the queue all, or what is marked
    """
    )
    + UNDOING
)
REMEMBERING = _table(
    """
snooze | Z | app.snooze | snooze | snooze | snooze, or wake up
delegate | d | app.delegate | delegate | delegate WHO | say who is to decide
note | semicolon | app.note | note | note | keep a note
star | asterisk | app.star | star | star | star, or no longer
watch | w | app.attend('watch') | watch | watch | watch, or no longer
mute | M | app.attend('mute') | mute | mute | mute, or no longer
confidential | X | app.confidential | secret | confidential | confidential, or public
    """
)
GENERAL = _table(
    """
sync | ctrl+l,f5 | app.sync | sync | sync | sync now
help | question_mark | app.help | help |  | this help
palette | ctrl+p | app.command_palette |  |  | every action by name
    """
)


ALL = (
    *(QUEUE + CURSOR + VIEWS + TOPIC + MAIL + LANDING + DECIDING + REMEMBERING),
    *(SCROLLING + GENERAL),
)


def given_keys(settings: Sequence[str]) -> Keymap:
    """Keys of the user's own, from ``mkit.key``. Raises ConfigError."""
    return read_keymap(settings, tuple(dict.fromkeys(one.name for one in ALL))) if settings else {}


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """Textual's bindings for a part of the table; each can be given other keys by its name."""
    return [Binding(one.keys, one.call, one.words, show=False, id=one.name) for one in actions]
