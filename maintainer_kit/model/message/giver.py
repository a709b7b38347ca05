# SPDX-License-Identifier: GPL-2.0-or-later
"""The value of a trailer that a reply gives: a person, mended where a mailer or a hurried writer
broke it, and a remark."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.names import same_name
from maintainer_kit.model.mail.person import Person

_ANGLED = re.compile(
    r"\\?<(?:mailto:)?([^\s<>@]{1,100}@[^\s<>@]{1,200})(?:[^\S\n]?<[^<>]{0,300}>)?>"
)
_BARE = re.compile(r"(?:^|(?<=[\s(\[<]))([^\s<>()\[\]@,;:]{1,100}@[^\s<>()\[\]@,;:]{1,200})")
_LEFT_OVER = re.compile(r"(?:[<(\[]?(?:mailto:)?[^\s<>@]{1,100}@[^\s<>@]{1,200}[>)\]]\s?)+")
_TAILS = frozenset({"for", "on", "with", "via", "as", "using", "in", "to", "against", "under"})


def mended_value(value: str, sender: Person) -> str:
    """``Name <address>`` with a remark where there is one; empty where it names nobody."""
    value = " ".join(value.split()).lstrip(":= ")
    if found := _ANGLED.search(value):
        name = value[: found.start()].strip().rstrip("\\").strip()
        return _joined(name, found[1], value[found.end() :])
    if found := _BARE.search(value.split("#")[0]):
        name = value[: found.start()].strip(" <([,;")
        address = found[1].removeprefix("mailto:").rstrip(".'\"")
        tail = value[found.end(1) :].lstrip(">)],;")
        return _joined(name, address, tail)
    name, mark, tail = _split_name(value)
    if sender.address and _names(name, sender.name):
        return f"{sender.name} <{sender.address}>{mark}{tail}"
    return ""


def _split_name(value: str) -> tuple[str, str, str]:
    """A name without an address, and the remark that follows it."""
    found = re.search(r" ?[#(<\[]", value)
    if not found:
        return value.strip(" .,;"), "", ""
    tail = value[found.start() :].strip()
    return value[: found.start()].strip(), " " if tail[:1] != "<" else "", _remark(tail)


def _names(name: str, sender: str) -> bool:
    """Whether a name without an address is the sender's: the same, or the whole of a short one."""
    return bool(name) and (name.casefold() == sender.casefold() or same_name(name, sender))


def _joined(name: str, address: str, tail: str) -> str:
    if "@" in name:  # "a@b <mailto:a@b>"
        name = ""
    person = f"{name} <{address}>" if name else address
    remark = _remark(tail)
    return f"{person} {remark}" if remark else person


def _remark(tail: str) -> str:
    """What may follow the address: a remark of the trailer, no further sentence."""
    tail = tail.strip()
    if left := _LEFT_OVER.match(tail):
        tail = tail[left.end() :].strip()
    if tail[:1] in ("#", "(", "["):
        return tail
    words = tail.split(" ", 1)
    return tail.rstrip(".") if words[0].lower() in _TAILS else ""
