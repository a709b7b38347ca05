# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail saved anew as plain text in UTF-8: what git am reads of it, without the wrapping.

The message is turned into UTF-8; the diff stays byte for byte, as git keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from maintainer_kit.checks.mail_bytes import Text, returned_lines, text_of
from maintainer_kit.checks.mending import CannotMend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.charset import decode
from maintainer_kit.model.mail.flowed import unflow
from maintainer_kit.model.mail.mime import Leaf, read_tree
from maintainer_kit.render.mail_head import MIME, MIME_NAMES, mend_lengths, without

_PATCH_TYPE = re.compile(r"text/x-(?:patch|diff)|application/x-patch")
_PATCH_NAME = re.compile(r"(?i)\.(?:patch|diff)$")
_OWN_HEAD = re.compile(rb"\s*(?:From |(?:From|Subject|Date|Message-ID):)", re.IGNORECASE)
_DIFF = re.compile(rb"^(?:diff --git |--- \S)", re.MULTILINE)
_CUT = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SIGNATURE = re.compile(r"\n-- ?\n")


def plain_mail(patch: Patch, raw: bytes) -> bytes:
    """The mail with all its header fields, save those of MIME. Raises CannotMend where plain text
    would be another patch, or nobody knows what the text says."""
    text = _text(patch)
    lines = raw.split(b"\n")
    head = without(lines, MIME_NAMES)
    new = [*head, *(() if text.isascii() else MIME), b"", *text.split(b"\n")]
    _, _, old_body = raw.partition(b"\r\n\r\n" if lines[0].endswith(b"\r") else b"\n\n")
    mend_lengths(new, old_body)
    return b"\n".join(new)


def _text(patch: Patch) -> bytes:
    mail = patch.mail
    if mail is None:
        raise CannotMend("it is no mail")
    attached = _attached(patch) if patch.diff_text else None
    if attached is not None:
        return _joined(patch, attached)
    text = text_of(patch)
    if text is None:
        raise CannotMend("it has no plain text")
    data = _without_returns(patch, text)
    if text.form.is_flowed:
        data = _unflowed(patch, data, text.form.deletes_space)
    above, diff = _cut(patch, data)
    return _utf8(above, text.form.charset) + diff


def _without_returns(patch: Patch, text: Text) -> bytes:
    """The text with Unix line ends. Those of single lines within encoded text are the patch's own;
    git am drops them in plain text."""
    returned = returned_lines(patch)
    lines = patch.diff_lines
    is_all = any(lines[at].startswith(("diff --git ", "--- ")) for at in returned)
    if returned and not is_all and any(lines[at][:1] != "+" for at in returned):
        raise CannotMend("its file has carriage returns, which plain text does not keep")
    return text.data.replace(b"\r\n", b"\n")


def _unflowed(patch: Patch, data: bytes, deletes: bool) -> bytes:
    """The lines as they were written, joined as git am does where that leaves the diff whole."""
    flowed = data.decode("latin-1")
    for join in (True, False):
        found = unflow(flowed, join=join, delete_space=deletes).encode("latin-1")
        if _ends_with(found.split(b"\n"), patch.diff_lines):
            return found
    return unflow(flowed, join=False).encode("latin-1")


def _cut(patch: Patch, data: bytes) -> tuple[bytes, bytes]:
    """The message, and the diff with what follows it."""
    if not patch.diff_text:
        return data, b""
    lines = data.split(b"\n")
    if not _ends_with(lines, patch.diff_lines):
        raise CannotMend("its text is not as it reads")
    count = len(patch.diff_lines)
    above = lines[: len(lines) - count]
    return b"".join(line + b"\n" for line in above), b"\n".join(lines[len(lines) - count :])


def _ends_with(lines: Sequence[bytes], diff: Sequence[str]) -> bool:
    if len(lines) < len(diff):
        return False
    first = lines[len(lines) - len(diff)].decode("utf-8", "surrogateescape")
    return first == diff[0] or not first.isascii()


def _utf8(message: bytes, charset: str) -> bytes:
    text, _ = decode(message, charset)
    try:
        found = text.encode("utf-8")
    except UnicodeEncodeError:
        raise CannotMend("nobody knows what charset it is in") from None
    if "\ufffd" in text and b"\xef\xbf\xbd" not in message:
        raise CannotMend(f"its text is not in its charset {charset[:40]}")
    return found


def _attached(patch: Patch) -> Leaf | None:
    """The attachment that the patch was read from."""
    mail = patch.mail
    in_text = mail is None or "patch in an attachment" not in mail.oddities
    if in_text and mail is not None and _DIFF.search(mail.text.encode("utf-8", "replace")):
        return None
    leaves = read_tree(patch.raw).leaves
    return next((one for one in leaves if _is_patch(one) and _DIFF.search(one.data())), None)


def _is_patch(leaf: Leaf) -> bool:
    form = leaf.form
    return bool(_PATCH_TYPE.match(form.content_type) or _PATCH_NAME.search(form.filename))


def _joined(patch: Patch, attached: Leaf) -> bytes:
    """The text of the mail, and below it the attachment."""
    data = attached.data()
    if _OWN_HEAD.match(data):
        raise CannotMend("the attachment is a patch file of its own: send that")
    if b"\r\n" in data:
        if data.count(b"\r\n") != data.count(b"\n"):
            raise CannotMend("its file has carriage returns, which plain text does not keep")
        data = data.replace(b"\r\n", b"\n")
    above = _prose(patch, attached)
    found = _DIFF.search(data)
    message = data[: found.start()] if found else b""
    own = _utf8(message, attached.form.charset).decode()
    whole = "\n\n".join(one for one in (above, own.strip("\n")) if one)
    cut = "\n\n" if _CUT.search(whole) else "\n---\n\n"
    return f"{whole}{cut}".encode() + data[len(message) :]


def _prose(patch: Patch, attached: Leaf) -> str:
    """What a person wrote above the attachment, without signature."""
    for leaf in read_tree(patch.raw).leaves:
        form = leaf.form
        if form.content_type == "text/plain" and not form.is_attachment and not _is_patch(leaf):
            text = _utf8(leaf.data().replace(b"\r\n", b"\n"), form.charset).decode()
            if form.is_flowed:
                text = unflow(text, join=True, delete_space=form.deletes_space)
            return _SIGNATURE.split(f"{text}\n", maxsplit=1)[0].strip("\n")
    return ""
