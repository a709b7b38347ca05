# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail in which somebody asks to pull: what it says, to be held against what is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.pull import read_pull
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.pull_request.facts import BRANCHES, TAGS
from maintainer_kit.workflow.pull_request.stat import Stat, read_stat
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import lone_message, resolve

_SINCE = re.compile(r"^The following changes since commit ([0-9a-f]{40,64}):?\s*$", re.MULTILINE)
_AUTHOR = re.compile(r"^\S.{0,200} \((\d{1,6})\):$")
_ENTRY = "      "
_MOST = 8 << 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mail asks to be pulled."""

    message_id: str
    subject: str
    sender: Person
    url: str
    ref: str
    """As the mail names it; empty where it names none."""
    tip: str
    """The commit that it is to be at; empty where it does not say."""
    base: str
    """The commit that it says to stand on; empty where it does not say."""
    titles: tuple[str, ...]
    """Of its list of commits."""
    stat: Stat

    @property
    def name(self) -> str:
        """The tag or branch, without what it is."""
        return self.ref.removeprefix("refs/").removeprefix("tags/").removeprefix("heads/")

    @property
    def is_tag(self) -> bool:
        """Whether it says that it is one."""
        return self.ref.removeprefix("refs/").startswith("tags/")

    @property
    def refs(self) -> tuple[str, ...]:
        """What it may be in full, the likeliest first."""
        if self.ref.startswith("refs/"):
            return (self.ref,)
        if self.is_tag:
            return (TAGS + self.name,)
        if self.ref.startswith("heads/"):
            return (BRANCHES + self.name,)
        return (BRANCHES + self.ref, TAGS + self.ref) if self.ref else ()


def find_asked(stores: Stores, word: str) -> Asked:
    """What a topic, or a mail, asks to be pulled. Raises NotFound, and Refused for other mail."""
    record = lone_message(stores, word)
    if record is None:
        target = resolve(stores, word)
        named = target.row.message_id if target.named == target.row.id else target.named
        record = stores.catalogue.records([named]).get(named)
    if record is None:
        raise NotFound(f"no message {word}", "mkit sync")
    message = record.message
    text = read_text(stores, message.message_id).text[:_MOST]
    pull = message.pull or read_pull(text, asks=message.kind is Kind.PULL_REQUEST)
    if pull is None:
        raise Refused(f"{message.message_id} does not ask to pull", "mkit list kind:pull-request")
    since = _SINCE.search(text)
    return Asked(
        message_id=message.message_id,
        subject=message.full_subject,
        sender=message.submitter,
        url=_masked(pull.url),
        ref=pull.ref,
        tip=pull.commit,
        base=since[1] if since else "",
        titles=read_titles(text),
        stat=read_stat(text),
    )


def _masked(url: str) -> str:
    """Without the password in it: that is neither shown, nor kept in merges and mails, nor used."""
    scheme, is_url, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    user, _, place = host.rpartition("@")
    if not is_url or ":" not in user:
        return url
    return f"{scheme}://{user.partition(':')[0]}:***@{place}{slash}{path}"


def read_titles(text: str) -> tuple[str, ...]:
    """The titles in git shortlog's list: below a name with their number, six blanks deep."""
    found: list[str] = []
    left = 0
    for line in text.split("\n"):
        if author := _AUTHOR.match(line):
            left = int(author[1])
        elif left and line.startswith(_ENTRY):
            found.append(line.strip())
            left -= 1
        elif line.strip():
            left = 0
    return tuple(found)
