# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots of the wild: their mails in the samples, and all automatic senders of one list's year.

The mail is not part of the project; where it is not beside the checkout, this is skipped.
"""

from __future__ import annotations

import lzma
import mailbox
import re
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.checks import Checks
from maintainer_kit.model.topic.topic import collect_topics
from maintainer_kit.workflow.cataloguing import understand
from tests.integration.driver import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
YEAR = CORPORA / "erofs" / "2020.mbox.xz"
_AUTOMATIC = re.compile(r"(?i)\bbot\b|[-.+]bot@|robot <|no-?reply|mailer-daemon|\bci@")

pytestmark = pytest.mark.skipif(not YEAR.exists(), reason="the corpora are not beside the checkout")


def sample(number: str) -> list[Message]:
    """The mails of a sample, understood."""
    (path,) = (CORPORA / "samples").glob(f"{number}-*.mbox")
    return _read(path)


def _read(path: Path) -> list[Message]:
    with closing(mailbox.mbox(path, create=False)) as box:
        return [understand(box.get_bytes(key)).message for key in box.keys()]  # noqa: SIM118


def outcomes(message: Message) -> dict[str, int]:
    return dict(Counter(check.outcome.value for check in message.checks))


def test_a_table_for_each_revision() -> None:
    mails = sample("03")
    bots = [one for one in mails if one.bot == "bluez.test.bot"]
    assert [outcomes(one) for one in bots] == [{"pending": 3, "success": 8}] * 3
    (topic,) = collect_topics(mails)
    assert Checks(topic).counts() == (("pending", 3), ("success", 8))
    (patch,) = (one for one in topic.view if one)
    found = Checks(topic).of(patch)
    assert {result.message.message_id for result in found} == {bots[-1].message_id}


def test_a_table_that_answers_the_first_patch_is_about_the_series() -> None:
    mails = sample("33")
    (topic,) = collect_topics(mails)
    assert [len(Checks(topic).of(patch)) for patch in topic.view if patch] == [12] * 4
    assert Checks(topic).counts() == (("success", 12),)


def test_a_build_error() -> None:
    (found,) = sample("23")
    (check,) = found.checks
    assert (check.context, check.outcome.value) == ("kernel test robot/build-errors", "fail")
    assert check.url.startswith("https://download.01.org/")


def test_a_commit_notification_is_no_check() -> None:
    (found,) = sample("22")
    assert (found.kind, found.bot, found.checks) == (Kind.COMMIT, "tip-bot", ())


@pytest.mark.slow
def test_a_year_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "year.mbox"
    path.write_bytes(lzma.decompress(YEAR.read_bytes()))
    mails = _read(path)
    automatic = [one for one in mails if _AUTOMATIC.search(str(one.submitter))]
    assert len(automatic) > 40
    assert not [str(one.submitter) for one in automatic if one.is_from_person]
    robots = [one for one in mails if one.bot == "kernel test robot"]
    assert len(robots) > 30
    assert not [one.full_subject for one in robots if not one.checks]
    unknown = [one for one in robots if one.checks[0].context == "kernel test robot"]
    assert not [one.full_subject for one in unknown]
