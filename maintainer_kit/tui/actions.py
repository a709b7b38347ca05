# SPDX-License-Identifier: GPL-2.0-or-later
"""Every action once: its name, its keys, its words and the verb of the command line that does the
same. Bindings, help, palette, hints and the linear mode are made of this."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding, BindingType

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.tui.keys import NO_KEYS, Keymap, read_keymap, settle_keys, shown_key


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
        return " ".join(filter(None, (shown_key(key) for key in keys.split(","))))


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
clear | escape | clear |  |  | drop marks, end a filter, end a search, stop what runs
filter | f | filter | filter | list QUERY | filter what is listed as you type
search | slash | search | search | search QUERY | search: fields of mkit and of notmuch
preview | tab | preview | preview | show | a look at each topic beside the list, and no longer
views | v | views | views | views | all views, with what they hold
everything | e | everything | everything | list --all | everything, and back
branches | B | app.branches | branches | branches | all branches, by what they want
quit | q | app.quit | quit |  | quit
    """
)
VIEWS = tuple(
    Action(f"view-{n}", str(n), f"numbered({n})", "", "", f"view {n} of the line at the top")
    for n in range(1, 10)
)
COUNTS = tuple(
    Action(f"count-{n}", str(n), f"app.count({n})", "", "", "a number before a key that moves")
    for n in range(10)
)
"""Where the number keys lead to no views."""
TOPIC = _table(
    """
next | n,tab | item(1) | next |  | next item
previous | N,shift+tab | item(-1) |  |  | previous item
next-patch | right_square_bracket | patch(1) | patch |  | next patch
previous-patch | left_square_bracket | patch(-1) |  |  | previous patch
next-topic | J | topic(1) | topic |  | next topic of the queue
previous-topic | K | topic(-1) |  |  | previous topic of the queue
next-hunk | right_curly_bracket | hunk(1) | hunk |  | next hunk
previous-hunk | left_curly_bracket | hunk(-1) |  |  | previous hunk
next-file | greater_than_sign | file(1) | file |  | next file
previous-file | less_than_sign | file(-1) |  |  | previous file
next-comment | right_parenthesis | comment(1) | comment |  | next comment on a line
previous-comment | left_parenthesis | comment(-1) |  |  | previous comment on a line
files | F | files | files |  | files of the patch
beside | vertical_line | beside | beside |  | old and new side by side, and back
next-unread | full_stop | unread(1) | unread |  | next unread mail
previous-unread | comma | unread(-1) |  |  | previous unread mail
fold | z | fold | fold |  | fold or unfold long quotes
compare | D | app.compare | compare | compare | what differs between revisions
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
COMPARE = _table(
    """
next-patch | right_square_bracket | patch(1) | patch |  | next patch
previous-patch | left_square_bracket | patch(-1) |  |  | previous patch
interdiff | i | interdiff | interdiff | compare --interdiff | range-diff or interdiff
older | o | older(1) | older | compare --revisions | with a revision before that
newer | O | older(-1) |  | compare --revisions | with a revision between the two
against-landed | l | against_landed | landed | compare | with what landed, and back
back | q,escape,D | back | back |  | back
    """
)
BRANCHES = _table(
    """
next-group | right_square_bracket | group(1) | group |  | next group
previous-group | left_square_bracket | group(-1) |  |  | previous group
filter | f | filter | filter | branches WORD | those whose names hold what you type
look-again | r | look | again | branches | look at the repositories again
copy-name | y | copy_name | copy |  | copy its name
back | q,escape,B | back | back |  | back
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
ACTING = _table(
    """
copy | y | app.copy | copy | open --print | copy the Message-ID; once more: its address
browse | o | app.browse | archive | open | open it in the archive on the web
findings | C | app.findings | findings | check | check: findings with their lines, a draft reply
complete | ctrl+g | app.complete | fetch | pull --complete | fetch the patches that are missing
apply | b | app.apply | apply | apply | apply to a branch, in a tree of mkit's own
test | exclamation_mark | app.test | test | test | test the commits that it became
link | l | app.link | link | link | link: make it and another topic one
unlink | x | app.unlink | unlink | unlink | unlink: take this posting out of its topic
    """
)
REPLYING = _table(
    """
reply | r | app.reply | reply | reply | reply to the mail in your editor, and see what will be sent
reply-with | ctrl+r | app.reply_with |  | reply --template | reply, beginning with a text of yours
edit-code | ctrl+e | app.edit_code | edit | reply --edit-code | change code: suggested in a reply
reviewed | V | app.give('Reviewed-by') | reviewed | reply --tag | give a Reviewed-by
tags | T | app.tags | tags | reply --tag | give an Acked-by, Tested-by, Reviewed-by or Nacked-by
drafts | m | app.drafts | drafts | reply --drafts | your drafts: to read, send or drop
thanks | H | app.thanks | thanks | thanks | tell authors what was applied where; you see it first
    """
)
COMMENTING = _table(
    """
comment-here | enter | choose | comment | reply --comment | comment on the line; change that
uncomment | delete | app.uncomment |  |  | take your comment on the line away
    """
)
LETTER = _table(
    """
send-letter | y | send | send | reply --send | send it
edit-letter | e | edit | edit | reply --edit | edit it again
drop-draft | x | drop | drop | reply --drop | throw it away
keep-draft | d,q,escape | back | keep | reply --keep | keep it as a draft
    """
)
DRAFTS = _table(
    """
mark | space | mark | mark |  | mark, and on to the next
send-drafts | s | send | send | reply --send | send what is marked, else the one
drop-draft | x | drop | drop | reply --drop | throw it away
back | q,escape,m | back | back |  | back
    """
)
FINDINGS = _table(
    """
draft | r | draft | draft | check --draft-reply | the drafted reply to the author
back | q,escape,C | back | back |  | back
    """
)
DRAFT = _table(
    """
copy | y | copy | copy | check --draft-reply | copy it
back | q,escape,r | close | back |  | back
    """
)
WORKS = _table(
    """
stop | escape | stop | stop |  | stop what is under the cursor
back | q,W | close | back |  | back
    """
)
GENERAL = _table(
    """
sync | ctrl+l,f5 | app.sync | sync | sync | sync now
work | W | app.work | running |  | what runs at the moment, and to stop it
suspend | ctrl+z | app.suspend_process |  |  | to the shell; fg comes back
help | question_mark | app.help | help |  | this help
palette | ctrl+p | app.command_palette |  |  | every action by name
    """
)


ALL = (
    *(QUEUE + CURSOR + VIEWS + TOPIC + MAIL + LANDING + DECIDING + REMEMBERING),
    *(BRANCHES + COMPARE + ACTING + REPLYING + COMMENTING + LETTER + DRAFTS),
    *(FINDINGS + WORKS + SCROLLING + GENERAL),
)


_DECIDING_SCREENS = DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL + SCROLLING
SCREENS = (
    QUEUE + VIEWS + CURSOR + _DECIDING_SCREENS,
    TOPIC + MAIL + COMMENTING + COUNTS + _DECIDING_SCREENS,
    LANDING + MAIL + COUNTS + UNDOING + GENERAL + SCROLLING,
    COMPARE + MAIL + COUNTS + GENERAL + SCROLLING,
    BRANCHES + CURSOR + COUNTS + GENERAL + SCROLLING,
    *(one + CURSOR + SCROLLING for one in (FINDINGS, DRAFT, DRAFTS, WORKS)),
    LETTER + MAIL + SCROLLING,
)
"""What is at hand at the same time: there no two have one key."""


def given_keys(settings: Sequence[str]) -> Keymap:
    """Keys of the user's own, from ``mkit.key``; who has one of them else is without it. Raises
    ConfigError."""
    if not settings:
        return NO_KEYS
    given = read_keymap(settings, tuple(dict.fromkeys(one.name for one in ALL)))
    return settle_keys(given, [{one.name: one.keys for one in screen} for screen in SCREENS])


def key_of(name: str, keymap: Keymap) -> str:
    """The first key of an action as it is told to a person, for words that point to it; its name
    where it has none."""
    found = next(one for one in ALL if one.name == name)
    return found.shown_keys(keymap).partition(" ")[0] or name


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """Textual's bindings for a part of the table; each can be given other keys by its name."""
    return [Binding(one.keys, one.call, one.words, show=False, id=one.name) for one in actions]
