# SPDX-License-Identifier: GPL-2.0-or-later
"""All verbs: where each lives and what it does, so that help needs none of their imports."""

from __future__ import annotations

VERBS = {
    "archive": ("decisions", "take topics out of the queue, or bring them back"),
    "backup": ("stores", "write what cannot be derived into one file"),
    "check": ("check", "what a reviewer would say of patches, before a reviewer has to"),
    "config": ("setup", "show every setting: value, meaning, origin"),
    "demo": ("demo", "try mkit on sample mail, in a home of its own"),
    "doctor": ("setup", "say what is wrong, and the command that mends it"),
    "export": ("stores", "every topic as one line of JSON"),
    "hooks": ("hooks", "let git ask mkit before a commit, a push or a mail"),
    "import": ("intake", "bring mail in: mbox of any dialect, Maildir, single mails"),
    "link": ("mending", "make a series a later revision of another topic"),
    "list": ("queue", "the queue: what needs somebody, and whose turn it is"),
    "log": ("decisions", "what was decided, when, by whom and from where"),
    "rebuild": ("stores", "make the catalogue anew from mail and journal"),
    "redo": ("decisions", "take back the last undo"),
    "restore": ("stores", "bring a backup into an empty home"),
    "search": ("queue", "find topics by notmuch's query syntax"),
    "show": ("queue", "one topic: revisions, patches, trailers, replies"),
    "state": ("decisions", "set the state of topics, series or patches"),
    "sync": ("following", "catch up with the mail that came in"),
    "tui": ("screen", "the screens: queue and topic"),
    "unlink": ("mending", "take a revision out of a topic that it does not belong to"),
    "undo": ("decisions", "take back the last decision"),
    "whom": ("whom", "who is to be mailed for a patch, by MAINTAINERS"),
}
