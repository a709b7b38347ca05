# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue's tables, and the steps from older ones to these."""

from __future__ import annotations

import sqlite3

from maintainer_kit.errors import Damaged

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cluster (id INTEGER PRIMARY KEY);
CREATE TABLE topic (
    id TEXT PRIMARY KEY,
    cluster INTEGER NOT NULL REFERENCES cluster ON DELETE CASCADE,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    updated INTEGER NOT NULL,
    state TEXT NOT NULL,
    states TEXT NOT NULL,
    archived INTEGER NOT NULL,
    turn TEXT NOT NULL,
    turn_rank INTEGER NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX topic_cluster ON topic (cluster);
CREATE INDEX topic_queue ON topic (turn_rank, updated, id, turn, state, archived);
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    short TEXT NOT NULL,
    facts TEXT NOT NULL,
    tags TEXT NOT NULL,
    dirty INTEGER NOT NULL,
    cluster INTEGER REFERENCES cluster ON DELETE SET NULL,
    topic TEXT REFERENCES topic ON DELETE SET NULL
);
CREATE INDEX message_short ON message (short);
CREATE INDEX message_cluster ON message (cluster);
CREATE INDEX message_topic ON message (topic);
CREATE INDEX message_dirty ON message (dirty) WHERE dirty;
CREATE TABLE file (
    path TEXT PRIMARY KEY,
    message TEXT NOT NULL REFERENCES message ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_message ON file (message);
CREATE INDEX file_fingerprint ON file (fingerprint);
CREATE TABLE link (
    key TEXT PRIMARY KEY,
    cluster INTEGER NOT NULL REFERENCES cluster ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX link_cluster ON link (cluster);
CREATE TABLE decision_group (
    id TEXT PRIMARY KEY,
    time INTEGER NOT NULL,
    who TEXT NOT NULL,
    origin TEXT NOT NULL,
    why TEXT NOT NULL,
    undoes TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX group_undoes ON decision_group (undoes) WHERE undoes != '';
CREATE TABLE decision (
    group_id TEXT NOT NULL REFERENCES decision_group ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (group_id, number)
) WITHOUT ROWID;
CREATE INDEX decision_message ON decision (message_id, kind);
"""

_FINDINGS = """
ALTER TABLE message ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_head ON message (topic, id, head) WHERE head;
CREATE TABLE finding (
    message TEXT PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    mark TEXT NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos INTEGER NOT NULL,
    found TEXT NOT NULL
) WITHOUT ROWID;
"""

_STANDING = """
ALTER TABLE topic ADD COLUMN standing TEXT NOT NULL DEFAULT '[]';
ALTER TABLE topic ADD COLUMN delegate TEXT NOT NULL DEFAULT '';
ALTER TABLE topic ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic ADD COLUMN attention TEXT NOT NULL DEFAULT '';
ALTER TABLE topic ADD COLUMN confidential TEXT NOT NULL DEFAULT '';
ALTER TABLE topic ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic ADD COLUMN wake INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic ADD COLUMN wake_tag TEXT NOT NULL DEFAULT '';
CREATE INDEX topic_wake ON topic (wake) WHERE wake;
CREATE INDEX topic_delegate ON topic (delegate) WHERE delegate != '';
CREATE INDEX topic_updated ON topic (updated);
CREATE TABLE touched (
    path TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topic ON DELETE CASCADE,
    PRIMARY KEY (path, topic)
) WITHOUT ROWID;
CREATE INDEX touched_topic ON touched (topic);
CREATE TABLE party (
    address TEXT NOT NULL,
    role TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topic ON DELETE CASCADE,
    PRIMARY KEY (address, role, topic)
) WITHOUT ROWID;
CREATE INDEX party_topic ON party (topic);
ALTER TABLE decision_group ADD COLUMN forced INTEGER NOT NULL DEFAULT 0;
CREATE INDEX decision_kind ON decision (kind);
"""

# Landings come from git: a message that leaves, or a catalogue made anew from mail, loses none.
_LANDING = """
ALTER TABLE message ADD COLUMN matched INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_unmatched ON message (id) WHERE NOT matched;
CREATE TABLE landing (
    message TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    sure INTEGER NOT NULL,
    found TEXT NOT NULL,
    PRIMARY KEY (message, commit_id)
) WITHOUT ROWID;
CREATE INDEX landing_commit ON landing (commit_id);
"""

# Which mails announce commits of a patch, by the Message-IDs that these commits name.
_ANNOUNCED = """
CREATE TABLE announced (
    named TEXT NOT NULL,
    message TEXT NOT NULL REFERENCES message ON DELETE CASCADE,
    PRIMARY KEY (named, message)
) WITHOUT ROWID;
CREATE INDEX announced_message ON announced (message);
INSERT OR IGNORE INTO announced (named, message)
    SELECT id.value, m.id FROM message m,
    json_each(m.facts, '$[37]') AS said, json_each(said.value, '$[5]') AS id;
"""

# Topics by the lists that they went to; by where they went, if that is none that is known by its
# looks. ``weighs``: of others' series.
_LISTS = """
CREATE TABLE went (
    list TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topic ON DELETE CASCADE,
    weighs INTEGER NOT NULL,
    PRIMARY KEY (list, topic)
) WITHOUT ROWID;
CREATE INDEX went_topic ON went (topic, weighs);
CREATE TABLE addressed (
    address TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topic ON DELETE CASCADE,
    weighs INTEGER NOT NULL,
    PRIMARY KEY (address, topic)
) WITHOUT ROWID;
CREATE INDEX addressed_topic ON addressed (topic, weighs);
CREATE INDEX topic_ignored ON topic (id) WHERE json_extract(standing, '$[7]') != '';
"""

# What lists show, apart: those parts of the facts that no clock has a say in. What holds a control
# character might hold what stands between the parts.
_LINES = """
ALTER TABLE topic ADD COLUMN line TEXT NOT NULL DEFAULT '';
UPDATE topic SET line =
    json_extract(facts, '$[0]') || char(31) || json_extract(facts, '$[1]') || char(31) ||
    json_extract(facts, '$[2]') || char(31) || json_extract(facts, '$[3]') || char(31) ||
    json_extract(facts, '$[4]') || char(31) || json_extract(facts, '$[5]') || char(31) ||
    json_array(
        json_extract(facts, '$[6]'), json_extract(facts, '$[7]'), json_extract(facts, '$[8]'),
        json_extract(facts, '$[9]'), json_extract(facts, '$[10]')
    ) || char(31) ||
    json_array(
        json_extract(facts, '$[11]'), json_extract(facts, '$[17]'),
        ifnull(json_extract(facts, '$[22]'), 0), json_extract(facts, '$[12]'),
        json_extract(facts, '$[14]')
    )
    WHERE instr(facts, '\\u00') = 0 AND json_extract(facts, '$[16]') = 0
    AND json_extract(facts, '$[18]') = '[]' AND json_extract(facts, '$[19]') = 0;
"""

# What tests that ran here say of patches; they come from repositories, as landings do.
_TESTED = """
CREATE TABLE tested (
    message TEXT NOT NULL,
    context TEXT NOT NULL,
    outcome TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (message, context)
) WITHOUT ROWID;
"""

MIGRATIONS = (_FIRST, _FINDINGS, _STANDING, _LANDING, _ANNOUNCED, _LISTS, _LINES, _TESTED)
"""Step n leads from version n to version n + 1; version 0 is the empty file."""

VERSION = len(MIGRATIONS)


def migrate(db: sqlite3.Connection) -> None:
    """Bring a catalogue to today's tables; one of a newer mkit is refused, untouched."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version == VERSION:
        return
    if version > VERSION:
        raise Damaged(
            f"the catalogue is of a newer mkit (version {version}, this one knows {VERSION})",
            "use the newer mkit, or delete the catalogue: mkit rebuild",
        )
    # Another process may be at it: look again once the file is ours.
    db.execute("BEGIN IMMEDIATE")
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        for step in range(version, VERSION):
            for statement in MIGRATIONS[step].split(";\n"):
                if statement.strip():
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {step + 1}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
