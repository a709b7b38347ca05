# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report lacks, how trackers are told of it, and which reports a patch closes."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.bots import configured_bots
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.model.message.report import mended_reports, report_facts
from maintainer_kit.model.message.trailer import Trailer
from tests.build import BO, mail, patch, read, reply

BRUNO = Person("Bruno", "bruno@quarry.example")
SYZBOT = Person("syzbot", "syzbot+0123456789abcdef0123@syzkaller.example")
NAME = "syzbot+0123456789abcdef0123"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("It crashes.", ("version", "steps")),
        ("It crashes on 6.1.", ("steps",)),
        ("It crashes on linux-next.", ("steps",)),
        ("To reproduce: mount it.", ("version",)),
        ("# mount x /mnt\nOops on 6.1-rc3.", ()),
        ("It worked fine in 6.0 and crashes in 6.1 when I mount it.", ("bisect",)),
        ("Regression since 6.1; when I mount it. I bisected it to 0123456789ab.", ()),
        ("#regzbot introduced: v6.0..v6.1\nIt hangs when we sleep.", ()),
        ("smatch says in linux-next: x may be NULL", ()),
        ("Building 6.1 fails.", ()),
    ],
)
def test_lacks(text: str, lacks: tuple[str, ...]) -> None:
    assert report_facts(BRUNO, text, is_report=True).lacks == lacks


def test_a_bots_report_lacks_nothing() -> None:
    assert report_facts(SYZBOT, "Hello,", is_report=True, by_bot=True).lacks == ()


@pytest.mark.parametrize(
    ("sender", "text", "reported"),
    [
        (SYZBOT, "Hello,", NAME),
        (BRUNO, f"Hello,\nReported-by: syzbot <{NAME}@syzkaller.example>\n", NAME),
        (BRUNO, "Hello,", ""),
    ],
)
def test_reported(sender: Person, text: str, reported: str) -> None:
    assert report_facts(sender, text, is_report=True).reported == reported
    assert report_facts(sender, text, is_report=False).reported == ""


COMMANDS = """\
#regzbot introduced: v6.0..v6.1
#regzb ^introduced 0123456789ab
#regzbot title: lamps stay dark
#regzbot fix: wick: wait longer
#regzbot inconclusive: reporter gone
#syz fix: pebble: fix it
#syz dup: WARNING in x
#syz invalid
#syz test: https://git.example/x.git main
> #syz quoted
 #syz indented
#syzkaller is a program
#12345 is an issue
"""


def test_commands() -> None:
    found = report_facts(BRUNO, COMMANDS, is_report=False)
    assert found.commands == (
        "regzbot introduced: v6.0..v6.1",
        "regzbot introduced: 0123456789ab",
        "regzbot title: lamps stay dark",
        "regzbot fix: wick: wait longer",
        "regzbot inconclusive: reporter gone",
        "syz fix: pebble: fix it",
        "syz dup: WARNING in x",
        "syz invalid",
        "syz test: https://git.example/x.git main",
    )


def test_a_bot_tells_how_to_write_commands_and_gives_none() -> None:
    text = "If it is fixed, tell us:\n#syz fix: exact-commit-title\n"
    assert report_facts(SYZBOT, text, is_report=True, by_bot=True).commands == ()


def test_the_other_name_of_the_tracker() -> None:
    found = report_facts(BRUNO, "#regzb introduced: v6.1\n", is_report=False)
    assert found.commands == ("regzbot introduced: v6.1",)


def test_a_configured_bots_report_lacks_nothing() -> None:
    raw = mail("[BUG] wick: hangs", "It hangs.\n", sender="Lab <lab@shale.example>")
    known = configured_bots((r"Lab lab@shale\.example fail=hangs",))
    by_bot, by_person = read_message(read_mail(raw), "a@x", known), read(raw)
    assert (by_bot.kind, by_person.kind) == (Kind.REPORT, Kind.REPORT)
    assert (by_bot.lacks, by_person.lacks) == ((), ("version", "steps"))


def test_commands_are_bounded() -> None:
    assert len(report_facts(BRUNO, "#syz invalid\n" * 1000, is_report=False).commands) == 20


@pytest.mark.parametrize(
    ("lines", "mends"),
    [
        (["Closes: https://lore.kernel.org/all/a@x.example/"], ("a@x.example",)),
        (["Closes: https://lore.kernel.org/r/a@x.example"], ("a@x.example",)),
        (["Closes: https://lore.kernel.org/list/a%2Fb@x.example/ # v1"], ("a/b@x.example",)),
        (["Closes: https://bugzilla.example/show_bug.cgi?id=7"], ()),
        ([f"Closes: https://syzkaller.example/bug?extid={NAME[7:]}"], (NAME,)),
        ([f"Reported-by: {NAME}@syzkaller.example"], (NAME,)),
        ([f"Reported-and-tested-by: <{NAME}@syzkaller.example>"], (NAME,)),
        (["Reported-by: B <b@x>", "Link: https://lore.kernel.org/r/a@x.example"], ("a@x.example",)),
        (
            [
                "Reported-by: B <b@x>",
                "Closes: https://lore.kernel.org/r/a@x.example",
                "Link: https://lore.kernel.org/r/c@x.example",
            ],
            ("a@x.example", "c@x.example"),
        ),
        (["Link: https://lore.kernel.org/r/a@x.example"], ()),
        (
            [
                "Reported-by: B <b@x>",
                "Tested-by: B <b@x>",
                "Link: https://lore.kernel.org/r/a@x.example",
            ],
            (),
        ),
        (["Reported-by: B <b@x>"], ()),
    ],
)
def test_mended_reports(lines: list[str], mends: tuple[str, ...]) -> None:
    trailers = tuple(Trailer(*line.split(": ", 1)) for line in lines)
    assert mended_reports(trailers) == mends


def test_from_the_mail() -> None:
    text = f"Why.\n\nReported-by: {BO}\nCloses: https://lore.kernel.org/r/a@x.example\n"
    assert read(patch("[PATCH] foo", text=text)).mends == ("a@x.example",)
    found = read(mail("[REGRESSION] it hangs", "Since 6.1, when I suspend.\n"))
    assert (found.kind, found.lacks) == (Kind.REPORT, ("bisect",))
    assert read(reply("a@x", "#regzbot dup: https://x.example\n")).commands == (
        "regzbot dup: https://x.example",
    )
