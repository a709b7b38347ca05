# SPDX-License-Identifier: GPL-2.0-or-later
"""An export over an earlier one: what its owner changed stays, and is named."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from maintainer_kit.workflow.quilting.names import file_name
from maintainer_kit.workflow.quilting.record import Record, digest_of
from maintainer_kit.workflow.quilting.series import read_series
from maintainer_kit.workflow.quilting.updating import Made, Plan, plan_update

RECORD = Record("abcdefghij", 2, "title", "", ())


def made(*titles: str, mark: str = "v2") -> list[Made]:
    return [
        Made(file_name(at, one), f"{one} {mark}\n".encode(), f"{one}-{mark}@x.example", one)
        for at, one in enumerate(titles, 1)
    ]


class Folder:
    """What an export leaves, and its owner's doings."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.series = ""

    def export(self, patches: Sequence[Made]) -> Plan:
        digests: Mapping[str, str | None] = {
            name: digest_of(self.files[name]) if name in self.files else None
            for name in {*self.files, *(one.name for one in patches), *self.listed}
        }
        plan = plan_update(RECORD, patches, self.series, digests)
        self.files.update(plan.write)
        self.series = plan.series
        for name in plan.remove:
            del self.files[name]
        return plan

    @property
    def listed(self) -> list[str]:
        return [one.name for one in read_series(self.series)]

    def kept(self, plan: Plan) -> dict[str, str]:
        return {one.name: one.reason for one in plan.kept}


def test_a_first_export_and_the_same_again() -> None:
    folder = Folder()
    plan = folder.export(made("a", "b"))
    assert folder.listed == ["0001-a.patch", "0002-b.patch"]
    assert sorted(folder.files) == folder.listed
    text = folder.series
    again = folder.export(made("a", "b"))
    assert (again.is_idle, again.kept, folder.series) == (True, (), text)
    assert not plan.is_idle


def test_a_new_revision_takes_the_place_of_the_old_one() -> None:
    folder = Folder()
    folder.export(made("a", "b", "c"))
    plan = folder.export(made("a", "new", "b", mark="v3"))
    assert folder.listed == ["0001-a.patch", "0002-new.patch", "0003-b.patch"]
    assert sorted(folder.files) == folder.listed
    assert set(plan.remove) == {"0002-b.patch", "0003-c.patch"}
    assert all(content.endswith(b"v3\n") for content in folder.files.values())


def test_patches_of_one_title_are_told_apart() -> None:
    folder = Folder()
    folder.export(made("fix", "fix", "b"))
    folder.files["0002-fix.patch"] = b"mine\n"
    folder.export(made("new", "fix", "fix", mark="v3"))
    assert folder.listed == ["0001-new.patch", "0002-fix.patch", "0003-fix.patch"]
    assert sorted(folder.files) == folder.listed
    assert folder.files["0002-fix.patch"] == b"mine\n"
    assert folder.files["0003-fix.patch"] == b"fix v3\n"


def test_a_changed_file_stays_where_its_patch_is() -> None:
    folder = Folder()
    folder.export(made("a", "b"))
    folder.files["0002-b.patch"] = b"mine\n"
    plan = folder.export(made("a", "new", "b", mark="v3"))
    assert folder.files["0002-b.patch"] == b"mine\n"
    assert folder.listed == ["0001-a.patch", "0002-new.patch", "0002-b.patch"]
    assert folder.kept(plan) == {"0002-b.patch": "you changed it"}
    # It stays its owner's, however often.
    again = folder.export(made("a", "new", "b", mark="v3"))
    assert (folder.kept(again), folder.files["0002-b.patch"]) == (folder.kept(plan), b"mine\n")


def test_a_changed_file_of_a_patch_that_is_no_more_stays() -> None:
    folder = Folder()
    folder.export(made("a", "b", "c"))
    folder.files["0002-b.patch"] = b"mine\n"
    plan = folder.export(made("a", "c", mark="v3"))
    assert folder.listed == ["0001-a.patch", "0002-b.patch", "0002-c.patch"]
    assert "no such patch any more" in folder.kept(plan)["0002-b.patch"]
    assert "0003-c.patch" not in folder.files


