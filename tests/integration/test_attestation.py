# SPDX-License-Identifier: GPL-2.0-or-later
"""Signatures of mail: real ones, whose keys a real name server and a keyring hold."""

from __future__ import annotations

import re
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dkim
import dns.rcode
import pytest

from maintainer_kit.adapters.attest.dkim_keys import read_server
from maintainer_kit.adapters.attest.dkim_signature import is_aligned
from maintainer_kit.adapters.attest.verifier import MailVerifier
from maintainer_kit.errors import ConfigError
from maintainer_kit.workflow.orders.attestation import Attestation, Verdict
from tests.build import BO, edit, reply
from tests.integration.signing import (
    COVERED,
    DEVELOPER,
    FOREIGN,
    NameServer,
    dkim_signed,
    domain_key,
    keyring,
    name_server,
    patatt_signed,
)

DOMAIN = "shale.example"
SENDER = "bo@shale.example"
SAYS = reply("one@made.example", "Fine.\n\npw-bot: accepted\n", sender=BO, message_id="two@x")


@pytest.fixture
def names() -> Iterator[NameServer]:
    with name_server() as server:
        server.publish(DOMAIN)
        yield server


def by_dkim(raw: bytes, names: NameServer) -> Attestation:
    return MailVerifier(names.address).verify(raw)[0]


def by_patatt(raw: bytes, place: Path | str) -> Attestation:
    return MailVerifier("127.0.0.1:1", [str(place)]).verify(raw)[1]


def test_dkim_of_the_senders_domain(names: NameServer) -> None:
    found = by_dkim(dkim_signed(SAYS, DOMAIN), names)
    assert (found.verdict, found.identity) == (Verdict.GOOD, SENDER)
    assert found.covers == frozenset(COVERED)
    assert found.why == f"DKIM, {DOMAIN}"
    assert abs(found.time - time.time()) < 60


def test_ends_of_lines_do_not_matter(names: NameServer) -> None:
    raw = dkim_signed(SAYS, DOMAIN)
    assert by_dkim(raw.replace(b"\n", b"\r\n"), names).verdict is Verdict.GOOD
    assert by_dkim(b"From bo Mon Jan  5 09:00:00 2026\n" + raw, names).verdict is Verdict.GOOD


def test_rsa_too(names: NameServer, tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    needs_tool("openssl")
    pem, public = rsa_key(tmp_path, 2048)
    names.records["rsa._domainkey.shale.example"] = f"v=DKIM1; k=rsa; p={public}"[:255]
    names.records["rsa._domainkey.shale.example"] = (
        f'v=DKIM1; k=rsa; p={public[:200]}" "{public[200:]}'
    )
    headers = [one.encode() for one in COVERED]
    value = dkim.sign(SAYS, b"rsa", DOMAIN.encode(), pem, include_headers=headers, linesep=b"\n")
    assert by_dkim(value + SAYS, names).verdict is Verdict.GOOD
    assert by_dkim(value + SAYS.replace(b"Fine", b"Fain"), names).verdict is Verdict.BAD


def rsa_key(place: Path, bits: int) -> tuple[bytes, str]:
    """A private key as PEM, and the public one as a record has it."""
    private = place / "rsa.pem"
    make = ["openssl", "genrsa", "-traditional", "-out", str(private), str(bits)]
    subprocess.run(make, check=True, capture_output=True, timeout=60)
    told = ["openssl", "rsa", "-in", str(private), "-pubout", "-outform", "DER"]
    der = subprocess.run(told, check=True, capture_output=True, timeout=60).stdout
    return private.read_bytes(), b64encode(der).decode()


def altered(old: bytes, new: bytes, raw: bytes = SAYS) -> bytes:
    signed = dkim_signed(raw, DOMAIN)
    assert old in signed
    return signed.replace(old, new)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (altered(b"pw-bot: accepted", b"pw-bot: rejected"), "body hash mismatch"),
        (altered(b"\npw-bot", b"\nMore.\npw-bot"), "body hash mismatch"),
        (altered(BO.encode(), b"Ada <ada@shale.example>"), "does not hold"),
        (altered(b"<one@made.example>", b"<other@made.example>"), "does not hold"),
        (altered(b"From: Bo", b"From: Eve <eve@shale.example>\nFrom: Bo"), "several from"),
        (altered(b"To: ", b"Date: Mon, 5 Jan 2026 09:00:00 +0000\nTo: "), "several date"),
        (altered(b"To: ", b"X: a\rFrom: eve@shale.example\nTo: "), "control characters"),
        (altered(b"To: ", b"no field\nTo: "), "no field"),
        (dkim_signed(SAYS, DOMAIN, length=True), "only the beginning"),
        (dkim_signed(SAYS, DOMAIN, length=True) + b"pw-bot: rejected\n", "only the beginning"),
        (dkim_signed(SAYS, DOMAIN, selector="gone"), "gone._domainkey.shale.example holds no key"),
        (dkim_signed(SAYS, DOMAIN).replace(b"a=ed25519-sha256", b"a=rsa-sha1"), "no longer safe"),
        (dkim_signed(SAYS, DOMAIN).replace(b"v=1", b"v=1; x=1000000000", 1), "x= value is past"),
        (dkim_signed(SAYS, DOMAIN).replace(b"v=1", b"v=1; v=1", 1), "cannot be read"),
    ],
)
def test_dkim_that_does_not_hold(raw: bytes, why: str, names: NameServer) -> None:
    found = by_dkim(raw, names)
    assert found.verdict is Verdict.BAD
    assert why in found.why
    assert not found.identity


