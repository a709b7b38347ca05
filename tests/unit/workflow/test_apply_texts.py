# SPDX-License-Identifier: GPL-2.0-or-later
"""Small decisions of applying: subsets, messages, hunk counts, hazards, what is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.topic.applied import Given, Obstacle, Source
from maintainer_kit.workflow.applying.application import Application, Wanted, dump, load
from maintainer_kit.workflow.applying.hazards import oddities, refuse_hazards
from maintainer_kit.workflow.applying.message import Manner, commit_body
from maintainer_kit.workflow.applying.old_files import old_files
from maintainer_kit.workflow.applying.recount import recounted
from maintainer_kit.workflow.applying.subset import read_subset
from maintainer_kit.workflow.applying.ways import Way
from tests.build import edit, patch

ME = Person("Robin", "robin@lumen.example")


def made(text: str = "Why.\n\nSigned-off-by: Ada <ada@x>\n", change: str = "") -> Patch:
    return patch_of_mail(patch("[PATCH] fs: x", change, text=text, message_id="a/b@x.example"))


def of(name: str, value: str, *, source: Source = Source.REPLY, **more: object) -> Given:
    found = Given(Trailer(name, value), "m@x", True, source)
    return replace(found, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("1-3,5", [0, 1, 2, 4]),
        ("5, 1", [0, 4]),
        ("4-", [3, 4]),
        ("2,2", [1]),
    ],
)
def test_a_subset(words: str, places: list[int]) -> None:
    assert read_subset(words, 5) == places


@pytest.mark.parametrize("words", ["0", "6", "3-2", "-2", "x", "1,,2", "1-9", "1;2", "99999"])
def test_no_subset(words: str) -> None:
    with pytest.raises(Refused, match="names none of patches 1 to 5"):
        read_subset(words, 5)


def test_what_was_given_comes_below_what_the_author_wrote() -> None:
    some = [
        of("Signed-off-by", "Ada <ada@x>", source=Source.PATCH),
        of("Reviewed-by", "Bo <bo@x>"),
        of("Acked-by", "No <no@x>", applied=False, obstacle=Obstacle.STALE),
    ]
    manner = Manner("https://a.example/all/", ME)
    assert commit_body(made(), some, manner) == (
        "Why.",
        "",
        "Signed-off-by: Ada <ada@x>",
        "Reviewed-by: Bo <bo@x>",
        "Link: https://a.example/all/a%2Fb@x.example",
        "Signed-off-by: Robin <robin@lumen.example>",
    )


def test_what_was_taken_back_goes() -> None:
    text = "Why.\n\nReviewed-by: Bo <bo@x>\nSigned-off-by: Ada <ada@x>\n"
    back = of(
        "Reviewed-by", "Bo <bo@x>", source=Source.PATCH, applied=False, obstacle=Obstacle.WITHDRAWN
    )
    assert commit_body(made(text), [back], Manner()) == ("Why.", "", "Signed-off-by: Ada <ada@x>")


def test_a_message_without_trailers_gets_a_block() -> None:
    assert commit_body(made("Why.\n"), [of("Acked-by", "Bo <b@x>")], Manner()) == (
        "Why.",
        "",
        "Acked-by: Bo <b@x>",
    )
    assert commit_body(made(""), [], Manner(signer=ME)) == (
        "Signed-off-by: Robin <robin@lumen.example>",
    )


def test_nothing_is_added_twice() -> None:
    text = "Why.\n\nLink: https://a/a%2Fb@x.example\nSigned-off-by: R <Robin@lumen.example>\n"
    assert commit_body(made(text), [], Manner("https://a/%s", ME)) == made(text).body


def test_counts_of_an_edited_diff() -> None:
    left = (
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@ int f(void)\n one\n\n-two\n+three\n"
        "+four\n\\ No newline at end of file\n@@ -20 +21 @@\n-a\n+b\n\n-- \n2.39.5\n"
    )
    found = recounted(left)
    assert "@@ -1,3 +1,4 @@ int f(void)\n one\n \n-two" in found
    assert "@@ -20,1 +21,1 @@\n-a\n+b\n\n-- \n2.39.5\n" in found


@given(strategies.lists(strategies.sampled_from([" a", "-b", "+c", ""]), min_size=1, max_size=9))
def test_counts_that_are_right_stay(body: list[str]) -> None:
    body = [*body, "-last"]
    old = sum(one[:1] in ("", " ", "-") for one in body)
    new = sum(one[:1] in ("", " ", "+") for one in body)
    lines = [one or " " for one in body]
    diff = "\n".join(["--- a/x", "+++ b/x", f"@@ -1,{old} +1,{new} @@", *lines, ""])
    assert recounted(diff) == diff


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", ".git/config", "a/.GIT/hooks/x", "sub/git~1/x", ".git. /x", "C:/x",
     ".g\u200cit/config", "a\x07b"],
)  # fmt: skip
def test_paths_that_are_never_applied(path: str) -> None:
    with pytest.raises(Refused):
        refuse_hazards([("m@x", made(change=edit(path)))])
    refuse_hazards([("m@x", made(change=edit("a/b..c/.gitignore")))])


def test_an_absolute_path() -> None:
    change = "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n"
    with pytest.raises(Refused, match=r"absolute|out of"):
        refuse_hazards([("m@x", made(change=change))])


def test_links_and_submodules_are_told() -> None:
    change = (
        "diff --git a/l b/l\nnew file mode 120000\nindex 0000000..1111111\n--- /dev/null\n+++ b/l\n"
        "@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n"
        "diff --git a/s b/s\nindex 1111111..2222222 160000\n--- a/s\n+++ b/s\n@@ -1 +1 @@\n"
        "-Subproject commit 1\n+Subproject commit 2\n"
    )
    assert [*oddities(made(change=change))] == ["l is a symbolic link", "s is a submodule"]
    assert [*oddities(made())] == []


def test_the_files_that_a_series_starts_from() -> None:
    first = made(change=edit("a.c"))
    again = made(change=edit("a.c").replace("1111111..2222222", "2222222..3333333"))
    new = made(change=edit("n.c").replace("1111111..2222222", "0000000..3333333"))
    found = [(one.path, one.blob) for one in old_files([first, again, new, again])]
    assert found == [("a.c", "1111111"), ("n.c", "")]


def test_an_application_is_remembered() -> None:
    wanted = tuple(Wanted(f"m{n}@x", "topic", "fs: x") for n in range(3))
    one = Application("repo", "refs/heads/x", None, "b" * 40, wanted)
    one = one.having(Way.PLAIN, ["c" * 40]).having(Way.THERE, [""]).stopped(["a.c"], ["why"])
    assert load(dump(one)) == one
    assert (one.at, one.head, one.is_complete) == (2, "c" * 40, False)
    for name in dump(one):
        broken = {key: value for key, value in dump(one).items() if key != name}
        # What came later has a default: one that was stopped before that can still be gone on with.
        assert load(broken) == (one if name == "guesses" else None)
    assert load({**dump(one), "phase": "dancing"}) is None
