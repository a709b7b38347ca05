# SPDX-License-Identifier: GPL-2.0-or-later
"""What names a mail in an archive, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.message.archive_place import (
    MailPlace,
    NoPlace,
    read_archive,
    read_place,
)

ID = "20260108091225.1-2-ada@made.example"

NAMED = {
    ID: "",
    f"<{ID}>": "",
    f"id:{ID}": "",
    f"mid:<{ID}>": "",
    "<odd/one+two=three@made.example>": "",
    f"https://lore.kernel.org/r/{ID}": "",
    f"http://lore.kernel.org/all/{ID}/": "",
    f"https://lore.kernel.org/linux-erofs/{ID}/T/#u": "",
    f"https://lore.kernel.org/linux-erofs/{ID}/t.mbox.gz": "",
    f"https://lore.kernel.org/{ID}": "",
    f"https://sea.lore.kernel.org/all/{ID}/raw": "",
    f"lore.kernel.org/all/{ID}/": "",
    f"https://lkml.kernel.org/r/{ID}": "",
    f"https://www.kernel.org/r/{ID}": "",
    f"https://patch.msgid.link/{ID}": "",
    f"https://msgid.link/{ID}": "",
    f"https://patchwork.kernel.org/project/foo/patch/{ID}/": "",
    f"https://LORE.kernel.org/all/{ID}/?x=1#m2": "",
    f"https://inbox.sourceware.org/gcc-patches/{ID}/T/": "https://inbox.sourceware.org/gcc-patches",
    f"https://public.example//lists//foo/{ID}/": "https://public.example//lists//foo",
    f"http://127.0.0.1:8080/foo/{ID}/raw": "http://127.0.0.1:8080/foo",
    f"http://[::1]:8080/foo/{ID}/": "http://[::1]:8080/foo",
    f"https://archive.example/r/{ID}": "https://archive.example",
    f"https://archive.example/{ID}": "https://archive.example",
}


@pytest.mark.parametrize("word", NAMED)
def test_a_mail_is_named(word: str) -> None:
    found = read_place(word)
    assert found.archive == NAMED[word]
    assert found.message_id in (ID, "odd/one+two=three@made.example")


@pytest.mark.parametrize(
    ("word", "message_id"),
    [
        ("https://lore.kernel.org/all/a%2Fb%40made.example/", "a/b@made.example"),
        ("https://lore.kernel.org/r/a/b@made.example", "a/b@made.example"),
        ("https://lore.kernel.org/all/a%2Bb@made.example/raw", "a+b@made.example"),
    ],
)
def test_what_an_address_has_to_escape(word: str, message_id: str) -> None:
    assert read_place(word) == MailPlace(message_id)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "nothing",
        "abcdefghij",
        "/etc/a@b",
        "./a@b",
        "../a@b",
        "~/a@b",
        "--output=a@b",
        "-a@b",
        "a b@c",
        "a@b\nc@d",
        "a@b@c",
        "a\x1b[31m@b",
        f"file:///etc/{ID}",
        f"file:/etc/{ID}",
        f"ftp://lore.kernel.org/all/{ID}/",
        f"ssh://lore.kernel.org/{ID}",
        f"javascript:/{ID}",
        "https://lore.kernel.org/all/",
        "https://lore.kernel.org/all/?q=s:foo",
        f"https:///all/{ID}/",
        f"https://[::1/all/{ID}/",
        f"https://host:port/all/{ID}/",
        "https://lore.kernel.org/all/%3Ca%0d%0ab@c%3E/",
        "a" * 3000 + "@b",
    ],
)
def test_nothing_else_is(word: str) -> None:
    with pytest.raises(NoPlace):
        read_place(word)


@pytest.mark.parametrize(
    "address",
    [
        f"https://ada:sesame@lore.example/all/{ID}/",
        f"https://sesame@lore.example/all/{ID}/",
        f"https://ada:sesame@[::1/all/{ID}/",
        f"https://ada:sesame@lore.example:port/all/{ID}/",
    ],
)
def test_a_password_is_neither_used_nor_told(address: str) -> None:
    for read in (read_place, read_archive):
        with pytest.raises(NoPlace) as refused:
            read(address)
        assert "sesame" not in str(refused.value)


def test_an_archive() -> None:
    assert read_archive("https://LORE.kernel.org/all/") == "https://lore.kernel.org/all"
    assert read_archive("http://127.0.0.1:80") == "http://127.0.0.1:80"
    for word in ("lore.kernel.org/all", "/srv/all", "https://a/b?q=1", "https://a/#b", "file:///a"):
        with pytest.raises(NoPlace):
            read_archive(word)


@given(st.text(max_size=200))
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    for word in (text, f"https://lore.kernel.org/all/{text}", f"https://{text}/a@b"):
        try:
            found = read_place(word)
        except NoPlace:
            continue
        assert found.message_id.isprintable()
        assert "@" in found.message_id
        assert found.archive.startswith(("http://", "https://")) or not found.archive
