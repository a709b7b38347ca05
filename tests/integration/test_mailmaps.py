# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailmaps where people keep them; each line read as ``git check-mailmap`` reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.mailmaps import problem_of_mailmap, read_mailmaps
from maintainer_kit.config import Settings
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import parse_person
from tests.build import BO, patch, reply
from tests.integration.driver import Mkit
from tests.integration.test_patch_id import git

TEXT = (
    "# who is who\n"
    "Ada Author <ada@old.example>\n"
    "<ada@quarry.example> <ada@home.example> # moved\n"
    "Bo Reviewer <bo@shale.example> <bo@old.example>\n"
    "Bo B. Reviewer <bo@old.example>\n"
    "Cy Other <cy@x.example> cY <Shared@old.example>\n"
    "  Di Last <di@x.example> Di <shared@old.example>  \n"
    "<all@x.example> <shared@old.example>\n"
    "broken line\n"
)
PEOPLE = [
    "a <ada@old.example>",
    "A A <ADA@home.example>",
    "b <bo@old.example>",
    "Cy <shared@old.example>",
    "DI <shared@old.example>",
    "Ed <shared@old.example>",
    "Ed <ed@old.example>",
]


@pytest.mark.parametrize("person", PEOPLE)
def test_as_git_reads_it(tmp_path: Path, person: str) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".mailmap").write_text(TEXT, encoding="utf-8")
    said = git(tmp_path, "check-mailmap", person).decode().strip()
    assert str(read_mailmap(TEXT).canonical(parse_person(person))) == said


def test_where_it_is_found(tmp_path: Path) -> None:
    tree, bare, empty = (tmp_path / name for name in ("tree", "bare.git", "empty"))
    tree.mkdir()
    git(tree, "init", "--quiet")
    (tree / ".mailmap").write_text("Tree <tree@x.example>", encoding="utf-8")
    git(tree, "add", ".mailmap")
    identity = ("-c", "user.name=A", "-c", "user.email=a@x.example")
    git(tree, *identity, "commit", "--quiet", "-m", "map")
    git(tmp_path, "clone", "--quiet", "--bare", str(tree), str(bare))
    (tree / ".mailmap").write_text("New <tree@x.example>\n", encoding="utf-8")
    empty.mkdir()
    own = tmp_path / "own"
    own.write_bytes(b"Own <\xff@x.example>\n")
    places = tuple(str(one) for one in (tree, bare, empty, tmp_path / "none"))
    found = read_mailmaps(Settings(repository=places))
    assert found == "New <tree@x.example>\nTree <tree@x.example>\n"
    given = Settings(repository=places, mailmap=(str(own), str(tmp_path / "none")))
    assert read_mailmaps(given) == "Own <\ufffd@x.example>\n"
    assert problem_of_mailmap(str(own)) == ""
    assert "No such file" in problem_of_mailmap(str(tmp_path / "none"))


def test_a_change_of_the_file_is_noticed(tmp_path: Path) -> None:
    mailmap = tmp_path / "map"
    mkit = Mkit(tmp_path / "home").configure(f"[mkit]\n\tme = r@x\n\tmailmap = {mailmap}\n")
    mails = [
        patch("[PATCH] pebble: mend it", message_id="1@x"),
        reply("1@x", f"Reviewed-by: {BO}\n", sender="xyz <xyz@other.example>"),
    ]
    for at, raw in enumerate(mails):
        (tmp_path / f"{at}.eml").write_bytes(raw)
    mkit.run("import", tmp_path / "0.eml", tmp_path / "1.eml")

    def counted() -> object:
        return mkit.json("show", "1@x")["topic"]["trailers"]

    assert counted() == {}
    (missing,) = mkit.run("doctor", "--json", code=1).json["findings"]
    assert missing["message"].startswith(f"mkit.mailmap {mailmap} ")
    mailmap.write_text(f"{BO} <xyz@other.example>\n", encoding="utf-8")
    assert counted() == {"Reviewed-by": 1}
    assert mkit.run("doctor", "--json").json["findings"] == []
