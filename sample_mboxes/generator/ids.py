# SPDX-License-Identifier: GPL-2.0-or-later
"""Dates and Message-IDs: each a function of its place in the script and of nothing else."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone

from sample_mboxes.generator.cast import Person

YEAR = "2026"


def token(seed: str, length: int) -> str:
    """Hexadecimal digits that look random."""
    return hashlib.sha256(seed.encode()).hexdigest()[:length]


def number(seed: str, low: int, high: int) -> int:
    """A number in [low, high] that looks random."""
    return low + int(token(seed, 12), 16) % (high - low + 1)


def moment(text: str, person: Person, seed: str) -> datetime:
    """A date such as `01-12T09:14` on the person's clock; seconds are made up."""
    if re.match(r"\d\d-", text):
        text = f"{YEAR}-{text}"
    sign = -1 if person.zone[0] == "-" else 1
    offset = timedelta(hours=int(person.zone[1:3]), minutes=int(person.zone[3:]))
    when = datetime.fromisoformat(text).replace(tzinfo=timezone(sign * offset))
    return when if when.second else when + timedelta(seconds=number(seed, 1, 57))


def send_email_id(first: datetime, person: Person, index: int) -> str:
    """As git send-email makes them: one stem and process for the whole posting."""
    stamp = first.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    process = number(f"{stamp}{person.email}", 1200, 98000)
    return f"{stamp}.{process}-{index}-{person.email}"


def b4_id(first: datetime, person: Person, slug: str, revision: int, index: int) -> str:
    """As `b4 send` makes them."""
    domain = person.email.partition("@")[2]
    tail = token(f"{slug} v{revision}", 12)
    return f"{first:%Y%m%d}-{slug}-v{revision}-{index}-{tail}@{domain}"


def mailer_id(when: datetime, person: Person, ref: str) -> str:
    """As the person's mailer makes them."""
    domain = person.email.partition("@")[2]
    seed = f"{ref} {person.email}"
    if "Mutt" in person.mailer or "aerc" in person.mailer:
        return f"{when:%Y%m%d%H%M}.{token(seed, 12)}@{domain}"
    if "Android" in person.mailer:
        return f"CA+{token(seed, 22)}={token(seed + '+', 8)}@mail.{domain}"
    if "Alpine" in person.mailer:
        return f"alpine.LNX.2.26.{when:%y%m%d%H%M}.{number(seed, 100, 9999)}@{domain}"
    grown = token(seed, 32)
    return "-".join((grown[:8], grown[8:12], grown[12:16], grown[16:20], grown[20:])) + f"@{domain}"
