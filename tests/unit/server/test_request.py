# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests: what they ask for, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest

from maintainer_kit.server.request import HttpError, is_allowed, read_request

HOST = "127.0.0.1:8027"


def environ(uri: str, **more: Any) -> dict[str, Any]:
    path, _, query = uri.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "REQUEST_URI": uri,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": HOST,
        **more,
    }


def test_what_is_asked_for() -> None:
    found = read_request(environ("/all/a%2Fb%2Bc@x/raw?x=m&q=s%3Aa+b&t=1"), False)
    assert found.parts == ("all", "a/b+c@x", "raw")
    assert found.query == {"x": "m", "q": "s:a b", "t": "1"}
    assert found.base == f"http://{HOST}"


@pytest.mark.parametrize(
    "uri", ["/%00", "/a%0D%0Ab", "/%ff", "/%7f", "/" + "a" * 5000, "/?q=%ff", "/?" + "q=a&" * 50]
)
def test_what_is_no_request(uri: str) -> None:
    with pytest.raises(HttpError) as error:
        read_request(environ(uri), False)
    assert error.value.status[:3] in ("400", "414")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_methods_that_are_not_served(method: str) -> None:
    with pytest.raises(HttpError) as error:
        read_request(environ("/", REQUEST_METHOD=method), False)
    assert error.value.status.startswith("405")
    assert ("Allow", "GET, HEAD, POST") in error.value.headers


@pytest.mark.parametrize(
    ("host", "closed", "opened"),
    [
        ("localhost", True, True),
        ("LOCALHOST:80", True, True),
        ("127.0.0.1", True, True),
        ("127.9.9.9:1", True, True),
        ("[::1]:8027", True, True),
        ("192.0.2.7:8027", False, True),
        ("[2001:db8::1]", False, True),
        ("evil.example", False, False),
        ("localhost.evil.example", False, False),
        ("127.0.0.1:80@evil", False, False),
        ("[::1%<b>]", False, False),
        ("", False, False),
        ("localhost:", True, True),
        ("localhost:x", False, False),
    ],
)
def test_which_hosts_are_this_server(host: str, closed: bool, opened: bool) -> None:
    assert is_allowed(host, is_open=False) == closed
    assert is_allowed(host, is_open=True) == opened
