# SPDX-License-Identifier: GPL-2.0-or-later
"""JUnit's XML."""

from __future__ import annotations

import pytest

from maintainer_kit.model.testing.junit import NotJUnit, read_junit
from maintainer_kit.model.testing.result import TestOutcome

PASS, FAIL, SKIP = TestOutcome.PASS, TestOutcome.FAIL, TestOutcome.SKIP


def test_all_outcomes() -> None:
    data = b"""<?xml version="1.0"?><testsuites><testsuite name="s">
      <testcase classname="a.B" name="one" time="0.1"/>
      <testcase classname="a.B" name="two"><failure message="no">text</failure></testcase>
      <testcase name="three"><skipped/></testcase>
      <testcase classname="a.B" name="four"><skipped/><error/></testcase>
      <testcase classname="" name=""/>
    </testsuite></testsuites>"""
    assert read_junit(data) == {"a.B.one": PASS, "a.B.two": FAIL, "three": SKIP, "a.B.four": FAIL}


def test_one_that_was_run_again_counts_as_its_worst() -> None:
    case = b'<testcase name="a">%s</testcase>'
    data = b"<s>%s%s%s</s>" % (case % b"", case % b"<failure/>", case % b"")
    assert read_junit(data) == {"a": FAIL}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<s><testcase name='a'>",
        b'<!DOCTYPE s [<!ENTITY a "aaaa">]><s><testcase name="&a;"/></s>',
        b'<!DOCTYPE s SYSTEM "file:///etc/passwd"><s/>',
    ],
)
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(NotJUnit):
        read_junit(data)


def test_bounds() -> None:
    data = b"<s>" + b"".join(b'<testcase name="t%d"/>' % at for at in range(20_050)) + b"</s>"
    found = read_junit(data)
    assert len(found) == 20_000
    assert len(next(iter(read_junit(b'<s><testcase name="%s"/></s>' % (b"x" * 9999))))) == 200
