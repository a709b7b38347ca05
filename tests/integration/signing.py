# SPDX-License-Identifier: GPL-2.0-or-later
"""Signed mail, and the name server that has the keys: what signs and what answers is real."""

from __future__ import annotations

import socketserver
import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import dkim
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import patatt
from nacl.signing import SigningKey

SELECTOR = "mail"
COVERED = ("from", "to", "subject", "date", "message-id", "in-reply-to", "references")
DEVELOPER = SigningKey(b"a developer's key, 32 bytes long")
FOREIGN = SigningKey(b"somebody else's key, 32 bytes is")


@cache
def domain_key(seed: bytes = b"the key of a domain, 32 bytes it") -> SigningKey:
    """The ed25519 key (RFC 8463) by which a test's domain signs."""
    return SigningKey(seed)


def record(key: SigningKey) -> str:
    """The TXT record of a domain's key."""
    return f"v=DKIM1; k=ed25519; p={b64encode(key.verify_key.encode()).decode()}"


def dkim_signed(
    raw: bytes,
    domain: str,
    *,
    key: SigningKey | None = None,
    covered: Sequence[str] = COVERED,
    selector: str = SELECTOR,
    length: bool = False,
) -> bytes:
    """A mail with a DKIM signature in front, as dkimpy makes it."""
    private = b64encode((key or domain_key()).encode())
    present = [one.encode() for one in covered if f"\n{one}:" in f"\n{raw.decode().lower()}"]
    value = dkim.sign(
        raw,
        selector.encode(),
        domain.encode(),
        private,
        signature_algorithm=b"ed25519-sha256",
        canonicalize=(b"relaxed", b"simple"),
        include_headers=present,
        length=length,
        linesep=b"\n",
    )
    return bytes(value) + raw


def patatt_signed(raw: bytes, identity: str, key: SigningKey = DEVELOPER) -> bytes:
    """A mail signed by patatt, as its own command does it."""
    message = patatt.PatattMessage(raw)
    message.sign("ed25519", b64encode(key.encode()), identity, "default")
    return message.as_bytes()


def keyring(place: Path, identity: str, key: SigningKey = DEVELOPER) -> Path:
    """A directory with a developer's public key, where patatt looks for it."""
    path = place / patatt.make_pkey_path("ed25519", identity, "default")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b64encode(key.verify_key.encode()) + b"\n")
    return place


class _Question(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        data, sock = self.request
        question = dns.message.from_wire(data)
        name = question.question[0].name.to_text(omit_final_dot=True).lower()
        self.server.asked.append(name)
        if self.server.is_silent:
            return
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        text = self.server.records.get(name)
        if text is None:
            answer.set_rcode(self.server.otherwise)
        else:
            owner = question.question[0].name
            answer.answer.append(dns.rrset.from_text(owner, 60, "IN", "TXT", f'"{text}"'))
        sock.sendto(answer.to_wire(), self.client_address)


class NameServer(socketserver.ThreadingUDPServer):
    """Answers for the names that it was given."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Question)
        self.records: dict[str, str] = {}
        self.asked: list[str] = []
        self.is_silent = False
        self.otherwise = dns.rcode.NXDOMAIN

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def publish(self, domain: str, key: SigningKey | None = None, selector: str = SELECTOR) -> None:
        """Give a domain a key."""
        self.records[f"{selector}._domainkey.{domain}"] = record(key or domain_key())


@contextmanager
def name_server() -> Iterator[NameServer]:
    """A name server on this machine."""
    with NameServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)
