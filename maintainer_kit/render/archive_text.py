# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts of the served archive that programs read: its configuration, and its help."""

from __future__ import annotations

HELP = """\
This archive shows the mail that mkit knows on this machine; it is read only.

MESSAGE-ID/             the mail as a page
MESSAGE-ID/raw          its bytes, mboxrd
MESSAGE-ID/t.mbox.gz    its whole thread, mboxrd
MESSAGE-ID/t.atom       a feed of the thread
new.atom                a feed of the newest mails
?x=m&q=QUERY            by POST: what a query finds, mboxrd; with &t=1 whole threads

A query has words, "phrases", AND, OR, NOT, parentheses, and
  s: subject   f: from   t: to   c: cc   tc: to or cc   a: from, to or cc
  b: body      bs: body or subject       nq: body without what is quoted
  d:YYYYMMDD..YYYYMMDD and dt:YYYYMMDDhhmmss.. by Date   rt: by Received
  m: Message-ID   l: list   dfn: name of a changed file   patchid:   changeid:
"""


def config_text(name: str, list_ids: list[str], url: str) -> str:
    """A piece of configuration for public-inbox, for who mirrors an archive."""
    lines = [f'[publicinbox "{name}"]', f"\turl = {url}"]
    lines += [f"\tlistid = {_value(one)}" for one in list_ids]
    return "\n".join(lines) + "\n"


def _value(text: str) -> str:
    """Quoted as git-config(1) reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
