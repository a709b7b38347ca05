# SPDX-License-Identifier: GPL-2.0-or-later
"""``--json`` of every verb: by the schemas in docs/, and by the contract's own lists of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.build import mail, part_id, posting
from tests.cli import schemas
from tests.integration.driver import SAMPLE, Json, Mkit
from tests.integration.mboxes import mboxrd

# As the contract of the command line lists them: never renamed, never dropped.
CONTRACT = {
    "import": "messages new duplicates variants broken series topics seconds",
    "topic": "id kind subject author submitter message_id lists revision revisions received total"
    " state states delegate turn turn_reason updated trailers checks landed archived",
    "revision": "revision date base_commit change_id linked_by confidence cover patches follow_ups",
    "patch": "number message_id subject author state files patch_id trailers findings landings",
    "trailer": "name value from_message_id applied",
    "follow_up": "message_id author date to",
    "checks": "success warning fail pending",
}


def has(value: Json, kind: str) -> None:
    missing = set(CONTRACT[kind].split()) - set(value)
    assert not missing, f"{kind} lacks {missing}"


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas.load(name))
    Draft202012Validator.check_schema(schemas.load("common"))


def test_a_field_too_much_or_too_few_is_noticed(sample: Mkit) -> None:
    value = sample.json("list")
    schemas.check(value, "list")
    for spoilt in (
        {**value, "more": 1},
        {"schema": 1},
        {**value, "topics": [{**value["topics"][0], "more": 1}]},
        {**value, "topics": [{**value["topics"][0], "updated": "2026-01-05 09:00"}]},
        {**value, "topics": [{**value["topics"][0], "revisions": []}]},
    ):
        with pytest.raises(AssertionError):
            schemas.check(spoilt, "list")


def all_topics(sample: Mkit) -> list[Json]:
    topics = sample.json("list", "--all")["topics"]
    assert isinstance(topics, list)
    return topics


def test_list_and_search(sample: Mkit) -> None:
    for verb in (["list"], ["list", "--all"], ["search", "from:robin"], ["search", "nosuchword"]):
        value = sample.json(*verb)
        schemas.check(value, verb[0])
        for topic in value["topics"]:
            has(topic, "topic")
            has(topic["checks"], "checks")
    topics = all_topics(sample)
    kinds = {"series", "report", "pull-request", "discussion", "stable-review"}
    assert {one["kind"] for one in topics} == kinds
    assert all(sum(one["states"].values()) >= 1 for one in topics)


def test_show_and_export_have_the_same_topics(sample: Mkit) -> None:
    lines = [json.loads(line) for line in sample.export()]
    assert [one["id"] for one in lines] == sorted(one["id"] for one in lines)
    assert len(lines) == len(all_topics(sample))
    for line in lines:
        schemas.check(line, "export")
        check_topic(line)
    for line in (lines[0], lines[-1], next(one for one in lines if not one["revisions"])):
        value = sample.json("show", line["id"])
        schemas.check(value, "show")
        assert without_findings(value["topic"]) == line


def without_findings(topic: Json) -> Json:
    """A topic as ``export`` has it, which knows of no findings."""
    nothing = {"error": 0, "warning": 0, "info": 0}
    topic = {**topic, "findings": nothing, "checked": False}
    for revision in topic["revisions"]:
        for one in filter(None, (revision, *revision["patches"])):
            one["findings"] = []
    return topic


def test_findings_in_list_and_show(sample: Mkit) -> None:
    topics = all_topics(sample)
    assert {one["checked"] for one in topics if one["kind"] != "series"} == {False}
    found = next(one for one in topics if one["findings"]["warning"])
    shown = sample.json("show", found["id"])
    schemas.check(shown, "show")
    topic = shown["topic"]
    assert (topic["findings"], topic["checked"]) == (found["findings"], True)
    newest = topic["revisions"][-1]
    heads = [one for one in (newest["cover"], *newest["patches"]) if one]
    told = [finding for one in (newest, *newest["patches"]) if one for finding in one["findings"]]
    assert len(told) == sum(found["findings"].values())
    assert {one["message_id"] for one in told} <= {one["message_id"] for one in heads}


def check_topic(topic: Json) -> None:
    has(topic, "topic")
    for revision in topic["revisions"]:
        has(revision, "revision")
        for patch in filter(None, revision["patches"]):
            has(patch, "patch")
            for trailer in patch["trailers"]:
                has(trailer, "trailer")
        for follow_up in revision["follow_ups"]:
            has(follow_up, "follow_up")
            assert follow_up["to"]
        assert all(not one.startswith("<") for one in ids(revision))


def ids(revision: Json) -> Iterator[str]:
    for one in (revision["cover"], *revision["patches"], *revision["follow_ups"]):
        if one:
            yield one["message_id"]


def test_what_is_missing_is_null(sample: Mkit) -> None:
    (topic,) = (one for one in all_topics(sample) if 0 < one["received"] < one["total"])
    shown = sample.json("show", topic["id"])["topic"]
    patches = shown["revisions"][-1]["patches"]
    assert patches.count(None) == topic["total"] - topic["received"]


def test_a_mail_of_no_topic(sample: Mkit) -> None:
    row = next(
        line.split("\t")
        for line in (SAMPLE / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
        if "commit-notification" in line
    )
    value = sample.json("show", row[0])
    schemas.check(value, "show")
    assert value["topic"] is None
    assert value["message"]["message_id"] == row[0]
    assert value["message"]["kind"] == "commit-notification"


def test_import_adds_up(mkit: Mkit) -> None:
    (mkit.base / "a.mbox").write_bytes(
        mboxrd([*posting("a", 2), *posting("a", 1), mail("b")])
        + b"From x@y Mon Jan 5 09:00:00 2026\n\n"
    )
    value = mkit.json("import", mkit.base / "a.mbox")
    schemas.check(value, "import")
    has(value, "import")
    assert value["new"] + value["duplicates"] + len(value["broken"]) == value["messages"]
    assert set(value["broken"][0]) == {"path", "offset", "reason"}
    assert Path(value["broken"][0]["path"]) == mkit.base / "a.mbox"


def test_decisions(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2), *posting("t", 1))
    schemas.check(mkit.json("log"), "log")
    cover = part_id("s", 0)
    decided = mkit.json("state", "accepted", cover, part_id("t", 0), "--why", "good")
    schemas.check(decided, "state")
    assert [one["value"] for one in decided["events"]] == ["accepted"] * 3
    schemas.check(mkit.json("archive", cover), "archive")
    taken_back = mkit.json("undo")
    schemas.check(taken_back, "undo")
    schemas.check(mkit.json("redo"), "redo")
    schemas.check(mkit.json("archive", "--undo", cover), "archive")
    log = mkit.json("log")
    schemas.check(log, "log")
    assert len(log["log"]) == 5
    assert [one["undone"] for one in log["log"]].count(True) == 1
    assert {"schema": 1, **log["log"][0]} == {**decided, "undone": False}
    schemas.check(mkit.json("log", cover), "log")


def test_what_is_remembered(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    cover = part_id("s", 0)
    would = mkit.json("state", "accepted", cover, "--dry-run")
    schemas.check(would, "changes")
    assert [(one["before"], one["after"]) for one in would["changes"]] == [("new", "accepted")] * 2
    for verb, *words in (
        ("star",),
        ("watch",),
        ("mute",),
        ("note", "ask the vendor"),
        ("confidential", "--until", "2w"),
        ("snooze", "--until", "2w", "--mail"),
    ):
        schemas.check(mkit.json(verb, *words, cover), verb)
    topics = mkit.json("list", "--all")
    schemas.check(topics, "list")
    (topic,) = topics["topics"]
    assert topic["starred"] and topic["attention"] == "mute"
    assert topic["notes"] == ["ask the vendor"]
    assert topic["snoozed"].endswith("mail:3")
    assert (topic["turn"], topic["turn_reason"]) == ("nobody", "muted")
    assert topic["turn_by_mail"] != "nobody"
    schemas.check(mkit.json("mute", "--off", cover), "mute")
    assert "snoozed until" in mkit.json("list", "--all")["topics"][0]["turn_reason"]
    schemas.check(mkit.json("snooze", "--off", cover), "snooze")
    assert mkit.json("list")["topics"]
    schemas.check(mkit.json("log"), "log")


def test_stores(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    schemas.check(mkit.json("sync"), "sync")
    schemas.check(mkit.json("rebuild"), "rebuild")
    schemas.check(mkit.json("backup", mkit.base / "b"), "backup")
    other = mkit.having(MKIT_HOME=str(mkit.base / "other"))
    schemas.check(other.json("restore", mkit.base / "b"), "restore")


def test_config(mkit: Mkit) -> None:
    (mkit.home / "config").write_text("[mkit]\n\trepository = ~/linux\n", encoding="utf-8")
    value = mkit.json("config")
    schemas.check(value, "config")
    settings = {one["name"]: one for one in value["settings"]}
    assert settings["mkit.repository"]["value"] == [str(mkit.base / "user" / "linux")]
    assert settings["mkit.repository"]["origin"] == str(mkit.home / "config")
    assert settings["mkit.query"]["origin"] == "default"
    assert all(Path(value["places"][one]).is_absolute() for one in ("home", "journal", "mail"))


def test_doctor(mkit: Mkit) -> None:
    value = mkit.end_of("doctor", "--json").json
    schemas.check(value, "doctor")
    (mkit.home / "config").write_text("[mkit]\n\tthem = dark\n", encoding="utf-8")
    value = mkit.json("doctor", code=1)
    schemas.check(value, "doctor")
    assert "mkit.theme" in json.dumps(value)


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (["show", "nosuch"], 1),
        (["state", "acepted", "x"], 1),
        (["state", "accepted", "x@y.z"], 1),
        (["state", "superseded", "x@y.z"], 1),
        (["undo"], 1),
        (["redo"], 1),
        (["list", "--turn", "nobodys"], 2),
        (["show"], 2),
        (["import", "/nowhere.mbox"], 2),
        (["nosuchverb"], 2),
        (["list", "--nosuchoption"], 2),
        (["search", "date:nonsense..nonsense"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_error_is_an_object_too(mkit: Mkit, verb: list[str], code: int) -> None:
    value = mkit.json(*verb, code=code)
    schemas.check(value, "error")
    assert "\n" not in value["error"]["message"]


def test_json_is_one_line_of_one_object(sample: Mkit) -> None:
    for verb in ("list", "sync", "log", "config"):
        text = sample.run(verb, "--json").stdout
        assert text.count("\n") == 1
        assert json.loads(text)["schema"] == 1