class Expired(dkim.DKIM):  # type: ignore[misc]
    """Signs with an end that is over."""

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **more: Any) -> bytes:
        times = {b"t": b"1690000000"}
        given = [(name, times.get(name, value)) for name, value in fields]
        given.insert(1, (b"x", b"1700000000"))
        return bytes(super().gen_header(given, *rest, **more))


def test_expired_as_its_signer_said(names: NameServer) -> None:
    """The header was not changed: the signature itself says until when it holds."""
    signer = Expired(SAYS, signature_algorithm=b"ed25519-sha256", linesep=b"\n")
    private = b64encode(domain_key().encode())
    headers = [one.encode() for one in COVERED]
    value = signer.sign(b"mail", DOMAIN.encode(), private, include_headers=headers)
    found = by_dkim(value + SAYS, names)
    assert (found.verdict, "x= value is past" in found.why) == (Verdict.BAD, True)


def test_another_domains_signature_says_nothing(names: NameServer) -> None:
    names.publish("evil.example", FOREIGN)
    found = by_dkim(dkim_signed(SAYS, "evil.example", key=FOREIGN), names)
    assert found.verdict is Verdict.NONE
    assert found.why == "DKIM signature of evil.example, not of shale.example"
    assert by_dkim(SAYS, names) == Attestation("dkim", Verdict.NONE, why="no DKIM signature")


def test_the_senders_own_among_several(names: NameServer) -> None:
    """A list signs what it passes on."""
    names.publish("lists.example", FOREIGN)
    raw = dkim_signed(dkim_signed(SAYS, DOMAIN), "lists.example", key=FOREIGN)
    assert by_dkim(raw, names).verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("signer", "domain", "aligned"),
    [
        ("shale.example", "shale.example", True),
        ("Shale.Example.", "shale.example", True),
        ("shale.example", "lab.shale.example", True),
        ("lab.shale.example", "shale.example", False),
        ("example", "shale.example", False),
        ("hale.example", "shale.example", False),
        ("", "shale.example", False),
    ],
)
def test_alignment(signer: str, domain: str, aligned: bool) -> None:
    assert is_aligned(signer, domain) is aligned


def test_no_answer_is_neither_good_nor_bad(names: NameServer) -> None:
    names.otherwise = dns.rcode.SERVFAIL
    raw = dkim_signed(SAYS, DOMAIN, selector="other")
    found = by_dkim(raw, names)
    assert found.verdict is Verdict.UNKNOWN
    assert "no name server answered" in found.why


