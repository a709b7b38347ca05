# SPDX-License-Identifier: GPL-2.0-or-later
"""Through which list a mail came."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.mail.route import lists_of, route_of

TOOLS = "tools@linux.example"


def lists(*addresses: str, **headers: str) -> tuple[str, ...]:
    """Of a mail with these headers; ``_`` in a name stands for ``-``."""
    return lists_of(route_of({k.replace("_", "-"): [v] for k, v in headers.items()}), addresses)


def test_all_of_a_mail_sorted_and_once() -> None:
    route = route_of({"list-id": ["<b.lists.x.example>", "junk"]})
    found = lists_of(route, ["a@lists.x.example", "b@lists.x.example", "ada@x.example"])
    assert found == ("a.lists.x.example", "b.lists.x.example")


def test_nothing_says_nothing() -> None:
    assert lists("ada@x.example") == ()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Tools@Linux.example", "tools.linux.example"),
        ("<tools@linux.example> archive/latest/1234", "tools.linux.example"),
        ("tools (tools@linux.example)", "tools.linux.example"),
        ("tools", None),
        ("@linux.example", None),
        ("", None),
    ],
)
def test_the_address_that_vger_writes(value: str, name: str | None) -> None:
    assert lists(x_mailing_list=value) == ((name,) if name else ())


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("<https://lore.kernel.org/tools/>", "tools.linux.example"),
        ("https://lore.kernel.org/tools", "tools.linux.example"),
        ("<http://linux.example/pipermail/tools/2026-May/>", "tools.linux.example"),
        ("<https://www.mail-archive.com/tools@linux.example/>", "tools.linux.example"),
        ("<https://lore.kernel.org/pebble/>", "pebble.lore.kernel.org"),
        ("<https://lists.x.example/pipermail/pebble/>", "pebble.lists.x.example"),
        ("<https://lists.x.example/mailman/private/pebble/>", "pebble.lists.x.example"),
        ("<https://x.example/archives/list/pebble@lists.x.example/>", "pebble.lists.x.example"),
        ("<https://groups.google.com/group/pebble/>", "pebble.googlegroups.com"),
        ("<https://groups.io/g/pebble>", "pebble.groups.io"),
        ("<https://sub.groups.io/g/pebble>", "pebble.sub.groups.io"),
        ("<https://lore.kernel.org/all/>", None),
        ("<https://lore.kernel.org/>", None),
        ("<ftp://lore.kernel.org/tools/>", None),
        ("<https://[broken/tools/>", None),
        ("<https:///tools%0a/>", None),
        ("<https://x.example/%E2%80%AE/>", None),
        ("NO", None),
    ],
)
def test_the_archive_of_the_list(value: str, name: str | None) -> None:
    assert lists(TOOLS, "ada@x.example", list_archive=value) == ((name,) if name else ())


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("<https://lore.kernel.org/tools/1@x.example/>", "tools.linux.example"),
        ("<https://lore.kernel.org/pebble/1@x.example/>", "pebble.lore.kernel.org"),
        ("<https://x.example/archives/list/pebble@x.example/message/ABC/>", "pebble.x.example"),
        ("<https://lists.x.example/pipermail/pebble/2026-May/12.html>", "pebble.lists.x.example"),
        # Where all lists are, or any mail is, says nothing of this one.
        ("<https://lore.kernel.org/r/1@x.example>", None),
        ("<https://lore.kernel.org/all/1@x.example/>", None),
        ("<https://patch.msgid.link/1@x.example>", None),
        ("<https://x.example/a1b2c3d4>", None),
    ],
)
def test_the_mail_in_the_archive(value: str, name: str | None) -> None:
    assert lists(TOOLS, archived_at=value) == ((name,) if name else ())


def test_two_recipients_of_one_name_are_told_apart_by_nothing() -> None:
    found = lists(TOOLS, "tools@shale.example", list_archive="<https://lore.kernel.org/tools/>")
    assert found == ("tools.lore.kernel.org",)


def test_a_list_id_is_the_last_word() -> None:
    found = lists(
        TOOLS,
        list_id="<pebble.lists.x.example>",
        x_mailing_list="other@x.example",
        list_archive="<https://lore.kernel.org/tools/>",
    )
    assert found == ("pebble.lists.x.example",)


def test_hostile_headers_take_no_time() -> None:
    start = time.perf_counter()
    for value in ("https://" * 100_000, "a@" * 300_000, "https://x/" + "list/" * 100_000, "<" * 9):
        headers = {name: [value] * 500 for name in ("x-mailing-list", "list-archive")}
        lists_of(route_of(headers), [TOOLS] * 50)
        lists_of(route_of({"archived-at": [value] * 500}), [TOOLS] * 50)
    assert time.perf_counter() - start < 5
