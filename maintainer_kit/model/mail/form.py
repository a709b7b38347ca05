# SPDX-License-Identifier: GPL-2.0-or-later
"""What a part of a mail says of itself, in the headers of MIME (RFC 2045, RFC 2183)."""

from __future__ import annotations

from email.message import Message as MimeMessage
from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass

MAX_FIELD = 4000
"""So much of a header is read; the standard library is quadratic in the number of parameters."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a part says of itself in its header."""

    content_type: str
    filename: str
    is_attachment: bool
    encoding: str
    charset: str
    """In lower case; empty when it names none."""
    is_flowed: bool
    deletes_space: bool
    boundary: str = ""
    """What parts the parts of a multipart."""


def form_of(headers: dict[str, list[str]]) -> Form:
    """What the headers of a part, raw values by lower-case name, say of it."""
    names = ("content-type", "content-disposition", "content-transfer-encoding")
    return _read_form(
        *(headers[name][0][:MAX_FIELD] if name in headers else None for name in names)
    )


@lru_cache(maxsize=256)
def _read_form(kind: str | None, disposition: str | None, encoding: str | None) -> Form:
    """Read the values of these headers. The same few stand in nearly all mail."""
    part: MimeMessage = MimeMessage()
    if kind is not None:
        part.set_raw("Content-Type", kind)
    if disposition is not None:
        part.set_raw("Content-Disposition", disposition)
    if encoding is not None:
        part.set_raw("Content-Transfer-Encoding", encoding)
    content_type = part.get_content_type()
    is_flowed = content_type == "text/plain" and _parameter(part, "format").lower() == "flowed"
    return Form(
        content_type=content_type,
        filename=_parameter(part, "filename", "content-disposition") or _parameter(part, "name"),
        is_attachment=part.get_content_disposition() == "attachment",
        encoding=str(part.get("content-transfer-encoding", "")).strip().lower(),
        charset=_parameter(part, "charset").strip("'\" \t").lower(),
        is_flowed=is_flowed,
        deletes_space=is_flowed and _parameter(part, "delsp").lower() == "yes",
        boundary=_boundary(part),
    )


def _parameter(part: MimeMessage, name: str, header: str = "content-type") -> str:
    """A MIME parameter as plain text; RFC 2231 values are decoded."""
    value = part.get_param(name, "", header)
    if isinstance(value, tuple):
        try:
            value = value[2].encode("latin-1", "replace").decode(value[0] or "ascii", "replace")
        except (LookupError, ValueError):  # no charset, or no name of one
            value = value[2]
    return str(value or "")


def _boundary(part: MimeMessage) -> str:
    try:
        return part.get_boundary() or ""
    except ValueError:
        return ""