def test_a_silent_name_server_is_not_waited_for_long(names: NameServer) -> None:
    names.is_silent = True
    verifier = MailVerifier(names.address)
    start = time.monotonic()
    for number in range(20):
        raw = dkim_signed(SAYS, DOMAIN, selector=f"s{number}")
        assert verifier.verify(raw)[0].verdict is Verdict.UNKNOWN
    assert time.monotonic() - start < 20
    assert len(set(names.asked)) <= 4


def test_each_key_is_asked_for_once(names: NameServer) -> None:
    verifier = MailVerifier(names.address)
    for _ in range(3):
        assert verifier.verify(dkim_signed(SAYS, DOMAIN))[0].verdict is Verdict.GOOD
    assert names.asked == ["mail._domainkey.shale.example"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p=",
        "v=DKIM1; k=ed25519; p=",
        "v=DKIM1; k=ed25519; p=AAAA",
        "v=DKIM1; k=rsa; p=!!",
        "v=DKIM1; k=rsa; p=MAA=",
        "v=DKIM2; k=ed25519; p=AAAA",
        "v=DKIM1; k=none; p=AAAA",
        "p; p=; =",
        "v=DKIM1; k=ed25519; p=" + "A" * 200,
    ],
)
def test_keys_that_are_none(text: str, names: NameServer) -> None:
    names.records["mail._domainkey.shale.example"] = text
    assert by_dkim(dkim_signed(SAYS, DOMAIN), names).verdict is Verdict.BAD


@pytest.mark.parametrize("tag", [b"a", b"b", b"bh", b"c", b"d", b"h", b"i", b"q", b"s", b"t", b"v"])
@pytest.mark.parametrize("value", [b"", b"\xff\xfe", b"=", b"x" * 500, b"1:2/3@4", b"../..", b";"])
def test_a_hostile_signature_is_only_bad(tag: bytes, value: bytes, names: NameServer) -> None:
    raw = dkim_signed(SAYS, DOMAIN)
    head, gap, rest = raw.partition(b"\nFrom:")
    field = re.compile(rb"([:;]\s*)" + tag + rb"=[^;]*")
    old = field.search(head)
    new = (old[1] if old else b"; ") + tag + b"=" + value
    head = head.replace(old[0], new) if old else head.replace(b";", new + b";", 1)
    assert by_dkim(head + gap + rest, names).verdict in (Verdict.BAD, Verdict.NONE)


@pytest.mark.parametrize("text", ["nowhere", "1.2.3.4.5", "127.0.0.1:x", "[::1]:5:5", ":53"])
def test_what_is_no_name_server(text: str) -> None:
    with pytest.raises(ConfigError):
        read_server(text)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("127.0.0.1", ("127.0.0.1", 53)),
        ("127.0.0.1:5353", ("127.0.0.1", 5353)),
        ("::1", ("::1", 53)),
        ("[::1]:5353", ("::1", 5353)),
    ],
)
def test_name_servers(text: str, server: tuple[str, int]) -> None:
    assert read_server(text) == server


def test_patatt_by_a_key_of_the_keyring(tmp_path: Path) -> None:
    found = by_patatt(patatt_signed(SAYS, SENDER), keyring(tmp_path, SENDER))
    assert (found.verdict, found.identity) == (Verdict.GOOD, SENDER)
    assert found.covers == {"from", "title", "message-id"}
    assert abs(found.time - time.time()) < 60


def test_patatt_by_a_key_in_git(tmp_path: Path) -> None:
    keyring(tmp_path / ".keys", SENDER)
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "keys"]):
        who = ["-c", "user.name=Bo", "-c", f"user.email={SENDER}"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, timeout=30)
    place = f"ref:{tmp_path}:refs/heads/main:.keys"
    assert by_patatt(patatt_signed(SAYS, SENDER), place).verdict is Verdict.GOOD


