# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailing lists, by their List-Id (RFC 2919) and by their address."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern

_NO_NAME = lazy_pattern(r"[<>\s]")
# Hosts that carry nothing but lists, so that an address there names one.
_LIST_HOST = lazy_pattern(
    r"(?:^|\.)(?:lists?\.[a-z0-9.-]+|vger\.kernel\.org|lists\.linux\.dev|googlegroups\.com|kvack\.org|"
    r"sourceware\.org|lists\.sr\.ht|groups\.io)$"
)
_LIST_LOCAL = lazy_pattern(
    r"^(?:linux-[a-z0-9-]+|[a-z0-9-]+-(?:devel|dev|list|commits|commits-head))$"
)


def list_from_id(value: str) -> str | None:
    """The list of a decoded List-Id: ``Foo <foo.lists.example>`` is ``foo.lists.example``."""
    value = value.strip()
    name = value
    if value.endswith(">"):
        name = value[value.rfind("<") + 1 : -1] if "<" in value else ""
    elif "." not in value[1:-1]:
        return None
    return name.lower() if name and not _NO_NAME.search(name) else None


@lru_cache(maxsize=4096)
def list_from_address(address: str) -> str | None:
    """The list that an address names, in the form of a List-Id; None for a person's address."""
    local, _, host = address.lower().rpartition("@")
    if not local or not host:
        return None
    if _LIST_HOST.search(host) or _LIST_LOCAL.match(local):
        return f"{local}.{host}"
    return None
