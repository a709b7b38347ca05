# SPDX-License-Identifier: GPL-2.0-or-later
"""All verbs: where each lives and what it does, so that help needs none of their imports."""

from __future__ import annotations

PARTS = {
    "Look": {
        "list": ("queue", "the queue: what needs somebody, and whose turn it is"),
        "show": ("queue", "one topic: revisions, patches, trailers, replies"),
        "search": ("queue", "find topics by a query, whatever their state"),
        "views": ("views", "saved queries, and how much each finds"),
        "lists": ("lists", "mailing lists: how much came by each, its rules, archive, tree"),
        "digest": ("digest", "what came in, who waits for whom, where the release cycle is"),
        "proposals": ("proposals", "what others decided, by their mails, and to take it over"),
        "sent": ("sent", "what I posted and what became of it; reviews given and got"),
        "why": ("why", "from a commit, or a line of a file, to its mail and discussion"),
        "open": ("opening", "mails in the archive on the web, in the browser"),
        "log": ("history", "what was decided, when, by whom and from where"),
        "tui": ("screen", "the screens: queue and topic"),
    },
    "Decide": {
        "state": ("decisions", "set the state of topics, series or patches"),
        "delegate": ("delegate", "say who is to decide, by hand or by rules"),
        "snooze": ("memory", "out of the queue until a date, new mail, or a tag in git"),
        "note": ("memory", "keep a text with a topic, for yourself"),
        "star": ("memory", "mark topics"),
        "watch": ("memory", "follow topics: the digest tells of all new mail in them"),
        "mute": ("memory", "keep topics out of the queue for good"),
        "confidential": ("memory", "keep topics to yourself: never shared, served or mailed"),
        "archive": ("decisions", "take topics out of the queue, or bring them back"),
        "away": ("away", "be away until a day: digests are silent, others decide"),
        "link": ("mending", "make a series a later revision of another topic"),
        "unlink": ("mending", "take a revision out of a topic that it does not belong to"),
        "undo": ("history", "take back the last decision"),
        "redo": ("history", "take back the last undo"),
    },
    "Check": {
        "check": ("check", "what a reviewer would say of patches, before a reviewer has to"),
        "compare": ("compare", "two revisions, or mail and commits: range-diff and interdiff"),
        "attest": ("attest", "who signed patches: good, bad, none, or could not verify"),
        "whom": ("whom", "who is to be mailed for a patch, by MAINTAINERS"),
        "hooks": ("hooks", "let git ask mkit before a commit, a push or a mail"),
    },
    "From mail to branch": {
        "apply": ("apply", "series from mail to a branch, in a tree of mkit's own"),
        "quilt": ("quilt", "a topic as a quilt series, and what was changed there back"),
        "test": ("test", "build and test commits, each once; what is new beside the base"),
        "branches": ("branches", "all branches, by what they want: pushed, behind, landed"),
        "backport": ("backport", "pick commits onto an older branch, or tell what they stand on"),
    },
    "Back to the list": {
        "reply": ("reply", "answer mails, comment on lines, give trailers; drafts, sent once"),
        "send": ("send", "post a branch, as the next revision of its series; each mail once"),
        "pull-request": ("pull_request", "ask others to pull; look over and merge what they ask"),
        "thanks": ("thanks", "tell authors what was applied where; drafts, never twice"),
    },
    "Landed": {
        "land": ("land", "what has landed where, and by what evidence"),
        "prune": ("prune", "record what landed: accepted, and out of the queue"),
    },
    "Bring in and keep": {
        "import": ("intake", "bring mail in: mbox of any dialect, Maildir, single mails"),
        "deliver": ("deliver", "take one mail, from procmail, maildrop, sieve or an alias"),
        "pull": ("pull", "fetch mail from archives: by id, URL, query, list; what a topic lacks"),
        "track": ("track", "searches that are repeated: of a section, a path, a list (by lei)"),
        "sync": ("following", "catch up with the mail that came in"),
        "share": ("share", "share decisions with one's other machines, over git"),
        "export": ("stores", "every topic as one line of JSON"),
        "backup": ("stores", "write what cannot be derived into one file"),
        "restore": ("stores", "bring a backup into an empty home"),
        "serve": ("serve", "serve the mail as an archive to b4 and lei, on this machine"),
        "rebuild": ("stores", "make the catalogue anew from mail and journal"),
    },
    "Set up": {
        "init": ("init", "set mkit up: who you are, your lists, where mail comes from"),
        "demo": ("demo", "try mkit on sample mail, in a home of its own"),
        "config": ("setup", "show every setting: value, meaning, origin"),
        "doctor": ("setup", "say what is wrong, and the command that mends it"),
    },
}
"""By part of the help: each verb with its module and a few words."""

VERBS = {name: found for part in PARTS.values() for name, found in part.items()}
