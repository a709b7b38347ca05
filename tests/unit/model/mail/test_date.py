# SPDX-License-Identifier: GPL-2.0-or-later
"""Dates: the usual ones by a short way that is equal to the standard library's."""

from __future__ import annotations

from email.utils import mktime_tz, parsedate_tz

import pytest

from maintainer_kit.model.mail.date import is_credible, read_date


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 5 Jan 2026 09:00:00 +0000",
        "Mon, 05 Jan 2026 09:00:00 +0530",
        "5 Jan 2026 09:00:00 -0700 (PDT)",
        "Mon, 5 Jan 2026 09:00:00 -0000",
        "Mon, 5 Jan 2026 09:00:00 GMT",
        "Mon, 5 Jan 26 09:00:00 +0100",
        "Mon, 5 Jan 2026 09:00 +0100",
        "Mon Jan  5 09:00:00 2026",
        "Mon, 31 Feb 2026 25:61:61 +9999",
        "Mon, 0 Jan 2026 00:00:00 +0000",
        "Thu, 1 Jan 1970 00:00:00 +0000",
        "Mon, 5 Foo 2026 09:00:00 +0000",
        "Mon, 5 Jan 0026 09:00:00 +0000",
    ],
)
def test_equal_to_the_standard_library(text: str) -> None:
    parts = parsedate_tz(text)
    assert read_date(text) == (mktime_tz(parts) if parts else None)


@pytest.mark.parametrize("text", ["", "yesterday", "Mon, 5 Jan 99999999999 09:00:00 +0000"])
def test_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "credible"),
    [
        ("1 Jan 1990 00:00:00 +0000", True),
        ("31 Dec 1989 23:59:59 +0000", False),
        ("31 Dec 2099 23:59:59 +0000", True),
        ("1 Jan 2100 00:00:00 +0000", False),
    ],
)
def test_what_mail_may_say(text: str, credible: bool) -> None:
    seconds = read_date(text)
    assert seconds is not None
    assert is_credible(seconds) is credible