def test_patatt_needs_a_repository_that_is_named() -> None:
    with pytest.raises(ConfigError, match="names no repository"):
        by_patatt(patatt_signed(SAYS, SENDER), "ref::refs/heads/main:.keys")


def spoilt(old: bytes, new: bytes) -> bytes:
    signed = patatt_signed(SAYS, SENDER)
    assert old in signed
    return signed.replace(old, new)


@pytest.mark.parametrize(
    ("raw", "verdict", "why"),
    [
        (spoilt(b"pw-bot: accepted", b"pw-bot: rejected"), Verdict.BAD, "text was changed"),
        (spoilt(b"something", b"anything"), Verdict.BAD, "does not hold"),
        (spoilt(b"<two@x>", b"<three@x>"), Verdict.BAD, "does not hold"),
        (spoilt(b"From: Bo Reviewer", b"From: Ada"), Verdict.BAD, "does not hold"),
        (spoilt(SENDER.encode() + b">", b"ada@shale.example>"), Verdict.NONE, "of the sender"),
        (patatt_signed(SAYS, SENDER, FOREIGN), Verdict.BAD, "does not hold"),
        (patatt_signed(SAYS, "eve@shale.example"), Verdict.NONE, "of the sender"),
        (SAYS, Verdict.NONE, "no patatt signature"),
    ],
)
def test_patatt_that_does_not_hold(raw: bytes, verdict: Verdict, why: str, tmp_path: Path) -> None:
    found = by_patatt(raw, keyring(tmp_path, SENDER))
    assert (found.verdict, found.identity) == (verdict, "")
    assert why in found.why


def test_what_stands_behind_the_signature_is_not_signed(tmp_path: Path) -> None:
    """base64 passes over what is no letter of it, and a later field would hide an earlier one."""
    signed = patatt_signed(SAYS, SENDER)
    head, gap, body = signed.partition(b"\n\n")
    at = head.index(b"X-Developer-Key")
    forged = head[: at - 1] + b"\n ; t=4000000000\n" + head[at:] + gap + body
    found = by_patatt(forged, keyring(tmp_path, SENDER))
    assert found.verdict is Verdict.BAD


def test_a_from_in_the_text_is_not_the_sender(tmp_path: Path) -> None:
    """Of a mail with a patch patatt signs the author as git reads him, and From could be any."""
    body = f"From: Ada <ada@quarry.example>\n\nFine.\n---\n{edit()}"
    raw = reply("one@made.example", body, sender=BO, message_id="two@x")
    found = by_patatt(patatt_signed(raw, SENDER), keyring(tmp_path, SENDER))
    assert (found.verdict, "a From in the text" in found.why) == (Verdict.BAD, True)


def test_the_text_that_is_signed_is_told(tmp_path: Path) -> None:
    """git passes over some lines: whoever adds them breaks no signature."""
    signed = patatt_signed(SAYS, SENDER).replace(b"\n\nFine", b"\n\nSubject: more\n\nFine")
    found = by_patatt(signed, keyring(tmp_path, SENDER))
    assert found.text == b"Fine.\r\n\r\npw-bot: accepted\r\n"
    assert found.verdict is Verdict.GOOD


def test_no_key_of_the_sender(tmp_path: Path) -> None:
    found = by_patatt(patatt_signed(SAYS, SENDER), keyring(tmp_path, "eve@shale.example"))
    assert (found.verdict, found.why) == (Verdict.NONE, f"no key of {SENDER} in mkit.keyring")


def test_no_path_leads_out_of_the_keyring(tmp_path: Path) -> None:
    """A selector is a part of a path."""
    inside = keyring(tmp_path / "keys", "eve@shale.example")
    (tmp_path / "outside").write_bytes(b64encode(DEVELOPER.verify_key.encode()))
    signed = patatt_signed(SAYS, SENDER).replace(b"s=default", b"s=..")
    assert by_patatt(signed, inside).verdict is Verdict.NONE
