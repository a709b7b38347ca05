# SPDX-License-Identifier: GPL-2.0-or-later
"""The linear mode: every action that decides, by lines alone."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from maintainer_kit.cli.verbs import PARTS
from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.tui import actions
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.landing import LandingPrompts
from maintainer_kit.tui.plain.queue import QueuePrompts
from maintainer_kit.tui.plain.topic import TopicPrompts
from maintainer_kit.wiring.workspace import open_workspace
from tests.build import BO, part_id, patch, posting, reply
from tests.tui import test_plain_landing
from tests.tui.plain_script import said
from tests.tui.test_watch import _deliver

ROOT = Path(__file__).resolve().parents[2]
ALLOC = "alloc@made.example"
# The queue of the test's home: 1 xattr, 2 alloc, 3 a hostile one; 4 dir, 5 log wait for others.


def events() -> list[tuple[EventKind, str, str]]:
    """What was decided: kind, message, value."""
    with open_workspace() as workspace:
        groups = workspace.journal.read().groups
    return [(one.kind, one.message_id, one.value) for group in groups for one in group.events]


def values(kind: EventKind) -> list[str]:
    return [value for each, _, value in events() if each is kind]


def test_the_queue_is_numbered_sentences(place: Path) -> None:
    text = said()
    assert "View needs action: 5 topics" in text
    assert "Your turn:" in text
    assert "1. xattr: make it better, v1 3/3, by Ada Author, 2w, 1 Reviewed-by" in text
    assert "4. dir: make it better, v1 2/3, by Ada Author, 2w, incomplete" in text
    assert text.isprintable() or all(line.isprintable() for line in text.split("\n"))


DECIDING: dict[str, tuple[Sequence[str], EventKind, str]] = {
    "accept": (["accept 2"], EventKind.STATE, "accepted"),
    "changes": (["c 2"], EventKind.STATE, "changes-requested"),
    "reject": (["reject 2"], EventKind.STATE, "rejected"),
    "state": (["state 2 deferred"], EventKind.STATE, "deferred"),
    "archive": (["archive 2"], EventKind.ARCHIVE, "yes"),
    "snooze": (["snooze 2", "2w"], EventKind.SNOOZE, "until:"),
    "delegate": (["delegate 2 nobody"], EventKind.DELEGATE, ""),
    "note": (["note 2 ask Kim"], EventKind.NOTE, "ask Kim"),
    "star": (["* 2"], EventKind.STAR, "yes"),
    "watch": (["watch 2"], EventKind.ATTENTION, "watch"),
    "mute": (["M 2"], EventKind.ATTENTION, "mute"),
    "confidential": (["confidential 2 confidential"], EventKind.CONFIDENTIAL, "yes"),
    "link": (["link 1 2"], EventKind.LINK, ""),
}
"""Actions that decide about topics of the queue: what is typed, what is in the journal then."""
ELSEWHERE = {
    "undo": "test_undo_and_redo",
    "redo": "test_undo_and_redo",
    "unlink": "test_a_posting_is_taken_out",
    "take": "test_what_others_decided_is_taken",
    "prune": "test_pruning_asks",
    "is-it": "test_a_commit_is_judged",
    "is-not-it": "test_a_commit_is_judged",
}
"""Actions that decide and need more than one line: the test of each."""


def _decides(one: actions.Action) -> bool:
    verb = one.verb.partition(" ")[0]
    options = ("land --is", "land --is-not", "proposals --take", "prune")
    return verb in PARTS["Decide"] or one.verb in options


def test_each_action_that_decides_is_tried_here() -> None:
    deciding = {one.name for one in actions.ALL if _decides(one)}
    assert deciding == DECIDING.keys() | ELSEWHERE.keys()
    known = globals() | vars(test_plain_landing)
    assert all(callable(known[test]) for test in ELSEWHERE.values())


@pytest.mark.parametrize("name", DECIDING)
def test_it_decides(place: Path, name: str) -> None:
    lines, kind, value = DECIDING[name]
    text = said(*lines)
    assert "error" not in text
    assert "done: " in text
    found = events()
    assert {each for each, _, _ in found} == {kind}
    assert all(one.startswith(value) for _, _, one in found)
    if kind is not EventKind.LINK:
        assert {message for _, message, _ in found} == {ALLOC}


@pytest.mark.parametrize("name", [one for one in DECIDING if one != "link"])
def test_it_decides_in_a_topic(place: Path, name: str) -> None:
    lines, kind, _ = DECIDING[name]
    typed = [line.replace(" 2", " 1", 1) for line in lines[:1]] + list(lines[1:])
    text = said("2", *typed, "q")
    assert "error" not in text
    assert {(each, message) for each, message, _ in events()} == {(kind, ALLOC)}


def test_each_screens_actions_are_there_or_say_what_does_the_same() -> None:
    for prompts in (QueuePrompts, TopicPrompts, LandingPrompts):
        missing = {
            one.name for one in prompts.ACTIONS if not hasattr(prompts, f"do_{Asked(one).does}")
        }
        assert not {one.name for one in prompts.ACTIONS if _decides(one)} & missing, prompts


def test_numbers_mean_the_same_until_they_are_told_anew(place: Path) -> None:
    said("accept 1", "reject 2", "3", "q", "clear", "accept 1")
    found = {message: value for _, message, value in events()}
    assert found == {
        **dict.fromkeys((part_id("xattr", one) for one in (1, 2, 3)), "accepted"),
        ALLOC: "rejected",
        "hostile@made.example": "accepted",
    }


def test_several_are_one_decision(place: Path) -> None:
    assert "done: accepted on 4 messages" in said("accept 1 2")
    assert "done: starred on 2 messages" in said("mark 1 2", "star")


def test_undo_and_redo(place: Path) -> None:
    text = said("accept 2", "undo", "redo", "U")
    assert "taken back: accepted on 1 message" in text
    assert "holds again: accepted on 1 message" in text
    assert "error: nothing to redo" in text


def test_a_posting_is_taken_out(place: Path) -> None:
    for number, raw in enumerate(posting("xattr", 3, revision=2, minutes=2000)):
        _deliver(place, f"{number}.v2", raw)
    text = said("e", "views everything", "filter xattr", "1", "x 1", "q", "x 1")
    assert "unlinked on" in text
    assert "a whole topic cannot be taken out of itself" in text
    with open_workspace() as workspace:
        topics = workspace.catalogue.topic_ids([part_id("xattr", 1), part_id("xattr", 1, 2)])
    assert len(set(topics.values())) == 2


def test_revisions_are_compared(place: Path) -> None:
    for number, raw in enumerate(posting("xattr", 3, revision=2, minutes=2000, change="other")):
        _deliver(place, f"{number}.v2", raw)
    text = said("filter xattr", "1", "compare", "page-down", "D 1 2..1", "q")
    assert "other_1" in text
    assert "two_1" in text
    assert "\x1b" not in text
    assert "error: " in said("2", "compare", "q")


def test_pruning_asks(place: Path) -> None:
    assert "nothing that landed waits to be pruned" in said("prune")
    assert "not all patches of" in said("prune 1")
    assert not events()


def test_what_others_decided_is_taken(place: Path) -> None:
    words = "Applied to dev, thanks.\n"
    _deliver(place, "1.applied", reply(ALLOC, words, sender=BO, minutes=900))
    text = said("filter alloc", "everything", "1", "p", "q")
    assert "proposed: accepted: Applied to dev, thanks" in text
    assert values(EventKind.STATE) == ["accepted"]


def test_a_mail_is_told_and_goes_on(place: Path) -> None:
    long = "".join(f"line {number}\n" for number in range(90))
    _deliver(
        place, "1.long", patch("[PATCH] alpha: long", text=long, message_id="long@made.example")
    )
    text = said("search id:long@made.example", "1", "1", "page-down", "page-down", "page-down", "q")
    assert "Subject: [PATCH] alpha: long" in text
    assert "40 of " in text
    assert "line 89" in text
    assert "error: that was all" in text


def test_ways_through_a_topic(place: Path) -> None:
    text = said("1", "]", "]", "N", "trailers", "history", "J", "J", "J", "J", "J", "back")
    assert "1. version 1, 3 of 3 patches, cover letter, by Ada Author, 2w" in text
    assert "Subject: [PATCH 1/3] xattr: step 1" in text
    assert "nothing was decided yet" in text
    assert "Reviewed-by: Bo Reviewer" in text
    assert "Topic " in text
    assert "error: the end of the queue" in text


def test_what_cannot_be_is_told(place: Path) -> None:
    text = said("accpt 1", "accept 77", "0", "search turn:(", "views nosuch", "state 1 nosuch", "4")
    assert "'accpt' is no action here; did you mean accept" in text
    assert "error: there is no number 77; try: 1 to 5" in text
    assert "error: query, column" in text
    assert "error: no view is called nosuch" in text
    assert "error: no state nosuch" in text
    assert not events()


def test_no_archive_learns_of_what_is_confidential(place: Path) -> None:
    text = said("confidential 2 confidential", "browse 2", "complete 2", "copy 2")
    assert text.count("is confidential: no archive is asked") == 2
    assert f"https://lore.kernel.org/all/{ALLOC}/" in text


def test_an_empty_answer_changes_nothing(place: Path) -> None:
    assert "error: nothing was changed" in said("note 1", "", "state 1", "")
    assert not events()


def test_hostile_text_is_told_without_its_controls(place: Path) -> None:
    text = said("3", "1", "q")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "red" in text


def test_a_key_of_ones_own(place: Path) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write("\tkey = accept b\n")
    text = said("b 2", "a 1", "help")
    assert "'a' is no action here" in text
    assert "accept, b: accept" in text
    assert values(EventKind.STATE) == ["accepted"]


def test_an_empty_home_says_what_to_do(empty_place: Path) -> None:
    text = said("accept", "1", "help", "q")
    assert "View needs action: 0 topics" in text
    assert "error: nothing to decide about is here" in text


def _run(env: dict[str, str], typed: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "maintainer_kit", "tui", "--plain"]
    return subprocess.run(
        argv, input=typed, env=env, capture_output=True, text=True, timeout=100, check=False
    )


def test_it_works_through_pipes(place: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = _run(env, "accept 2\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "done: accepted on 1 message" in done.stdout
    assert "\x1b" not in done.stdout
    assert _run(env, "accept 1").returncode == 0  # the input ends without a newline


def _on_terminal(place: Path, typed: str, ended: Callable[[str], bool]) -> str:
    """What a terminal is sent."""
    pid, terminal = pty.fork()
    if pid == 0:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        os.execve(sys.executable, [sys.executable, "-m", "maintainer_kit", "tui", "--plain"], env)
    seen = ""
    try:
        os.write(terminal, typed.encode())
        while not ended(seen):
            seen += os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:  # it has ended
        pass
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)
    return seen


def test_a_terminal_gets_lines_and_nothing_else(place: Path) -> None:
    seen = _on_terminal(place, "accept 2\nhelp\nq\n", lambda _: False)
    assert "done: accepted on 1 message" in seen
    assert "\x1b" not in seen
