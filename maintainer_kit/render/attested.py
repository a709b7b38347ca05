# SPDX-License-Identifier: GPL-2.0-or-later
"""What the signatures of patches say, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.envelope import Json, envelope, utc

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.workflow.attested import Attested, ByPatch, Signed

_UNSIGNED = "not signed"
_WORDS = {"unverified": "could not verify"}


def signed_words(one: Signed) -> str:
    """What one kind of signature says."""
    word = _WORDS.get(one.word.value, one.word.value)
    if one.word.value == "good":
        key = f", key {one.key}" if one.key else ""
        name = one.kind.upper() if one.kind == "dkim" else one.kind
        return visible_line(f"{word}: {name} by {one.identity}{key}")
    return visible_line(f"{word}: {one.why or _UNSIGNED}")


def attested_lines(found: Attested) -> Iterator[str]:
    """What speaks for a patch, then what else was found."""
    leading = found.leading
    yield signed_words(leading)
    for one in found.signatures:
        if one is not leading and one.word.value != "none":
            yield f"also {signed_words(one)}"


def patch_attested(attested: ByPatch, message_id: str, indent: str) -> Iterator[str]:
    """Lines of a patch in ``mkit show``; none where nobody signed any patch of its topic."""
    found = attested.get(message_id)
    if found and not _is_silent(attested):
        yield from (f"{indent}attested: {words}" for words in attested_lines(found))


def attested_summary(attested: ByPatch) -> Iterator[str]:
    """A line of the head of ``mkit show``."""
    if not _is_silent(attested):
        yield f"  attested   {summary_words(attested)}"


def summary_words(attested: ByPatch) -> str:
    """How many patches there are of each word."""
    counts = _counts(attested).items()
    return ", ".join(f"{number} {_WORDS.get(word, word)}" for word, number in counts if number)


def _is_silent(attested: ByPatch) -> bool:
    return all(one.is_unsigned for one in attested.values())


def _counts(attested: ByPatch) -> dict[str, int]:
    from maintainer_kit.workflow.attested import count_words

    return {word.value: number for word, number in count_words(attested.values()).items()}


def attestation_json(found: Attested) -> Json:
    """What speaks for a patch, and each kind of signature."""
    return {
        **_signed_json(found.leading),
        "signatures": [_signed_json(one) for one in found.signatures],
    }


def _signed_json(one: Signed) -> Json:
    return {
        "verdict": one.word.value,
        "kind": one.kind,
        "identity": one.identity or None,
        "why": one.why or _UNSIGNED,
        "key": one.key or None,
        "signed": utc(one.time),
    }


def attestations_json(attested: ByPatch) -> Json:
    """By Message-ID, for ``show``."""
    return {message_id: attestation_json(found) for message_id, found in attested.items()}


def attest_json(attested: ByPatch, messages: Mapping[str, Message]) -> Json:
    """What ``mkit attest`` found."""
    listed = [
        {
            "message_id": message_id,
            "subject": messages[message_id].full_subject,
            "attestation": attestation_json(found),
        }
        for message_id, found in attested.items()
    ]
    return envelope(patches=listed, summary=_counts(attested))


def attest_text(attested: ByPatch, messages: Mapping[str, Message]) -> Sequence[str]:
    """The same for people: the word, the patch, and why."""
    lines: list[str] = []
    for message_id, found in attested.items():
        word = _WORDS.get(found.word.value, found.word.value)
        lines.append(f"{word:<16}  {visible_line(messages[message_id].full_subject)}")
        lines += [f"    {words}" for words in attested_lines(found)]
    return [*lines, summary_words(attested)]
