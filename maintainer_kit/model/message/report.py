# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports of bugs and regressions: what they lack, how they are tracked, what mends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.marks import message_id_of
from maintainer_kit.model.message.orders import may_have_orders, read_orders
from maintainer_kit.model.message.trailer import Trailer

_SYZBOT = re.compile(r"(syzbot\+[0-9a-zA-Z]{6,64})@")
_SYZBOT_LINE = re.compile(r"^(?:Reported-by|Reported-and-tested-by):.*?(syzbot\+\w{6,64})@", re.M)
_SYZBOT_URL = re.compile(r"/(?:bug|x/bug)\?extid=([0-9a-fA-F]{6,64})")
# "#regzbot introduced: v6.1..v6.2", "#regzb ^introduced abc", "#syz fix: title"; the name of the
# command must be one, so that "#syzkaller" or an issue's number is none.
_COMMAND = re.compile(
    r"^#(regzb(?:ot)?|syz)[ \t]*:?[ \t]+(\^?[a-z][a-z-]{1,30})\b[ \t]*:?[ \t]*(.*)$"
)
_MAX_COMMANDS = 20
_MAX_MENDS = 20
_MAX_TEXT = 30_000

# What tells the version that was run: a release, a commit, a tree of which there is one.
_VERSION = re.compile(
    r"\bv?[2-9]\.\d{1,3}(?:\.\d+|-rc\d+)?\b|\b20\d{6}\b|\b(?:linux-next|mainline|HEAD)\b"
    r"|\b[0-9a-f]{12,40}\b|\b[\w.-]{1,40}[- ]v?\d+\.\d+\b"
)
_STEPS = re.compile(
    r"(?im)\breproduc|\bsteps?\b|\btrigger|\btest ?case|\bto see (?:it|this)\b"
    r"|\bwhen(?:ever)? (?:i|we)\b|\bif (?:i|we|you)\b|\brunning\b"
    r"|\b(?:i|we) (?:ran|run|tried|try)\b"
    r"|^[ \t]{0,8}(?:\$ ?|# )[a-z./]"
)
_REGRESSION = re.compile(
    r"(?i)\bregress(?:ion|ed|es)\b|\bused to (?:work|be)|\bno longer\b"
    r"|\bworked (?:fine|well|before|with|in|on|until)\b|\bworks (?:fine )?(?:with|in|on) v?\d"
    r"|\bsince (?:v?\d\.|upgrad|updat|the update)|\bafter (?:upgrad|updat)|#regzb"
)
_BISECTED = re.compile(
    r"(?i)\bbisect|\bfirst bad commit|\bintroduced (?:by|in|with)\b|#regzb\w* \^?introduced"
    r"|\b(?:commit|due to|caused by|since|broken? by|after)[ \t\n]{1,3}(?:commit )?[0-9a-f]{8,40}\b"
)
_STATIC = re.compile(
    r"(?i)\b(?:static (?:checker|analysis)|smatch|coverity|coccinelle|cppcheck|build(?:ing|s)?|"
    r"compil\w{1,6}|undefined reference)\b"
)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What only a report, or a thread about one, says."""

    reported: str = ""
    lacks: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


NO_FACTS = ReportFacts()


def report_facts(
    sender: Person, text: str, *, is_report: bool, by_bot: bool = False
) -> ReportFacts:
    """Fields of ``Message`` by the same names; commands may stand in any mail of the thread.

    A bot's mail tells how to write commands, and gives none itself.
    """
    says_commands = "#" in text and ("#syz" in text or "#regzb" in text)
    orders = read_orders(text) if may_have_orders(text) and not by_bot else ()
    if not is_report and not says_commands and not orders:
        return NO_FACTS
    commands = tuple(_commands(text)) if says_commands and not by_bot else ()
    return ReportFacts(
        reported=storable(_reported(sender, text)) if is_report else "",
        lacks=tuple(_lacks(text[:_MAX_TEXT])) if is_report and not by_bot else (),
        commands=(*commands, *map(str, orders))[:_MAX_COMMANDS],
    )


def _reported(sender: Person, text: str) -> str:
    found = _SYZBOT.match(sender.address) or ("syzbot+" in text and _SYZBOT_LINE.search(text))
    return found[1] if found else ""


def _lacks(text: str) -> Iterator[str]:
    """Only a regression can be bisected, and what a compiler or a checker finds has no steps."""
    if not _VERSION.search(text):
        yield "version"
    if not _STEPS.search(text) and not _STATIC.search(text):
        yield "steps"
    if _REGRESSION.search(text) and not _BISECTED.search(text):
        yield "bisect"


def _commands(text: str) -> Iterator[str]:
    found = 0
    for line in text.split("\n"):
        if line.startswith("#") and (command := _COMMAND.match(line[:400])):
            name = "syz" if command[1] == "syz" else "regzbot"
            verb, rest = command[2].lstrip("^"), command[3].strip()
            yield storable(f"{name} {verb}: {rest}" if rest else f"{name} {verb}")
            found += 1
            if found == _MAX_COMMANDS:
                return


def mended_reports(trailers: tuple[Trailer, ...]) -> tuple[str, ...]:
    """The reports that a patch says to close: see ``Message.mends``.

    ``Closes:`` names one, and so does the ``Link:`` below a ``Reported-by:``, as was the custom
    before there was ``Closes:``.
    """
    found: dict[str, None] = {}
    after_report = False
    for trailer in trailers:
        name, value = trailer.name, trailer.value
        if name in ("Reported-by", "Reported-and-tested-by"):
            if "syzbot+" in value and (known := _SYZBOT.search(value)):
                found[known[1]] = None
            after_report = True
            continue
        is_link = name == "Link" and after_report
        if name == "Closes" or is_link:
            if one := _report_of(value):
                found[one] = None
        else:
            after_report = False
    return tuple(storable(one) for one in list(found)[:_MAX_MENDS])


def _report_of(value: str) -> str:
    """The report that a link names; empty for a bug tracker's, which is no mail."""
    if bug := _SYZBOT_URL.search(value):
        return f"syzbot+{bug[1].lower()}"
    return message_id_of(value.split("#")[0].strip().split(" ")[0]) or ""