def test_own_patches_comments_and_options_stay() -> None:
    folder = Folder()
    folder.export(made("a", "b"))
    lines = folder.series.splitlines()
    at = lines.index("0001-a.patch")
    lines[at : at + 1] = ["# my comment", "0001-a.patch -p1 # fine", "mine/own.patch", "# below"]
    folder.series = "\n".join(lines)
    folder.export(made("first", "a", "b", mark="v3"))
    body = [line for line in folder.series.splitlines() if not line.startswith("#   ")][1:]
    assert body == [
        "# my comment", "0001-first.patch", "0002-a.patch", "mine/own.patch", "# below",
        "0003-b.patch",
    ]  # fmt: skip


def test_what_was_taken_out_stays_out() -> None:
    folder = Folder()
    folder.export(made("a", "b", "c"))
    folder.series = folder.series.replace("\n0002-b.patch\n", "\n")
    plan = folder.export(made("a", "b", "c", "d", mark="v3"))
    assert folder.listed == ["0001-a.patch", "0003-c.patch", "0004-d.patch"]
    assert folder.kept(plan) == {"0002-b.patch": "you took it out of the series"}
    again = folder.export(made("a", "b", "c", "d", mark="v3"))
    assert "0002-b.patch" not in folder.listed
    assert folder.kept(again) == folder.kept(plan)


def test_an_own_order_stays_and_new_patches_come_in() -> None:
    folder = Folder()
    folder.export(made("a", "b", "c"))
    head, _, _ = folder.series.partition("\n0001-a.patch\n")
    folder.series = f"{head}\n0003-c.patch\n0001-a.patch\n0002-b.patch\n"
    folder.export(made("a", "b", "new", "c", mark="v3"))
    assert folder.listed == ["0004-c.patch", "0001-a.patch", "0002-b.patch", "0003-new.patch"]


def test_a_file_that_was_removed_comes_back() -> None:
    folder = Folder()
    folder.export(made("a", "b"))
    del folder.files["0001-a.patch"]
    plan = folder.export(made("a", "b"))
    assert [name for name, _ in plan.write] == ["0001-a.patch"]


def test_somebody_elses_file_of_that_name_is_kept() -> None:
    folder = Folder()
    folder.export(made("a"))
    folder.files["0002-b.patch"] = b"mine\n"
    plan = folder.export(made("a", "b", mark="v3"))
    assert folder.kept(plan) == {"0002-b.patch": "it is not of this export"}
    assert folder.files["0002-b.patch"] == b"mine\n"


def test_a_crash_between_patches_and_series_is_no_change_of_the_owners() -> None:
    folder = Folder()
    folder.export(made("a", "b"))
    folder.files["0001-a.patch"] = b"a v3\n"  # written, and the series not yet
    plan = folder.export(made("a", "b", mark="v3"))
    assert plan.kept == ()
    assert [name for name, _ in plan.write] == ["0002-b.patch"]


def test_nothing_of_the_owners_is_ever_lost() -> None:
    dice = random.Random(3)
    for _ in range(60):
        folder = Folder()
        for version in range(5):
            titles = dice.choices("aabcde", k=dice.randint(1, 5))
            folder.export(made(*titles, mark=f"v{dice.choice((version, 9))}"))
            assert len(set(folder.listed)) == len(folder.listed)
            assert set(folder.listed) <= set(folder.files)
            before, text = dict(folder.files), folder.series
            if folder.export(made(*titles, mark="v9")).kept == ():
                assert not set(folder.files) - set(folder.listed)
            folder.files, folder.series = before, text
            for name in dice.sample(sorted(folder.files), k=min(2, len(folder.files))):
                mine = f"mine {version} {name}\n".encode()
                folder.files[name] = mine
                folder.export(made(*dice.choices("abcx", k=3), mark=f"w{version}"))
                assert folder.files[name] == mine
            if dice.random() < 0.5:
                lines = folder.series.splitlines()
                dice.shuffle(lines)
                folder.series = "\n".join(lines) + "\n"
