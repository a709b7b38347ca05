# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags as objects of git (git-tag(1)): what they name, say, and are signed with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.text import storable

_SIGNED = re.compile(
    rb"^-----BEGIN (PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----\r?$", re.MULTILINE
)
_KINDS = {b"SSH SIGNATURE": "ssh", b"SIGNED MESSAGE": "x509"}
_OBJECT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Tag:
    """An annotated tag."""

    object_id: str
    name: str
    """As the object itself says it: what was signed."""
    target: str
    tagger: str
    message: str
    """Without the signature."""
    signed_with: str
    """``pgp``, ``ssh`` or ``x509``; empty without a signature."""

    @property
    def title(self) -> str:
        """The first line; empty where it says nothing."""
        return self.message.strip("\n").split("\n", 1)[0].strip()


def read_tag(object_id: str, raw: bytes) -> Tag | None:
    """None of what is no tag."""
    head, _, body = raw.partition(b"\n\n")
    fields = dict(_field(line) for line in reversed(head.split(b"\n")))
    target = fields.get("object", "")
    if not _OBJECT.fullmatch(target) or "tag" not in fields:
        return None
    marks = list(_SIGNED.finditer(body))
    message = body[: marks[-1].start()] if marks else body
    return Tag(
        object_id,
        fields["tag"],
        target,
        fields.get("tagger", "").partition(">")[0] + (">" if "tagger" in fields else ""),
        storable(message.decode("utf-8", "surrogateescape")),
        _KINDS.get(marks[-1][1], "pgp") if marks else "",
    )


def _field(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b" ")
    return name.decode("ascii", "replace"), storable(value.decode("utf-8", "surrogateescape"))
