# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses of pages in a line of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What RFC 3986 allows: nothing that a terminal or a shell would take for more than text.
_LINK = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_ENDS = ".,;:!?'"
_PAIRS = {")": "(", "]": "["}
_LONGEST_LINE = 4000
_LONGEST = 1000
_MOST = 20

Link = tuple[int, int, str]
"""First character, the one behind the last, and the address."""


def links_in(text: str) -> list[Link]:
    """The addresses in a line, in order, without what ends the sentence around them."""
    found: list[Link] = []
    for one in _LINK.finditer(text, 0, _LONGEST_LINE):
        address = _without_end(one[0])
        if "://" in address[:-3] and len(address) <= _LONGEST and len(found) < _MOST:
            found.append((one.start(), one.start() + len(address), address))
    return found


def _without_end(address: str) -> str:
    """``(see https://a.example/b).`` has a full stop and a parenthesis that are none of it."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _ENDS and (not opening or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def links_of_row(row: str, line: str) -> Sequence[Link]:
    """The addresses in a row, which may be a piece of a line that was too long: whole, or those of
    which it shows the beginning."""
    found = links_in(row)
    if found and row != line:
        whole = [address for _, _, address in links_in(line)]
        found = [(a, b, _whole(address, b == len(row), whole)) for a, b, address in found]
    return [one for one in found if one[2]]


def _whole(address: str, is_cut: bool, whole: Sequence[str]) -> str:
    if address in whole:
        return address
    return next((one for one in whole if is_cut and one.startswith(address)), "")
