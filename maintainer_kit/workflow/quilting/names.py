# SPDX-License-Identifier: GPL-2.0-or-later
"""What patch files of a series are called, and which names of a series file are believed."""

from __future__ import annotations

import re

_UNFIT = re.compile(r"[^A-Za-z0-9_.]+")
_DOTS = re.compile(r"\.{2,}")
_LONGEST = 52
_NUMBERED = re.compile(r"[0-9]{4,5}-(?P<words>.+)")
SUFFIX = ".patch"


def file_name(number: int, title: str) -> str:
    """``0002-mm-do-not-leak.patch``: nothing of a mail but letters, digits, ``_``, ``.`` and ``-``
    becomes part of a path."""
    words = _DOTS.sub(".", _UNFIT.sub("-", title))[:_LONGEST].strip("-.")
    return f"{number:04}-{words}{SUFFIX}" if words else f"{number:04}{SUFFIX}"


def spare_name(name: str) -> str:
    """Another name for a file, where the owner has one of that name."""
    return f"{name.removesuffix(SUFFIX)}-posted{SUFFIX}"


def words_of(name: str) -> str:
    """The name without its number: what stays of it when a series gets one more patch."""
    found = _NUMBERED.fullmatch(name)
    return found["words"] if found else name


def leads_out(name: str) -> bool:
    """Whether a name of a series file is none of a file below its folder."""
    return name.startswith("/") or "\0" in name or ".." in name.split("/")
