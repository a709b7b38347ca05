# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches for stable trees: Cc: stable, and the commit upstream."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import ADA, BO, GOOD, LIST, ROBIN, Example
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import stable
from tests.unit.checks.bench import findings
from tests.unit.checks.mended import mended_body

_SIGNED = f"Signed-off-by: {ADA}"
_SHA = "c71f05609fb5c0a4fb618efec5737cebcba78620"
_STABLE = "stable@vger.kernel.org"


def _cc(value: str) -> Example:
    return GOOD.with_(trailers=f"Cc: {value}\n{_SIGNED}")


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("stable", _STABLE),
        ("stable # 5.15.x", f"{_STABLE} # 5.15.x"),
        (f"{_STABLE} (5.15+)", f"{_STABLE} # 5.15+"),
        (f"<{_STABLE}> [5.15+]", f"{_STABLE} # 5.15+"),
        (f"{_STABLE} 5.15", f"{_STABLE} # 5.15"),
        (f"{_STABLE} #", _STABLE),
        (f"Stable <{_STABLE}> # 5.15+", f"{_STABLE} # 5.15+"),
        (f'"{_STABLE}" <{_STABLE}>', _STABLE),
        ("linux-stable@vger.kernel.org # 5.15", f"{_STABLE} # 5.15"),
    ],
)
def test_cc_stable_is_mended(value: str, mended: str) -> None:
    assert mended_body(_cc(value), stable.stable_cc_format)[-2:] == [f"Cc: {mended}", _SIGNED]


@pytest.mark.parametrize(
    "value",
    [
        _STABLE,
        f"<{_STABLE}>",
        "stable@kernel.org",
        f"<{_STABLE}> # 5.15.x: c71f05609fb5: pebble: mend",
        f"{_STABLE} # see what follows, and 4.4, 4.9 & 4.19",
        "stable+noautosel@kernel.org # needs the series",
        "stable-commits@vger.kernel.org",
        "Ada Stable <ada@quarry.example>",
        "stables@quarry.example",
        "net-stable@vger.kernel.org",
    ],
)
def test_other_forms_are_left_alone(value: str) -> None:
    assert findings(_cc(value), [stable.stable_cc_format]) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("stable+noautosel@kernel.org", "gives no reason"),
        (f"{_STABLE}, {BO}", "shares its line"),
        (f"{BO}, {_STABLE}", "shares its line"),
    ],
)
def test_what_needs_a_person_is_said(value: str, words: str) -> None:
    [found] = findings(_cc(value), [stable.stable_cc_format])
    assert words in found.message
    assert found.fix is not None
    assert not found.fix.is_mechanical


@pytest.mark.parametrize(
    "line",
    [
        f"commit {_SHA} upstream.",
        f"commit {_SHA} upstream",
        f"[ Upstream commit {_SHA} ]",
        f"[Upstream commit {_SHA}]",
        f"This reverts commit {_SHA} which is\ncommit {_SHA[::-1]} upstream.",
        "This is a fix for the stable tree; there is no upstream commit.",
        "This is not upstream, since the code went away in 6.8.",
        "Upstream commit: N/A",
    ],
)
def test_the_commit_upstream_is_known(line: str) -> None:
    example = GOOD.with_(body=f"{line}\n\n{GOOD.body}")
    assert findings(example, [stable.stable_upstream_ref]) == []


def test_the_line_may_stand_among_the_trailers() -> None:
    example = GOOD.with_(trailers=f"{_SIGNED}\n[ Upstream commit {_SHA} ]")
    assert findings(example, [stable.stable_upstream_ref]) == []


def test_a_cherry_pick_is_told_in_another_form() -> None:
    example = GOOD.with_(trailers=f"{_SIGNED}\n(cherry picked from commit {_SHA})")
    assert [one.severity for one in findings(example, [stable.stable_upstream_ref])] == ["warning"]
    assert mended_body(example, stable.stable_upstream_ref)[0] == f"commit {_SHA} upstream."


def test_a_short_id_upstream_is_a_warning() -> None:
    example = GOOD.with_(body=f"commit {_SHA[:12]} upstream.\n\n{GOOD.body}")
    assert [one.severity for one in findings(example, [stable.stable_upstream_ref])] == ["warning"]


@pytest.mark.parametrize(("added", "speaks"), [(97, False), (98, True)])
def test_a_long_patch_is_a_warning(added: int, speaks: bool) -> None:
    lines = "".join(f"+\tline({at});\n" for at in range(added))
    diff = (
        "diff --git a/a.c b/a.c\nindex 1d3b2a7..9c8e5f0 100644\n--- a/a.c\n+++ b/a.c\n"
        f"@@ -1,3 +1,{added + 3} @@\n one\n two\n three\n{lines}"
    )
    example = stable.stable_upstream_ref.passes.with_(diff=diff)
    found = findings(example, [stable.stable_upstream_ref])
    assert [one.severity for one in found] == (["warning"] if speaks else [])


def test_a_release_is_upstream_nowhere() -> None:
    example = GOOD.with_(subject="[PATCH] Linux 6.1.74", kind="commit")
    assert findings(example, [stable.stable_upstream_ref]) == []


@pytest.mark.parametrize(
    ("headers", "trailer", "speaks"),
    [
        ({"To": f"{_STABLE}, {LIST}"}, "", True),
        ({"To": f"{_STABLE}, {LIST}"}, f"Cc: {_STABLE}\n", True),
        ({"Cc": _STABLE}, "", True),
        ({"Cc": _STABLE}, f"Cc: {_STABLE} # 5.15+\n", False),
        ({"To": ROBIN}, f"Cc: {_STABLE}\n", False),
    ],
)
def test_mail_to_stable_wants_a_commit_upstream(
    headers: dict[str, str], trailer: str, speaks: bool
) -> None:
    rule = stable.stable_mailed_directly
    example = GOOD.with_(headers=headers, trailers=f"{trailer}{_SIGNED}")
    assert bool(findings(example, [rule])) is speaks
    backport = example.with_(body=f"commit {_SHA} upstream.\n\n{GOOD.body}")
    assert findings(backport, [rule]) == []


def test_hostile_text_is_read_in_good_time() -> None:
    rules = [one for one in vars(stable).values() if isinstance(one, Rule)]
    texts = ("not " * 50_000 + "upstream", "commit " * 50_000, "\n".join(["commit"] * 100_000))
    for text in texts:
        found = findings(
            GOOD.with_(body=text, trailers=f"Cc: {'stable@' * 9000}\n{_SIGNED}"), rules
        )
        assert not [one for one in found if one.rule == "rule-broken"]
