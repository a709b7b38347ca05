# SPDX-License-Identifier: GPL-2.0-or-later
"""The hook sendemail-validate: git send-email calls it for each file before it sends any.

git 2.41 and later says which of how many files it is, and with which header it will be sent: then
all are looked at together, at the last. Older git says neither: each is looked at alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.kept.sending_state import SendingState, Shown
from maintainer_kit.adapters.process_tree import sending_run
from maintainer_kit.cli.hook_words import complain, print_findings, say
from maintainer_kit.errors import MkitError, Refused

if TYPE_CHECKING:
    from maintainer_kit.wiring.checkroom import Checkroom

_MOST_BYTES = 64 << 20


def sendemail_validate(words: Sequence[str]) -> int:
    """Check the file that is named, or note it for the last one."""
    from maintainer_kit.workflow.sending import turn_of

    path = Path(words[0])
    header = Path(words[1]) if len(words) > 1 else None
    turn = turn_of(os.environ)
    if turn is None:
        return _check([Shown(1, path, b"")], is_whole=False)
    state = SendingState(read_layout(Git()).folder, sending_run())
    state.add(turn.counter, path, header)
    if not turn.is_last:
        return 0
    shown = state.shown()
    state.end()
    if len(shown) < turn.total:
        say(f"mkit: only {len(shown)} of {turn.total} files were seen: each is checked alone")
    return _check(shown, is_whole=len(shown) == turn.total)


def _check(shown: Sequence[Shown], *, is_whole: bool) -> int:
    from maintainer_kit.adapters.made_on import made_on
    from maintainer_kit.checks.finding import Severity
    from maintainer_kit.checks.posting import collect_postings
    from maintainer_kit.checks.reading import patch_of_mail
    from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom
    from maintainer_kit.workflow.check import lists_of
    from maintainer_kit.workflow.sending import addressed

    raws = [_read(one) for one in shown]
    patches = [
        addressed(patch_of_mail(raw, str(one.path)), one.header)
        for one, raw in zip(shown, raws, strict=True)
    ]
    with open_checkroom(CheckWish(assumed=made_on(Git(), raws))) as room, _known(room, is_whole):
        judged, reasons = [], []
        for series in collect_postings(patches):
            judge, reason = room.judge(lists_of((series,)))
            if not is_whole:
                # What is asked of a series cannot be said of one of its files.
                judge = replace(judge, rules=[one for one in judge.rules if not one.is_for_series])
            judged.append((judge, judge.check(series)))
            reasons.append(reason)
    return int(print_findings(judged, "; ".join(dict.fromkeys(reasons)), Severity.WARNING))


def _read(shown: Shown) -> bytes:
    try:
        with shown.path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{shown.path}: {error.strerror}") from error
    if len(raw) > _MOST_BYTES:
        raise Refused(f"{shown.path} is larger than 64 MiB: no reviewer reads that")
    return raw


@contextmanager
def _known(room: Checkroom, is_wanted: bool) -> Iterator[None]:
    """Let the index say what it knows of earlier revisions, where there is one; without it the
    rest is checked."""
    from maintainer_kit.adapters.home import find_home

    with ExitStack() as stack:
        if is_wanted and find_home().catalogue.exists():
            try:
                _ask_index(room, stack)
            except MkitError as error:
                complain(f"the index is not asked: {error.message}", error.hint)
        yield


def _ask_index(room: Checkroom, stack: ExitStack) -> None:
    from maintainer_kit.wiring.workspace import open_workspace

    room.learn_from(stack.enter_context(open_workspace()).stores)
