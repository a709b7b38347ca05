# SPDX-License-Identifier: GPL-2.0-or-later
"""Claims of what landed as what, beside a table of what did."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of a mail."""

    commit: str
    tier: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a method says of a mail."""

    message_id: str
    commit: str
    tier: str
    is_sure: bool
    why: str = ""


def read_table(path: Path) -> dict[str, Row]:
    """By Message-ID."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["message_id"]: Row(row["commit"], row["tier"]) for row in rows}


@dataclass
class Score:
    """How claims stand beside the table."""

    total: Counter[str] = field(default_factory=Counter)
    sure: Counter[str] = field(default_factory=Counter)
    candidate: Counter[str] = field(default_factory=Counter)
    claimed: Counter[str] = field(default_factory=Counter)
    wrong: list[Claim] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    outside: list[Claim] = field(default_factory=list)

    @property
    def wrong_sure(self) -> int:
        return sum(one.is_sure for one in self.wrong)

    @property
    def sure_claims(self) -> int:
        """For mails of the table."""
        return self.claimed["sure"]


def score(claims: Iterable[Claim], table: Mapping[str, Row]) -> Score:
    """Compare them; ids of commits may be abbreviated on either side."""
    found = Score()
    by_mail: dict[str, list[Claim]] = {}
    for claim in claims:
        by_mail.setdefault(claim.message_id, []).append(claim)
        if claim.message_id not in table:
            found.outside.append(claim)
    for message_id, row in table.items():
        found.total[row.tier] += 1
        mine = by_mail.get(message_id, [])
        right = [one for one in mine if _is_same(one.commit, row.commit)]
        found.wrong += [one for one in mine if one not in right]
        found.claimed.update("sure" if one.is_sure else "candidate" for one in mine)
        if any(one.is_sure for one in right):
            found.sure[row.tier] += 1
        elif right:
            found.candidate[row.tier] += 1
        else:
            found.missed.append(message_id)
    return found


def _is_same(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def say(found: Score) -> None:
    """Print it."""
    for tier, total in found.total.items():
        sure, candidate = found.sure[tier], found.candidate[tier]
        share = (sure + candidate) / total
        print(
            f"{tier:15} {total:5}  sure {sure:5}  candidate {candidate:4}  "
            f"missed {total - sure - candidate:4}  found {share:6.1%}"
        )
    share = found.wrong_sure / found.sure_claims if found.sure_claims else 0.0
    print(
        f"claims for mails of the table: {found.sure_claims} sure, of them {found.wrong_sure} "
        f"wrong ({share:.2%}); {found.claimed['candidate']} candidates, of them "
        f"{len(found.wrong) - found.wrong_sure} wrong"
    )
