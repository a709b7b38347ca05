# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/checks.md is what the rules say."""

from __future__ import annotations

import re
from pathlib import Path

from maintainer_kit.adapters.profiles import SHIPPED, load_profile
from maintainer_kit.checks.catalogue import FAMILIES, all_rules
from maintainer_kit.render.rules_page import rules_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "checks.md"


def page() -> list[str]:
    return list(rules_page([load_profile(name) for name in SHIPPED]))


def test_the_page_is_current() -> None:
    made = "".join(f"{line}\n" for line in page())
    assert PAGE.read_text(encoding="utf-8") == made, "run scripts/rules-page"


def test_each_rule_and_profile_has_its_row() -> None:
    named = [found[1] for line in page() if (found := re.match(r"\| `([a-z0-9-]+)`", line))]
    assert named == [*SHIPPED, *(rule.id for rule in all_rules())]
    assert [line[3:] for line in page() if line in {f"## {one}" for one in FAMILIES.values()}] == [
        *FAMILIES.values()
    ]


def test_tables_are_whole() -> None:
    columns = 0
    for line in page():
        if not line.startswith("|"):
            columns = 0
            continue
        count = len(re.findall(r"(?<!\\)\|", line))
        assert count == (columns or count), line
        columns = count
