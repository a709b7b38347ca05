# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest as a mail to oneself, ready for ``sendmail -t``."""

from __future__ import annotations

from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from hashlib import sha256

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import count_of, storable, visible_line
from maintainer_kit.render.digest_text import digest_text
from maintainer_kit.workflow.digest.mark import OWN
from maintainer_kit.workflow.digest.parts import Digest, Part

_WIDTH = 76
_POLICY = default.clone(linesep="\n", cte_type="7bit")


def digest_mail(digest: Digest, me: Person) -> bytes:
    """Header and text, in ASCII, lines ended by a line feed.

    No word of another's mail is in its header. Raises ConfigError where ``me`` has no address that
    a mail can be sent to.
    """
    message = EmailMessage(policy=_POLICY)
    own = _address(me)
    message["From"] = own
    message["To"] = own
    message["Subject"] = f"mkit digest: {summary(digest)}"
    message["Date"] = format_datetime(datetime.fromtimestamp(digest.now, UTC))
    message["Message-ID"] = f"<{_message_id(digest, own)}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = digest_text(digest, _WIDTH, is_public=True)
    text = storable("\n".join(lines)) + "\n"
    message.set_content(text, charset="utf-8", cte="7bit" if text.isascii() else "quoted-printable")
    return message.as_bytes()


def summary(digest: Digest) -> str:
    """``3 wait for you, 14 new mails``."""
    totals = {section.part: section.total for section in digest.sections}
    waiting = totals.get(Part.WAITING, 0)
    found = [f"{waiting} {'waits' if waiting == 1 else 'wait'} for you"] if waiting else []
    if digest.mails:
        found.append(count_of(digest.mails, "new mail"))
    woken = totals.get(Part.WOKEN, 0)
    if woken:
        found.append(f"{woken} back")
    return ", ".join(found) or "what else there is"


def _address(me: Person) -> Address:
    name = visible_line(storable(me.name))
    try:
        return Address(display_name=name, addr_spec=me.address)
    except (MessageError, ValueError, IndexError) as error:
        raise ConfigError(
            f"mkit.me is {me.address!r}, to which no mail can be sent",
            "git config --global mkit.me ADDRESS",
        ) from error


def _message_id(digest: Digest, own: Address) -> str:
    """Ours can be told from other mail, where it comes back into the index."""
    moment = datetime.fromtimestamp(digest.now, UTC).strftime("%Y%m%dT%H%M%SZ")
    told = f"{digest.now} {digest.since} {own.addr_spec} {digest.mails}".encode()
    return f"{OWN}{moment}.{sha256(told).hexdigest()[:12]}@{own.domain}"
