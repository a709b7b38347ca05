# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is a bot: by sender, or by words that only it writes under a person's address."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.bot_table import BOTS
from maintainer_kit.model.message.bots import BUILT_IN, configured_bots, find_bot
from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.message.results import checks_of
from tests.build import mail, read


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("lkp@intel.com", "kernel test robot"),
        ("lkp@robots.example", "kernel test robot"),
        ("syzbot+abc123@syzkaller.appspotmail.com", "syzbot"),
        ("syzbot+ci5037a828ffe02b14@syzkaller.appspotmail.com", "syzbot ci"),
        ("patchwork-bot+netdevbpf@kernel.org", "patchwork-bot"),
        ("tip-bot2@linutronix.de", "tip-bot"),
        ("pr-tracker-bot@kernel.org", "pr-tracker-bot"),
        ("bot@kernelci.org", "kernelci"),
        ("bluez.test.bot@gmail.com", "bluez.test.bot"),
        ("bot+bpf-ci@kernel.org", "BPF CI"),
        ("patchwork@media-ci.org", "media CI"),
        ("no-reply@patchew.org", "patchew"),
        ("sashiko-bot@kernel.org", "sashiko"),
        ("ci@build.example", "list CI"),
        ("pebble-bot@build.example", "list CI"),
        ("devnull@kernel.org", "git-commits-head"),
        ("noreply@shop.example", "automatic mail"),
        ("forwarding-noreply@shop.example", "automatic mail"),
        ("MAILER-DAEMON@shop.example", "automatic mail"),
    ],
)
def test_known_by_address(address: str, name: str) -> None:
    bot = find_bot(Person("whoever", address))
    assert bot is not None and bot.name == name


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person("kernel test robot", "oliver.sang@intel.com"), "kernel test robot"),
        (Person("Oliver Sang", "oliver.sang@intel.com"), None),
        (Person("Patchwork", "patchwork@emeril.freedesktop.org"), "freedesktop CI"),
        (Person("Pebble CI", "ada@quarry.example"), "list CI"),
    ],
)
def test_known_by_name(person: Person, name: str | None) -> None:
    bot = find_bot(person)
    assert (bot.name if bot else None) == name


@pytest.mark.parametrize(
    "address",
    ["ada@quarry.example", "cinderella@x.example", "abbot@x.example", "", "syzbot", "robot.x@y.z"],
)
def test_people(address: str) -> None:
    assert find_bot(Person("kernel test robot", address)) is None
    assert find_bot(Person("Jan Bot", address)) is None


@pytest.mark.parametrize(
    ("sender", "text", "name"),
    [
        ("robh@kernel.org", "> a quote\n\nMy bot found errors running it\n", "dt_binding_check"),
        ("robh@kernel.org", "> My bot found errors running it\n\nStill there?\n", None),
        ("robh@kernel.org", "Please fix it.\n", None),
        ("gregkh@linuxfoundation.org", "Now queued up.\n", None),
        ("ada@quarry.example", "My bot found errors running it\n", None),
        (
            "sashal@kernel.org",
            "[ Sasha's backport helper bot ]\n\nHi,\n",
            "Sasha's backport helper",
        ),
        ("sashal@kernel.org", "Hi,\n\n[ Sasha's backport helper bot ]\n", None),
        ("lab@shale.example", "Test-Label: unit\nTest-Status: SUCCESS\n", "DPDK CI"),
        ("lab@shale.example", "\nDear patch submitter,\n\nX CI has", "Kernel Patches Daemon"),
    ],
)
def test_known_by_words(sender: str, text: str, name: str | None) -> None:
    bot = find_bot(Person("whoever", sender), text)
    assert (bot.name if bot else None) == name


def test_a_list_that_rewrites_the_sender() -> None:
    sender = "pr-tracker-bot--- via Pebbles <pebblefs@lists.lumen.example>"
    found = mail(
        "Re: [GIT PULL] x", sender=sender, headers={"Reply-To": "pr-tracker-bot@kernel.org"}
    )
    assert read(found).bot == "pr-tracker-bot"


def test_names_are_distinct() -> None:
    assert len({bot.name for bot in BOTS}) == len(BOTS)


def test_a_configured_bot_speaks_first() -> None:
    bots = configured_bots((r"pebble tests ^CI@build\.example$ fail=^not ok \d+",))
    bot = bots.find(Person("", "ci@build.example"))
    assert bot is not None and bot.name == "pebble tests"
    outcomes = [checks_of(bot, "x", text)[0] for text in ("ok 1\nnot ok 2\n", "ok 1\n")]
    assert [one.outcome for one in outcomes] == [Outcome.FAIL, Outcome.SUCCESS]
    assert {one.context for one in outcomes} == {"pebble tests"}
    # The table is still there.
    assert bots.find(Person("", "lkp@intel.com")) == BUILT_IN.find(Person("", "lkp@intel.com"))


def test_a_configured_bot_without_words() -> None:
    bot = configured_bots(("pebble ci@",)).find(Person("", "ci@x.example"))
    assert bot is not None
    assert [one.outcome for one in checks_of(bot, "build: FAILED", "")] == [Outcome.FAIL]
    assert checks_of(bot, "hello", "nothing to tell") == ()


@pytest.mark.parametrize(
    "line", ["", "ci@x", "pebble (", "pebble ci@ fail=[", "pebble ci@ fail=", "pebble ci@ fail= "]
)
def test_lines_that_name_no_bot(line: str) -> None:
    with pytest.raises(ConfigError) as raised:
        configured_bots((line,))
    assert "mkit.bot" in str(raised.value) and "\n" not in str(raised.value)
    assert "(?i:" not in str(raised.value)
