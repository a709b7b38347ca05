# SPDX-License-Identifier: GPL-2.0-or-later
"""Paths as diffs name them."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern

_MAX_PATH = 4096  # Linux takes no longer one
_OCTAL = lazy_pattern(r"\\([0-7]{3}|[abtnvfr\"\\])")
_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}


def unquote_path(path: str) -> str:
    """A path as git quotes it in diffs (core.quotePath) back to what it names."""
    path = path.partition("\t")[0].rstrip()
    if len(path) < 2 or path[0] != '"' or path[-1] != '"':
        return path
    raw = bytearray()
    inner = path[1:-1]
    at = 0
    for found in _OCTAL.finditer(inner):
        raw += inner[at : found.start()].encode("utf-8", "surrogateescape")
        code = found[1]
        if len(code) == 3:
            raw.append(int(code, 8) & 0xFF)
        else:
            raw += _ESCAPES.get(code, code).encode()
        at = found.end()
    raw += inner[at:].encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace")


def strip_prefix(path: str) -> str:
    """A path as it stands in a diff (``a/FILE``, quoted) as the file's; empty for ``/dev/null``."""
    return _read_path(path[:_MAX_PATH])


@lru_cache(maxsize=512)
def _read_path(path: str) -> str:
    """A diff names each path up to four times."""
    path = unquote_path(path)
    if path == "/dev/null":
        return ""
    return path[2:] if path[1:2] == "/" and path[0] in "abiwco" else path
