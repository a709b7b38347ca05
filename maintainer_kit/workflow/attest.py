# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed patches: verified from the bytes that came in, and kept once it is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import islice

from maintainer_kit.config import ATTEST_OFF
from maintainer_kit.errors import NotFound, StateError
from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS, without_footer
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.attested import KINDS, Attested, Attester, Kept, Signed, Word, signed
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict, best_of
from maintainer_kit.workflow.records import Record
from maintainer_kit.workflow.stores import Stores

_BATCH = 50
_MOST_COPIES = 8
_MOST_SHOWN = 500
"""Patches of a topic that are looked at when it is shown, the newest first."""
_MOST_ARRIVED = 200
_NEVER = 1 << 62
_FACTS = frozenset({Verdict.GOOD, Verdict.BAD})


def topic_attestations(stores: Stores, topic: Topic) -> dict[str, Attested]:
    """What is known of the patches of a topic, or can be told at once: no name server is asked."""
    if stores.settings.attest == ATTEST_OFF:
        return {}
    newest = (one for revision in reversed(topic.revisions) for one in revision.series.patches)
    ids = islice((patch.message_id for patch in newest if patch), _MOST_SHOWN)
    return attest_patches(stores, list(ids))


def attest_patches(
    stores: Stores, message_ids: Sequence[str], *, online: bool = False, again: bool = False
) -> dict[str, Attested]:
    """What the signatures of patches say, in their order; of mails that are not here nothing.

    Only ``online`` name servers are asked, for what is not known yet; with ``again`` what is known
    is verified anew.
    """
    if stores.attester is None:
        return {}
    room = _Room(stores, stores.attester(), online, again)
    found: dict[str, Attested] = {}
    for batch in batched(dict.fromkeys(message_ids), _BATCH):
        found.update(room.attest(batch))
    return found


def attest_arrivals(stores: Stores, is_time_left: Callable[[], bool]) -> int:
    """Verify the patches that came in since the last time, the newest first, name servers asked;
    how many. What there is no time for is verified once somebody asks."""
    if stores.attester is None:
        return 0
    kept = stores.attester().kept
    revision = stores.index.revision()
    since = kept.looked_through(revision.uuid)
    if since >= revision.lastmod:
        return 0
    done = 0
    arrived = _patches_since(stores, since)
    for batch in batched(arrived[:_MOST_ARRIVED], _BATCH // 5):
        if not is_time_left():
            break
        done += len(attest_patches(stores, batch, online=True))
    kept.set_looked_through(revision.uuid, revision.lastmod)
    return done


def _patches_since(stores: Stores, lastmod: int) -> list[str]:
    found: list[tuple[int, str]] = []
    for batch in batched(stores.index.changed(lastmod), 1000):
        records = stores.catalogue.records([one.message_id for one in batch]).values()
        messages = (one.message for one in records)
        found += ((-one.date, one.message_id) for one in messages if one.kind is Kind.PATCH)
    return [message_id for _, message_id in sorted(found)]


class _Room:
    """Where patches are verified, a batch at a time."""

    def __init__(self, stores: Stores, attester: Attester, online: bool, again: bool) -> None:
        self._stores = stores
        self._attester = attester
        self._online = online
        self._again = again
        self._seen = stores.clock() // 1_000_000
        self._new: list[tuple[str, Kept]] = []

    def attest(self, message_ids: Collection[str]) -> dict[str, Attested]:
        records = self._stores.catalogue.records(message_ids)
        copies = {one: list(self._copies(record)) for one, record in records.items()}
        marks = {_mark(raw) for raws in copies.values() for raw in raws}
        known = self._attester.kept.find(marks)
        found = {
            one: self._judge(records[one], copies[one], known)
            for one in message_ids
            if one in records
        }
        self._keep()
        return found

    def _copies(self, record: Record) -> Iterator[bytes]:
        """The files that hold the mail that is shown: others may have come under its Message-ID."""
        contents = {file.fingerprint[:CONTENT_DIGITS] for file in record.files}
        raws: list[bytes] = []
        for file in record.files[:_MOST_COPIES]:
            with suppress(NotFound):
                raws.append(self._stores.folder.read(file.path))
        return iter(raws) if len(contents) < 2 else _speaking(raws, record.message.message_id)

    def _judge(
        self, record: Record, raws: Sequence[bytes], known: Mapping[str, Mapping[str, Kept]]
    ) -> Attested:
        if not raws:
            gone = Signed(KINDS[0], Word.UNVERIFIED, why="no file of it is left")
            return Attested((gone,))
        each = [self._verify(raw, known.get(_mark(raw), {})) for raw in raws]
        people = (record.message.submitter.key, record.message.author.key)
        return Attested(tuple(_best([one[kind] for one in each], people) for kind in KINDS))

    def _verify(self, raw: bytes, known: Mapping[str, Kept]) -> dict[str, Kept]:
        found = {kind: one for kind, one in known.items() if one.attestation.verdict in _FACTS}
        wanted = [kind for kind in KINDS if self._again or kind not in found]
        if not wanted:
            return found
        known = dict(found)
        for one in self._attester.verifier.verify(raw, wanted, online=self._online):
            old = known.get(one.kind)
            if old and _outlives(old.attestation, one):
                continue
            kept = found[one.kind] = Kept(_explained(one, raw), self._seen)
            if one.verdict in _FACTS or old:
                self._new.append((_mark(raw), kept))
        return found

    def _keep(self) -> None:
        """What no name server was asked for can be told again, so that a full disk hides nothing
        from who only reads."""
        new, self._new = self._new, []
        try:
            self._attester.kept.add(new)
        except StateError:
            if self._online:
                raise


def _mark(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _speaking(raws: Sequence[bytes], message_id: str) -> Iterator[bytes]:
    """Those with the content of the one that speaks: see ``choose_speaker``."""
    read = [(understand(raw, message_id), raw) for raw in raws]
    if not read:
        return
    first, _ = min(read, key=lambda one: (one[0].message.date or _NEVER, one[0].fingerprint))
    content = first.fingerprint[:CONTENT_DIGITS]
    yield from (raw for copy, raw in read if copy.fingerprint[:CONTENT_DIGITS] == content)


def _outlives(old: Attestation, new: Attestation) -> bool:
    """Whether what was found before still counts. A key of DKIM may have gone, or changed, since a
    signature held; keys of patatt are at hand, and whoever takes one away wants it so."""
    if old.kind != "dkim":
        return False
    return new.verdict not in _FACTS or (old.verdict, new.verdict) == (Verdict.GOOD, Verdict.BAD)


def _best(found: Sequence[Kept], people: Collection[str]) -> Signed:
    """Of several copies the one that says most: a list changes its own only."""
    best = best_of(one.attestation for one in found)
    seen = next(one.seen for one in found if one.attestation is best)
    return signed(best, seen, people)


def _explained(found: Attestation, raw: bytes) -> Attestation:
    """With a guess at who changed the mail, where it came through a list."""
    if found.cause not in (Cause.BODY, Cause.HEADER):
        return found
    mail = read_mail(raw)
    if found.cause is Cause.HEADER:
        guess = "a list's change of Subject or From?" if mail.header("list-id") else ""
    elif without_footer(mail.text) != mail.text:
        guess = "the body was changed on the way: a list added a footer"
    else:
        through = ": a list's footer?" if mail.header("list-id") else ""
        guess = f"the body was changed on the way{through}"
    return replace(found, why=f"{found.why} ({guess})") if guess else found
