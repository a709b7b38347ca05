# SPDX-License-Identifier: GPL-2.0-or-later
"""What code differs after two series, by the hunks of their diffs and by contents of files."""

from __future__ import annotations

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.workflow.comparing.interdiff import Interdiff, interdiff
from maintainer_kit.workflow.comparing.series_file import NoContents
from tests.build import edit, patch

BASE = [f"line {number}" for number in range(1, 40)]


class Blobs:
    """Contents of files by blob."""

    def __init__(self, **blobs: list[str]) -> None:
        self._blobs = blobs

    def lines(self, blob: str) -> list[str] | None:
        return self._blobs.get(blob)


def hunk(at: int, *lines: str) -> str:
    old = sum(line[0] in " -" for line in lines)
    new = sum(line[0] in " +" for line in lines)
    body = "".join(f"{line}\n" for line in lines)
    return f"@@ -{at},{old} +{at},{new} @@\n{body}"


def change(*hunks: str, path: str = "a.c", blob: str = "aaaaaaa", extra: str = "") -> Patch:
    diff = (
        f"diff --git a/{path} b/{path}\n{extra}index {blob}..bbbbbbb 100644\n"
        f"--- a/{path}\n+++ b/{path}\n{''.join(hunks)}"
    )
    return patch_of_mail(patch("[PATCH] a change", diff))


def told(old: list[Patch], new: list[Patch], contents: object = None) -> Interdiff:
    source = contents if isinstance(contents, Blobs) else NoContents()
    return interdiff([("old", one) for one in old], [("new", one) for one in new], source)


def changed(found: Interdiff) -> list[str]:
    lines = interdiff_lines(found)
    return [one for one in lines if one[:1] in "+-" and not one.startswith(("+++", "---"))]


def test_a_line_that_was_done_otherwise() -> None:
    old = change(hunk(5, " line 5", "-line 6", "+six", " line 7"))
    new = change(hunk(5, " line 5", "-line 6", "+SIX", " line 7"))
    assert interdiff_lines(told([old], [new])) == [
        "diff --git a/a.c b/a.c", "--- a/a.c", "+++ b/a.c",
        "@@ -5,3 +5,3 @@", " line 5", "-six", "+SIX", " line 7",
    ]  # fmt: skip


def test_a_hunk_that_only_one_side_has() -> None:
    both = hunk(5, " line 5", "+more", " line 6")
    late = "@@ -20,2 +21,1 @@\n line 20\n-line 21\n"
    assert changed(told([change(both, late)], [change(both)])) == ["+line 21"]
    assert changed(told([change(both)], [change(both, late)])) == ["-line 21"]


def test_the_same_in_other_patches_is_the_same() -> None:
    """Two patches became one: the code after them is equal."""
    one = change(hunk(5, " line 5", "+first", " line 6"))
    two = change(hunk(5, " line 5", " first", "+second", " line 6"))
    both = change(hunk(5, " line 5", "+first", "+second", " line 6"))
    found = told([one, two], [both])
    assert found.files == ()
    assert found.problems == ()


def test_a_rebase_is_left_out() -> None:
    """The new patches were made on a file that had ten lines more at its top."""
    old = change(hunk(5, " line 5", "-line 6", "+six", " line 7", " line 8"))
    new = change(hunk(15, " line 5", "-line 6", "+SIX", " line 7", " line 8"))
    assert changed(told([old], [new])) == ["-six", "+SIX"]
    moved = ["upstream"] * 10 + BASE
    blobs = Blobs(aaaaaaa=BASE, ccccccc=moved)
    new = change(hunk(15, " line 5", "-line 6", "+SIX", " line 7", " line 8"), blob="ccccccc")
    found = told([old], [new], blobs)
    assert found.by_contents
    assert changed(found) == ["-six", "+SIX"]


def test_contents_tell_where_a_hunk_belongs() -> None:
    """It says line 5, and its lines are at 25: as git am applies it with an offset."""
    wrong = change(hunk(5, " line 25", "-line 26", "+more", " line 27"))
    right = change(hunk(25, " line 25", "-line 26", "+more", " line 27"))
    assert told([wrong], [right], Blobs(aaaaaaa=BASE)).files == ()


def test_what_does_not_apply_is_said_and_compared_by_its_hunks() -> None:
    alien = change(hunk(5, " nothing", "-like", "+it", " there"))
    good = change(hunk(5, " line 5", "-line 6", "+six", " line 7"))
    found = told([alien], [good], Blobs(aaaaaaa=BASE))
    assert found.problems == ("old does not apply to a.c: 1 hunk",)
    assert not found.by_contents
    assert "+six" in changed(found)


def test_files_made_deleted_renamed_and_binary() -> None:
    made = patch_of_mail(patch("[PATCH] x", (
        "diff --git a/n.c b/n.c\nnew file mode 100644\nindex 0000000..1111111\n"
        "--- /dev/null\n+++ b/n.c\n@@ -0,0 +1,2 @@\n+one\n+two\n")))  # fmt: skip
    lines = interdiff_lines(told([], [made]))
    assert lines[:5] == [
        "diff --git a/n.c b/n.c", "new file mode 100644", "--- /dev/null", "+++ b/n.c",
        "@@ -0,0 +1,2 @@",
    ]  # fmt: skip
    assert "deleted file mode 100644" in interdiff_lines(told([made], []))
    moved = patch_of_mail(patch("[PATCH] x", (
        "diff --git a/a.c b/b.c\nsimilarity index 100%\n"
        "rename from a.c\nrename to b.c\n")))  # fmt: skip
    assert interdiff_lines(told([], [moved])) == [
        "diff --git a/a.c b/b.c", "rename from a.c", "rename to b.c",
    ]  # fmt: skip
    mode = patch_of_mail(patch("[PATCH] x", (
        "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n")))  # fmt: skip
    assert interdiff_lines(told([], [mode]))[1:] == ["old mode 100644", "new mode 100755"]
    binary = [patch_of_mail(patch("[PATCH] x", (
        f"diff --git a/p.png b/p.png\nindex 1111111..222222{at} 100644\n"
        "Binary files a/p.png and b/p.png differ\n"))) for at in (1, 2)]  # fmt: skip
    assert interdiff_lines(told([binary[0]], [binary[1]]))[1:] == ["Binary file p.png differs"]
    assert told([binary[0]], [binary[0]]).files == ()


def test_a_file_renamed_on_the_way_is_followed() -> None:
    moved = patch_of_mail(patch("[PATCH] x", (
        "diff --git a/a.c b/b.c\nsimilarity index 100%\n"
        "rename from a.c\nrename to b.c\n")))  # fmt: skip
    late = change(hunk(5, " line 5", "-line 6", "+six", " line 7"), path="b.c")
    early = change(hunk(5, " line 5", "-line 6", "+six", " line 7"))
    assert told([moved, late], [early, moved]).files == ()


def test_hostile_numbers_and_thousands_of_hunks() -> None:
    far = edit().replace("@@ -7,3 +7,3 @@", "@@ -999999999999999,3 +999999999999999,3 @@")
    assert changed(told([patch_of_mail(patch("[PATCH] x", far))], [])) == ["-\ttwo();", "+\tone();"]
    many = change(*(hunk(9 * at + 1, f" a{at}", f"-b{at}", f"+c{at}") for at in range(3000)))
    found = told([many], [many])
    assert "a.c is changed in more than 2000 places" in found.problems
