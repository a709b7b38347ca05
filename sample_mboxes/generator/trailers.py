# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers at the end of a commit message."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TRAILER = re.compile(r"[A-Z][A-Za-z-]+: \S|\[[^]]+: ")


def are_trailers(lines: Sequence[str]) -> bool:
    """Whether each line is one; true of none."""
    return all(_TRAILER.match(line) for line in lines)


def append(body: str, lines: Sequence[str]) -> str:
    """The body with trailers below its last, or below a blank line where it has none."""
    if not lines:
        return body
    last = body.rstrip("\n").rpartition("\n\n")[2].split("\n")
    joint = "" if not body or are_trailers(last) else "\n"
    return body + joint + "".join(f"{line}\n" for line in lines)


def sign(body: str, ident: str) -> str:
    """The body with its sign-off last, unless it is there."""
    line = f"Signed-off-by: {ident}"
    return body if line in body else append(body, [line])


def add_trailers(body: str, lines: Sequence[str]) -> str:
    """The body with trailers above its last sign-off, as b4 puts what reviewers gave."""
    above, found, last = body.rstrip("\n").rpartition("\nSigned-off-by: ")
    if not found or not lines:
        return append(body, lines)
    return append(f"{above}\n", lines) + f"Signed-off-by: {last}\n"
