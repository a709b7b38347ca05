# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a patch mail as git mailinfo hands it on: its transfer encoding undone, its carriage
returns where the mail's transport did not add them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass

if TYPE_CHECKING:
    from maintainer_kit.model.mail.form import Form

_ENCODED = frozenset({"base64", "quoted-printable"})
_MARKS = (b"\ndiff --git ", b"\n--- ")


@dataclass(frozen=True, slots=True)
class Text:
    """The part of a mail that a patch stands in."""

    form: Form
    data: bytes

    @property
    def is_encoded(self) -> bool:
        return self.form.encoding in _ENCODED

    @property
    def lines(self) -> list[bytes]:
        """As git sees them: line ends of the transport are none of the text."""
        data = self.data if self.is_encoded else self.data.replace(b"\r\n", b"\n")
        return data.split(b"\n")


def text_of(patch: Patch) -> Text | None:
    """The part that holds the patch, else the first one that is text; None without one."""
    texts = list(_texts(patch))
    with_diff = (one for one in texts if any(mark in b"\n" + one.data for mark in _MARKS))
    return next(with_diff, texts[0] if texts else None)


def _texts(patch: Patch) -> Iterator[Text]:
    from maintainer_kit.model.mail.mime import read_tree

    for leaf in read_tree(patch.raw).leaves:
        kind = leaf.form.content_type
        if kind.startswith("text/") and kind != "text/html":
            yield Text(leaf.form, leaf.data())


def quoted_returns(patch: Patch) -> list[str] | None:
    """The diff's lines with their carriage returns, where these are within base64 or
    quoted-printable text: git am keeps such. None where there are none."""
    mail = patch.mail
    if mail is None or not _ENCODED.intersection(mail.oddities):
        return None
    text = text_of(patch)
    if text is None or not text.is_encoded or b"\r\n" not in text.data:
        return None
    lines = _diff_in(text, patch)
    return [line.decode("utf-8", "replace") for line in lines] or None


def returned_lines(patch: Patch) -> list[int]:
    """Indices of the diff's lines that end in a carriage return which is part of the text."""
    raw = patch.raw
    # Each of the three may hide one; without them the mail need not be taken apart.
    if b"\r" not in raw and b"=0D" not in raw and b"base64" not in raw:
        return []
    text = text_of(patch) if patch.diff_text else None
    if text is None or b"\r\n" not in text.data:
        return []
    if not text.is_encoded and raw.partition(b"\n")[0].endswith(b"\r"):
        return []
    return [at for at, line in enumerate(_diff_in(text, patch)) if line.endswith(b"\r")]


def _diff_in(text: Text, patch: Patch) -> list[bytes]:
    """The lines of the diff as they came; none when they were changed in more than their ends."""
    wanted = patch.diff_lines
    lines = text.data.split(b"\n")[-len(wanted) :]
    first = lines[0].rstrip(b"\r").decode("utf-8", "replace")
    return lines if len(lines) == len(wanted) and first == wanted[0] else []
