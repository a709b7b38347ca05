# SPDX-License-Identifier: GPL-2.0-or-later
"""A request, checked: what is asked for, in which archive, and by whom it may be asked."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

MAX_PATH = 4096
MAX_TARGET = 32768
_LOCAL = "localhost"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9.:\[\]-]{1,255}")


class HttpError(Exception):
    """An answer that is an error, with a line for whoever asked."""

    def __init__(self, status: str, words: str, *headers: tuple[str, str]) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    method: str
    """GET, HEAD or POST."""
    parts: tuple[str, ...]
    """Of the path, each without its escapes: a Message-ID may hold a slash."""
    query: Mapping[str, str]
    base: str
    """This server as the client names it: ``http://127.0.0.1:8080``."""


def read_request(environ: Mapping[str, Any], is_open: bool) -> Request:
    """The request of a WSGI environment; raises HttpError where there is no answer to it.

    ``is_open``: bound to more than loopback, as somebody asked for.
    """
    method = str(environ["REQUEST_METHOD"])
    if method not in ("GET", "HEAD", "POST"):
        raise HttpError("405 Method Not Allowed", "read only", ("Allow", "GET, HEAD, POST"))
    host = str(environ.get("HTTP_HOST", ""))
    if not is_allowed(host, is_open):
        raise HttpError("421 Misdirected Request", "this is no host of that name")
    query = str(environ.get("QUERY_STRING", ""))
    if len(query) > MAX_TARGET:
        raise HttpError("414 URI Too Long", f"more than {MAX_TARGET} bytes")
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, max_num_fields=20, separator="&", errors="strict"
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise HttpError("400 Bad Request", "the query string is none") from error
    return Request(method, _parts(environ), dict(pairs), f"http://{host}")


def _parts(environ: Mapping[str, Any]) -> tuple[str, ...]:
    """The path as it was sent, where the server tells it: %2F in it parts nothing."""
    sent = environ.get("REQUEST_URI")
    if sent is None:
        sent = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("latin-1")
    path = str(sent).partition("?")[0]
    if path.startswith("http://"):
        path = "/" + path[len("http://") :].partition("/")[2]
    if len(path) > MAX_PATH:
        raise HttpError("414 URI Too Long", f"more than {MAX_PATH} bytes")
    try:
        parts = tuple(unquote_to_bytes(part).decode("utf-8") for part in path.split("/")[1:])
    except UnicodeError as error:
        raise HttpError("400 Bad Request", "the path is not UTF-8") from error
    if any(map(_CONTROL.search, parts)):
        raise HttpError("400 Bad Request", "the path holds control characters")
    return parts


@lru_cache(maxsize=64)
def is_allowed(host: str, is_open: bool) -> bool:
    """Whether a Host header names this server: other names may have been made to lead here by a
    web page, which then would read the answers (DNS rebinding)."""
    name = host.lower()
    if not _HOST.fullmatch(name):
        return False
    if name.startswith("["):
        name, _, port = name[1:].partition("]")
        port = port.removeprefix(":")
    else:
        name, _, port = name.partition(":")
    if port and not (port.isascii() and port.isdigit()):
        return False
    if name == _LOCAL:
        return True
    try:
        return ip_address(name).is_loopback or is_open
    except ValueError:
        own = platform.node().lower()
        return is_open and name in (own, own.partition(".")[0])
