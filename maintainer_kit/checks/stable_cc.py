# SPDX-License-Identifier: GPL-2.0-or-later
"""``Cc: stable``: how it is written, and what the stable maintainers' scripts read in it."""

from __future__ import annotations

import re

from maintainer_kit.checks.finding import Severity
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_ADDRESS = lazy_pattern(
    r"(?<![\w.+-])<?(?P<address>(?:linux-)?stable(?P<detail>\+\w{1,40})?@(?P<host>(?:vger\.)?kernel\.org))>?",
    re.IGNORECASE,
)
_NAME_ONLY = lazy_pattern(r"stable[ \t]*(?:#.*|\(.*|\[.*)?$", re.IGNORECASE)
_NO_AUTOSEL = "+noautosel"
GOOD_HOSTS = ("stable@vger.kernel.org", "stable@kernel.org", "stable+noautosel@kernel.org")
"""The second reaches the scripts, and mails nobody."""


@dataclass(frozen=True, slots=True)
class BetterCc:
    """What is wrong with a Cc: of the stable tree, and how it should be."""

    words: str
    advice: str
    mended: str = ""
    severity: Severity | None = None


def is_stable(value: str) -> bool:
    """Whether a Cc: is meant for the stable trees."""
    head = value[:300]
    found = _ADDRESS.search(head.partition("#")[0])
    return found is not None or _NAME_ONLY.match(head) is not None


def better_cc(value: str) -> BetterCc | None:
    """What is wrong with it; None when nothing is. It must be one ``is_stable`` knows."""
    before, mark, remark = value[:1000].partition("#")
    found = next(reversed(list(_ADDRESS.finditer(before))), None)
    if found is None:
        rest = before[len("stable") :].strip()
        good = _with_remark("stable@vger.kernel.org", rest or remark)
        return BetterCc("Cc: stable has no address", "write the address", good)
    address = found["address"].lower()
    if address not in GOOD_HOSTS:
        known = "stable@vger.kernel.org" if not found["detail"] else ""
        good = _with_remark(known, remark) if known else ""
        return BetterCc(f"{address} is not the address of the stable tree", "correct it", good)
    name, rest = before[: found.start()].strip(' "'), before[found.end() :].strip()
    if rest.startswith(",") or _names_others(name):
        return BetterCc("Cc: stable shares its line with others", "give it a line of its own")
    if rest:
        words = "there is no '#' in front of the remark"
        return BetterCc(words, "put '#' there", _with_remark(address, rest, remark))
    if mark and not remark.strip():
        return BetterCc("there is nothing behind '#'", "say since when", address)
    if name:
        words = "the address of stable has a name"
        good = _with_remark(address, remark)
        return BetterCc(words, "write the bare address", good, Severity.INFO)
    if _NO_AUTOSEL in address and not remark.strip():
        return BetterCc("+noautosel gives no reason", "say behind '#' why it should not be taken")
    return None


def _names_others(name: str) -> bool:
    """Whether somebody else's address stands in front of that of the stable tree."""
    bare = name.strip('" ')
    return "," in bare or ("@" in bare and _ADDRESS.fullmatch(bare) is None)


def _with_remark(address: str, *remarks: str) -> str:
    parts = [one.strip(" \t#") for one in remarks]
    bare = [one[1:-1] if one[:1] + one[-1:] in ("()", "[]") else one for one in parts]
    text = " ".join(one.strip() for one in bare if one)
    return f"{address} # {text}" if text else address
