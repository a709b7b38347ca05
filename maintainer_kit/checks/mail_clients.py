# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail clients by the headers they leave, and which of their settings spares a patch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern

if TYPE_CHECKING:
    from maintainer_kit.model.mail.mail import Mail

_MAX_FIELD = 400


class Damage(StrEnum):
    """What a client does to a patch."""

    FLOWED = "flowed"
    WRAPPED = "wrapped"
    SPACES = "spaces"
    """Tabs, or the space in front of context lines, became something else."""
    HTML = "html"
    ENCODED = "encoded"
    ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class Client:
    """A mail client, and how it is to be set up."""

    name: str
    settings: Mapping[Damage, str] = field(default_factory=dict)
    """What to set against a damage, as a command."""
    otherwise: str = ""
    """What to do against the damages that have no setting of their own."""

    def setting(self, damage: Damage) -> str:
        return self.settings.get(damage, self.otherwise)


_PLAIN_THUNDERBIRD = "write plain text: Account Settings, Composition, no 'Compose in HTML'"
_NO_WRAP_THUNDERBIRD = (
    "set mailnews.wraplength to 0 and mailnews.send_plaintext_flowed to false in the Config Editor"
)
_PREFORMATTED = "set the paragraph style to Preformatted and use Insert, Text File"
_NOT_FOR_PATCHES = "it cannot send patches unchanged; give the work to git send-email or b4 send"

_THUNDERBIRD = Client(
    "Thunderbird",
    {
        Damage.HTML: _PLAIN_THUNDERBIRD,
        Damage.ENCODED: "set mail.strictly_mime to false in the Config Editor",
        Damage.ATTACHED: "put the patch into the text (an external editor keeps it unchanged)",
    },
    _NO_WRAP_THUNDERBIRD,
)
_GIT = Client(
    "git send-email",
    {
        Damage.WRAPPED: "leave what git format-patch wrote as it is: edit nothing below '---'",
        Damage.ENCODED: "unset sendemail.transferEncoding, or set it to auto",
    },
    "the client did no harm; look at the file that was sent and the server that it went through",
)
_SIGNS: tuple[tuple[re.Pattern[str], Client], ...] = tuple(
    (lazy_pattern(sign, re.IGNORECASE), client)
    for sign, client in (
        ("git-send-email", _GIT),
        (r"\bb4\b", Client("b4", otherwise=_GIT.otherwise)),
        ("thunderbird|betterbird|icedove", _THUNDERBIRD),
        ("mozilla", _THUNDERBIRD),
        (
            "evolution",
            Client("Evolution", {Damage.HTML: "compose as Plain Text"}, _PREFORMATTED),
        ),
        (
            "k-?mail",
            Client(
                "KMail",
                {Damage.HTML: "switch HTML formatting off in the Options menu"},
                "switch Word Wrap off in the Options menu and insert the patch from a file",
            ),
        ),
        (
            "claws|sylpheed",
            Client(
                "Claws Mail",
                {Damage.ENCODED: "set the transfer encoding to 8bit in the preferences"},
                "switch automatic wrapping off and use Insert File instead of paste",
            ),
        ),
        (
            r"\balpine\b|\bpine\b",
            Client(
                "Alpine",
                {Damage.FLOWED: "enable quell-flowed-text"},
                "enable no-strip-whitespace-before-send and quell-flowed-text",
            ),
        ),
        ("neomutt", Client("NeoMutt", {Damage.FLOWED: "unset text_flowed"})),
        ("mutt", Client("Mutt", {Damage.FLOWED: "unset text_flowed"})),
        (
            "gnus|emacs",
            Client(
                "Gnus",
                {Damage.FLOWED: "set fill-flowed-encode-column to nil and use no hard newlines"},
                "insert the patch as inline part with encoding 8bit (mml-insert-part)",
            ),
        ),
        (
            "lotus|notes|hcl domino",
            Client("Lotus Notes", otherwise=_NOT_FOR_PATCHES),
        ),
        (
            "outlook|microsoft-mac|exchange",
            Client("Outlook", otherwise=_NOT_FOR_PATCHES),
        ),
        (
            "apple mail|iphone mail|ipad mail|macoutlook",
            Client(
                "Apple Mail",
                {Damage.HTML: "choose Format, Make Plain Text"},
                _NOT_FOR_PATCHES,
            ),
        ),
        (
            "roundcube",
            Client(
                "Roundcube",
                {Damage.HTML: "set Compose HTML messages to never"},
                "switch off format=flowed and line wrapping in the server's settings "
                "(send_format_flowed, line_length), or do not use it for patches",
            ),
        ),
        (
            "squirrelmail|horde|zimbra|rainloop|webmail|coremail|web ?mail",
            Client("the web mail", otherwise=_NOT_FOR_PATCHES),
        ),
        ("foxmail", Client("Foxmail", otherwise=_NOT_FOR_PATCHES)),
        ("k-9|fairemail|android|mobile", Client("the phone's mail", otherwise=_NOT_FOR_PATCHES)),
        ("yahoo|ymail|webservice/", Client("Yahoo Mail", otherwise=_NOT_FOR_PATCHES)),
    )
)
_GMAIL = Client("Gmail on the web", otherwise=_NOT_FOR_PATCHES)
_PROTON = Client("Proton Mail", otherwise=_NOT_FOR_PATCHES)
_EXCHANGE = Client("Outlook or an Exchange server", otherwise=_NOT_FOR_PATCHES)
_NAMES = ("user-agent", "x-mailer", "x-newsreader")
# Clients that do not name themselves are known by the form of their ids.
_GMAIL_ID = lazy_pattern(r"<CA[\w+=.-]{8,120}@mail\.gmail\.com>")
_PROTON_ID = lazy_pattern(r"@(?:protonmail\.(?:com|ch)|proton\.me|pm\.me)>")
_EXCHANGE_ID = lazy_pattern(
    r"@[\w.-]{1,120}\.(?:prod\.outlook\.com|prod\.exchangelabs\.com)>", re.I
)
_EXCHANGE_HEADERS = (
    "thread-index",
    "x-ms-tnef-correlator",
    "x-ms-exchange-transport-fromentityheader",
)


def client_of(mail: Mail) -> Client | None:
    """The client that wrote a mail, by its headers; None when they do not tell."""
    named = " ".join(mail.raw_header(name)[:_MAX_FIELD] for name in _NAMES).strip()
    if named:
        return next((client for sign, client in _SIGNS if sign.search(named)), None)
    message_id = mail.raw_header("message-id")[:_MAX_FIELD]
    if _GMAIL_ID.search(message_id):
        return _GMAIL
    if _PROTON_ID.search(message_id):
        return _PROTON
    if _EXCHANGE_ID.search(message_id) or any(one in mail.headers for one in _EXCHANGE_HEADERS):
        return _EXCHANGE
    return None


def advice(mail: Mail | None, damage: Damage, words: str) -> str:
    """``words``, what mends a damage, and what to set in the client that did it."""
    client = client_of(mail) if mail else None
    setting = client.setting(damage) if client else ""
    if client is None:
        return words
    return f"{words}; sent with {client.name}: {setting}" if setting else words
