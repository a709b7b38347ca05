# SPDX-License-Identifier: GPL-2.0-or-later
"""Link: and Closes:, and what follows a Reported-by:."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import ADA, BO, COVER, GOOD, ROBIN, Example
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import links
from tests.unit.checks.bench import findings
from tests.unit.checks.mended import mended_body

_SIGNED = f"Signed-off-by: {ADA}"
_ID = "20260105090000.7-1-ada@quarry.example"


def _with(*lines: str) -> Example:
    return GOOD.with_(trailers="\n".join((*lines, _SIGNED)))


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        (f"<{_ID}>", f"https://lore.kernel.org/r/{_ID}"),
        (_ID, f"https://lore.kernel.org/r/{_ID}"),
        (f"https://lkml.kernel.org/r/{_ID}", f"https://lore.kernel.org/r/{_ID}"),
        (f"http://lore.kernel.org/r/{_ID}", f"https://lore.kernel.org/r/{_ID}"),
        (f"lore.kernel.org/all/{_ID}/", f"https://lore.kernel.org/all/{_ID}/"),
        (f"<https://lore.kernel.org/r/{_ID}>", f"https://lore.kernel.org/r/{_ID}"),
        (f"http://lkml.kernel.org/r/{_ID} # [1]", f"https://lore.kernel.org/r/{_ID} # [1]"),
    ],
)
def test_addresses_are_mended(value: str, mended: str) -> None:
    after = mended_body(_with(f"Link: {value}"), links.link_invalid)
    assert after[-2:] == [f"Link: {mended}", _SIGNED]


@pytest.mark.parametrize(
    "line",
    [
        f"Link: https://lore.kernel.org/r/{_ID}",
        f"Link: https://lore.kernel.org/linux-fsdevel/{_ID}/T/#u # v1",
        f"Link: https://patch.msgid.link/{_ID}",
        "Closes: https://bugzilla.kernel.org/show_bug.cgi?id=1",
        "Closes: http://bugs.lumen.example/1",
        "Reported-by: https://quarry.example/scan",
    ],
)
def test_good_addresses_are_left_alone(line: str) -> None:
    assert findings(_with(line), [links.link_invalid]) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Closes: #12", "no address"),
        ("Link: see the thread", "no address"),
        ("Link: bo@shale.example", "no address"),
        ("Link: https://", "no address"),
        ("Link: https://marc.info/?l=linux-fsdevel&m=1", "marc.info"),
        ("Link: https://lkml.org/lkml/2026/1/1/1", "lkml.org"),
        ("BugLink: https://bugs.lumen.example/1", "do not know 'BugLink:'"),
        ("References: https://bugs.lumen.example/1", "do not know 'References:'"),
    ],
)
def test_what_is_no_lasting_address_is_named(line: str, words: str) -> None:
    [found] = findings(_with(line), [links.link_invalid])
    assert words in found.message
    assert found.fix is not None
    assert not found.fix.is_mechanical


def test_a_link_in_the_text_is_not_judged() -> None:
    body = "Mend it.\n\nURL: https://quarry.example/x says more.\n\nIt is long."
    assert findings(GOOD.with_(body=body), [links.link_invalid]) == []


@pytest.mark.parametrize("kind", ["commit", "message"])
def test_a_commit_may_link_the_mail_it_came_from(kind: str) -> None:
    assert findings(links.link_to_self.fails.with_(kind=kind), [links.link_to_self]) == []


def test_the_own_cover_letter_is_a_dead_end_too() -> None:
    cover_id = "20260105090000.7-0-ada@quarry.example"
    line = f"Link: https://lore.kernel.org/r/{cover_id}"
    patch = _with(line).with_(subject="[PATCH 1/1] pebble: mend")
    cover = COVER.with_(headers={"Message-ID": f"<{cover_id}>"}, rest=(patch,))
    [found] = findings(cover, [links.link_to_self])
    assert "cover letter" in found.message


@pytest.mark.parametrize(
    ("lines", "speaks"),
    [
        ((f"Reported-by: {BO}",), True),
        ((f"Reported-by: {BO}", "Closes: https://a.example/1"), False),
        ((f"Reported-by: {BO}", "Link: https://a.example/1"), False),
        ((f"Reported-by: {BO}", f"Reported-by: {ROBIN}", "Link: https://a.example/1"), False),
        ((f"Reported-by: {BO}", f"Acked-by: {ROBIN}", "Link: https://a.example/1"), True),
        ((f"Reported-by: {ADA}",), False),
        ((f"Reported-and-tested-by: {BO}",), True),
    ],
)
def test_a_report_is_followed_by_its_address(lines: tuple[str, ...], speaks: bool) -> None:
    assert bool(findings(_with(*lines), [links.report_no_closes])) is speaks


def test_hostile_values_are_read_in_good_time() -> None:
    rules = [one for one in vars(links).values() if isinstance(one, Rule)]
    for value in (
        "a@" * 50_000,
        "https://lore.kernel.org/" + "%40" * 50_000,
        "<" * 50_000,
        "\udc80",
    ):
        found = findings(_with(f"Link: {value}"), rules)
        assert not [one for one in found if one.rule == "rule-broken"]
        assert all(len(one.message) < 300 for one in found)
