# SPDX-License-Identifier: GPL-2.0-or-later
"""``delegate`` as it is typed, over a real home; the page in docs/ is tried line by line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.build import ADA, DAY, LIST, edit, mail, part_id, patch, posting, reply
from tests.cli import schemas
from tests.integration.driver import CONFIG, ROOT, Json, Mkit

PAGE = (ROOT / "docs" / "delegation.md").read_text(encoding="utf-8")
BLOCKS = [one.splitlines() for one in re.findall(r"```\n(.*?)\n```", PAGE, re.DOTALL)]
SETTINGS, RULES, BY_HAND, SUGGESTIONS = BLOCKS
JANE, BO = "Jane Doe <jane@example.org>", "Bo Reviewer <bo@example.org>"
ROBIN = "Robin Maintainer <robin@lumen.example>"
FOO = part_id("foo", 0)
NAMED = "[mkit]\n\tname = Robin Maintainer\n"
MAINTAINERS = f"PEBBLE FILE SYSTEM\nM:\t{JANE}\nS:\tMaintained\nF:\tfs/\nF:\tDocumentation/\n"


def given(name: str, number: int, who: str) -> bytes:
    text = f"Fine.\n\n{name}: {who}\n"
    return reply(f"p{number}@x.example", text, sender=who, minutes=DAY + number)


def change(number: int, path: str, subject: str, sender: str = ADA) -> bytes:
    made = edit(path, new=f"n{number}", old=f"o{number}")
    return patch(subject, made, message_id=f"p{number}@x.example", sender=sender)


MAILS = (
    change(1, "fs/pebble/inode.c", "[PATCH] pebble: plug the leak"),
    change(2, "fs/pebble/dir.c", "[PATCH] hash names with care"),
    change(3, "mkfs/main.c", "[PATCH wick-utils] mkfs: say more"),
    change(4, "fs/namei.c", "[PATCH] look it up only once"),
    change(5, "fs/pebble/file.c", "[PATCH] read ahead further"),
    mail("Where is the new tree?", "Could you tell me?\n", message_id="q@x.example"),
    given("Reviewed-by", 1, BO),
    given("Reviewed-by", 2, BO),
    given("Acked-by", 2, JANE),
)


def filled(mkit: Mkit) -> Mkit:
    """A home with the rules of the page, a tree with MAINTAINERS, and some patches."""
    tree = mkit.base / "tree"
    mkit.program(["git", "init", "--quiet", str(tree)])
    (tree / "MAINTAINERS").write_text(MAINTAINERS, encoding="utf-8")
    mkit.configure(CONFIG + NAMED + f"\trepository = {tree}\n")
    for line in SETTINGS:
        words = shlex.split(line)
        assert words[:4] == ["git", "config", "--global", "--add"]
        argv = ["git", "config", "--file", str(mkit.home / "config"), *words[3:]]
        assert mkit.program(argv).code == 0
    mkit.bring(*MAILS)
    return mkit


@pytest.fixture
def mkit(tmp_path: Path) -> Mkit:
    return filled(Mkit(tmp_path))


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """The same with one more person, for what changes nothing."""
    made = filled(Mkit(tmp_path_factory.mktemp("unchanged")))
    made.bring(change(9, "a/b.c", "[PATCH] other", "Bo Different <bo@different.example>"))
    return made


def standing(mkit: Mkit, message_id: str) -> tuple[str, str]:
    """Whose turn it is, and why."""
    topic = mkit.topic(message_id)
    return topic["turn"], topic["turn_reason"]


def test_the_page_tells_what_is_so(mkit: Mkit) -> None:
    mkit.run("delegate", "bo", "p5@x.example")
    assert mkit.run("delegate", "--rules").stdout.splitlines() == RULES
    assert mkit.run("delegate", "--suggest", "p5@x.example").stdout.splitlines() == SUGGESTIONS


def test_the_commands_of_the_page(mkit: Mkit) -> None:
    for line in BY_HAND:
        words = shlex.split(line, comments=True)[1:]
        mkit.run(*(word.replace("k3v9", "p4@x.example") for word in words))
    assert len(mkit.json("log")["log"]) == 5


def test_rules_and_hands_make_turns(mkit: Mkit) -> None:
    reason = "Jane Doe's, by rule 2: "
    turn, why = standing(mkit, "p1@x.example")
    assert (turn, why.startswith(reason)) == ("delegate", True)
    assert standing(mkit, "p4@x.example") == ("me", "posted on 2026-01-05, no answer yet")
    assert standing(mkit, "q@x.example")[0] == "me"
    done = mkit.run("delegate", "jane", "p4@x.example", "q@x.example", "--why", "her part")
    assert done.stdout == f"done: delegated to {JANE} on 2 messages of 2 topics\n"
    assert standing(mkit, "q@x.example")[0] == "delegate"
    assert standing(mkit, "p4@x.example") == (
        "delegate",
        "Jane Doe's, by hand: posted on 2026-01-05, no answer yet",
    )
    mkit.run("undo")
    assert standing(mkit, "p4@x.example")[0] == "me"
    mkit.run("delegate", "me", "p1@x.example")
    assert standing(mkit, "p1@x.example")[0] == "me"
    mkit.run("delegate", "nobody", "p1@x.example")
    assert standing(mkit, "p1@x.example")[0] == "me"
    before = mkit.export()
    mkit.run("rebuild")
    assert mkit.export() == before
    mkit.run("delegate", "--rule", "p1@x.example")
    assert standing(mkit, "p1@x.example") == (turn, why)


def test_what_was_given_by_hand_holds_for_the_next_revision(mkit: Mkit) -> None:
    mkit.bring(*posting("foo", 2))
    mkit.run("delegate", "jane", FOO)
    mkit.bring(*posting("foo", 2, revision=2, minutes=2 * DAY, parents=[FOO]))
    topic = mkit.topic(FOO)
    assert (topic["revision"], topic["turn"]) == (2, "delegate")


@pytest.mark.parametrize(
    ("word", "person"),
    [
        ("jane", JANE),
        ("Jane Doe", JANE),
        ("doe", JANE),
        ("BO rev", BO),
        ("bo@example.org", BO),
        ("me", ROBIN),
        ("robin", ROBIN),
        ("robin@lumen.example", ROBIN),
        ("new@example.org", "<new@example.org>"),
        ("Doe, New <new@example.org>", None),
        ("New One <new@example.org>", "New One <new@example.org>"),
        ('"One, New" <new@example.org>', "One New <new@example.org>"),
        ("nobody", "nobody"),
    ],
)
def test_whom_a_word_means(unchanged: Mkit, word: str, person: str | None) -> None:
    found = unchanged.end_of("delegate", word, "p4@x.example", "--dry-run", "--json")
    if person is None:
        assert (found.code, found.json["error"]["hint"]) == (1, "NAME <ADDRESS>, or the address")
    else:
        assert [change["after"] for change in found.json["changes"]] == [person]


def test_who_is_only_in_maintainers_is_known_too(mkit: Mkit) -> None:
    line = "\nQUIET\nM:\tQuinn Quiet <q@silent.example>\nS:\tMaintained\nF:\tquiet/\n"
    with (mkit.base / "tree" / "MAINTAINERS").open("a", encoding="utf-8") as file:
        file.write(line)
    mkit.run("delegate", "quinn", "p4@x.example")
    assert standing(mkit, "p4@x.example")[1].startswith("Quinn Quiet's, by hand: ")


def error(mkit: Mkit, *args: str, code: int = 1) -> Json:
    found = mkit.run(*args, "--json", code=code).json["error"]
    assert isinstance(found, dict)
    return found


def test_what_is_refused(unchanged: Mkit) -> None:
    before = unchanged.export()
    many = error(unchanged, "delegate", "bo", "p4@x.example")
    assert many["message"] == "bo may be 2 people"
    assert BO in many["hint"]
    assert "Bo Different <bo@different.example>" in many["hint"]
    for who, message in (
        ("zzz", "nobody known is called zzz"),
        ("!?", "nobody known is called !?"),
        (LIST, f"{LIST} is a mailing list"),
    ):
        assert error(unchanged, "delegate", who, "p4@x.example")["message"] == message
    gone = error(unchanged, "delegate", "jane", "p4@x.example", "nosuch@x.example")
    assert gone["message"].startswith("no message")
    assert unchanged.export() == before
    assert unchanged.json("log")["log"] == []


@pytest.mark.parametrize(
    "args",
    [
        ["delegate"],
        ["delegate", "jane"],
        ["delegate", "--rule"],
        ["delegate", "--suggest"],
        ["delegate", "--suggest", "a", "b"],
        ["delegate", "--rules", "p4@x.example"],
        ["delegate", "--rules", "--suggest", "p4@x.example"],
        ["delegate", "--suggest", "p4@x.example", "--dry-run"],
    ],
)
def test_usage(sample: Mkit, args: list[str]) -> None:
    assert "Usage:" in sample.run(*args, code=2).stderr


def test_json(unchanged: Mkit, mkit: Mkit) -> None:
    found = unchanged.json("delegate", "--suggest", "p5@x.example")
    schemas.check(found, "delegate-suggest")
    assert [one["person"] for one in found["suggestions"]] == [JANE, BO]
    told = unchanged.json("delegate", "--rules")
    schemas.check(told, "delegate-rules")
    assert [one["open"] for one in told["rules"]] == [0, 3, 1, 0, 1]
    assert (told["rules"][0]["who"], told["rules"][1]["who"]) == (None, JANE)
    assert told["rules"][3]["remarks"] == ["only while you are away"]
    assert (told["by_hand"], told["by_nobody"]) == (0, 2)
    schemas.check(mkit.json("delegate", "jane", "p4@x.example"), "delegate")


def test_a_section_that_nothing_has_is_told(mkit: Mkit, tmp_path: Path) -> None:
    config = (mkit.home / "config").read_text(encoding="utf-8")
    mkit.configure(config.replace("PEBBLE FILE SYSTEM", "PEBBLES"))
    told = mkit.json("delegate", "--rules")["rules"][4]
    assert (told["open"], told["remarks"]) == (0, ["MAINTAINERS has no section 'pebbles'"])
    mkit.configure(config.replace(str(mkit.base / "tree"), str(tmp_path / "nothing")))
    told = mkit.json("delegate", "--rules")["rules"][4]
    assert told["remarks"] == ["no repository of mkit.repository has a MAINTAINERS"]


def test_a_rule_that_means_nothing_stops_everything(mkit: Mkit) -> None:
    config = (mkit.home / "config").read_text(encoding="utf-8")
    mkit.configure(config + "\tdelegate = jane@example.org paths=x\n")
    found = error(mkit, "list")
    assert found["message"] == (
        "mkit.delegate is 'jane@example.org paths=x', which has paths=, which is no condition"
    )
    assert found["hint"].startswith("did you mean path=?")


def test_without_rules(sample: Mkit) -> None:
    found = sample.run("delegate", "--rules").stdout.splitlines()
    assert found[0] == "mkit.delegate has no rules; docs/delegation.md tells how to write one"
    assert found[1].startswith("by hand 0, by nobody ")
