# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys of DKIM from the name service, with a bound on how long all of that may take."""

from __future__ import annotations

from ipaddress import ip_address

import dns.exception
import dns.rdatatype
import dns.resolver

from maintainer_kit.errors import ConfigError

LIFETIME = 3.0
"""Seconds for one question, whatever the number of servers."""
_PATIENCE = 2
"""Questions without an answer, after which no more are asked: it is the network."""
_PORT = 53


class NoAnswer(Exception):
    """Nobody could say whether there is such a key."""


class DkimKeys:
    """Asks for TXT records, each once."""

    def __init__(self, server: str = "") -> None:
        """``server`` is ADDRESS or ADDRESS:PORT; empty for the system's. Raises ConfigError."""
        self._server = read_server(server) if server else None
        self._resolver: dns.resolver.Resolver | None = None
        self._known: dict[str, bytes | None] = {}
        self._unanswered: set[str] = set()

    def find(self, name: str) -> bytes | None:
        """The record that may be a key; None where there certainly is none.

        Raises NoAnswer.
        """
        if name in self._known:
            return self._known[name]
        if name in self._unanswered or len(self._unanswered) >= _PATIENCE:
            raise NoAnswer(f"no name server answered for {name}")
        try:
            self._known[name] = self._ask(name)
        except (dns.exception.DNSException, OSError) as error:
            self._unanswered.add(name)
            raise NoAnswer(f"no name server answered for {name}") from error
        return self._known[name]

    def _ask(self, name: str) -> bytes | None:
        resolver = self._resolver = self._resolver or self._make()
        try:
            answer = resolver.resolve(
                f"{name}.", dns.rdatatype.TXT, raise_on_no_answer=False, lifetime=LIFETIME
            )
        except dns.resolver.NXDOMAIN:
            return None
        found = sorted(b"".join(one.strings) for one in answer.rrset or ())
        return next((text for text in found if b"p=" in text), None)

    def _make(self) -> dns.resolver.Resolver:
        if self._server is None:
            return dns.resolver.Resolver()
        resolver = dns.resolver.Resolver(configure=False)
        address, port = self._server
        resolver.nameservers = [address]
        resolver.port = port
        return resolver


def read_server(text: str) -> tuple[str, int]:
    """``127.0.0.1:5353``, ``[::1]:5353``, or an address alone. Raises ConfigError."""
    address, colon, port = text.rpartition(":")
    if not colon or (":" in address and not address.startswith("[")):
        address, port = text, str(_PORT)
    try:
        return str(ip_address(address.strip("[]"))), int(port)
    except ValueError as error:
        raise ConfigError(
            f"mkit.dns is {text!r}, which is no address", "git config --global mkit.dns 127.0.0.1"
        ) from error
