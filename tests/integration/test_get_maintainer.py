# SPDX-License-Identifier: GPL-2.0-or-later
"""Recipients beside those of the kernel's own script, run on a small tree of ours.

The script is not part of the project: MKIT_KERNEL_TREE names a tree that has it, or a source
package of the kernel lies unpacked in /usr/src. Without one this is skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.recipients_beside_get_maintainer import OPTIONS, SEEDS, Ours, Script
from maintainer_kit.model.mail.person import parse_person
from tests.integration.driver import Mkit
from tests.integration.test_patch_id import git

SCRIPT = Path("scripts", "get_maintainer.pl")
# Taken before the tests' own home hides the variables of mkit.
_NAMED = os.environ.get("MKIT_KERNEL_TREE", "")
_TREES = [Path(_NAMED)] if _NAMED else sorted(Path("/usr/src").glob("linux*"), reverse=True)
TREES = [tree for tree in _TREES if (tree / SCRIPT).is_file()]

pytestmark = [
    pytest.mark.skipif(not TREES, reason="no tree with get_maintainer.pl"),
    pytest.mark.timeout(300),
]

# By these the script knows the top of a tree.
FILES = ("COPYING", "CREDITS", "Kbuild", "Makefile", "README")
FOLDERS = ("arch", "drivers", "fs", "include", "init", "ipc", "kernel", "lib", "scripts")
MAINTAINERS = """\
The people of the mountain

CARTS
M:\tCy Carter <cy@quarry.example>, Di Driver <di@quarry.example>
R:\tBo B. Reviewer <bo@shale.example>
L:\tcarts@lists.example (subscribers-only)
L:\trails@lists.example (moderated for non-subscribers)
S:\tSupported
F:\tdrivers/cart/
F:\tDocumentation/cart/*.yaml
X:\tdrivers/cart/wheel/
K:\t\\bcart_(load|tip)\\b

WHEELS AND ALL THAT TURNS, WITH THE AXLES AND THE GREASE
M:\tAda (of the wheels) Author <ada@old.example>
R:\t"Eve, E." <eve@home.example> (spokes)
L:\twheels@lists.example
S:\tOdd Fixes
F:\tdrivers/cart/wheel
F:\tdrivers/*/rim?.[ch]
N:\t[^a-z]axle
K:\t(?i)hub|spoke

OLD PATHS
M:\tEve E. <eve@papers.example>
S:\tOrphan
F:\tfs/path*
F:\tfs/path/

THE REST
M:\tLinus Torvalds <torvalds@linux-foundation.org>
L:\tall@lists.example
S:\tBuried alive in reporters
F:\t*
F:\t*/
"""
MAILMAP = """\
Ada Author <ada@quarry.example> <ada@old.example>
Cy C. Carter <cy@quarry.example>
Not Di <DI@quarry.example>
<eve@new.example> <eve@mid.example>
<eve@mid.example> <eve@papers.example>
"""
BINDING = "maintainers:\n  - Fay Founder <fay@x.example>\n  - Di Driver <di@quarry.example>\n"
BODY = "@@ -1,2 +1,2 @@ cart_load\n near the hub\n-old\n+{}\n"
CASES = {
    "one file": ["drivers/cart/tip.c"],
    "excluded": ["drivers/cart/wheel/rim.c"],
    "beside a directory": ["drivers/cart/wheelbarrow.c"],
    "a class of letters": ["drivers/sledge/rim1.h", "drivers/sledge/rim1.S"],
    "by expression": ["lib/old-axle.c", "lib/oldaxle.c"],
    "deeper": ["fs/path/a/b.c", "fs/paths.c", "fs/pathos/x.c"],
    "the top": ["Makefile"],
    "people in a file": ["Documentation/cart/cart.yaml"],
    "people in a file that is new": ["Documentation/cart/lost.yaml"],
    "all": ["README", "drivers/cart/a.c", "drivers/cart/wheel/b.c", "fs/path", "init/axle.c"],
}
SIGNED = (
    ("Signed-off-by", "Gil Guest <gil@x.example>"),
    ("Reviewed-by", "Gil Guest <gil@x.example>"),
    ("Acked-by", "Bo B. Reviewer <bo@shale.example>"),
    ("Reviewed-by", "Ada Author <ada@old.example>"),
    ("Tested-by", "Hal Helper <hal@x.example>"),
    ("Signed-off-by", "Linus Torvalds <torvalds@linux-foundation.org>"),
)


@pytest.fixture(autouse=True)
def _perl(needs_tool: Callable[[str], str]) -> None:
    needs_tool("perl")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree that the script takes for a kernel's, with MAINTAINERS of our own."""
    made = tmp_path_factory.mktemp("tree")
    for name in (*FOLDERS, "Documentation/cart", "drivers/cart/wheel", "fs/path"):
        (made / name).mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (made / name).touch()
    shutil.copy(TREES[0] / SCRIPT, made / SCRIPT)
    (made / "MAINTAINERS").write_text(MAINTAINERS, encoding="utf-8")
    (made / ".mailmap").write_text(MAILMAP, encoding="utf-8")
    (made / "Documentation/cart/cart.yaml").write_text(BINDING, encoding="utf-8")
    return made


def _patch(paths: list[str], said: str = "", new: str = "new") -> str:
    head = f"From: Gil <gil@x.example>\nSubject: [PATCH] x\n\n{said}\n---\n"
    return head + "".join(
        f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n{BODY.format(new)}"
        for path in paths
    )


def _assert_same(tree: Path, text: str, tmp_path: Path) -> None:
    patch = tmp_path / "one.patch"
    patch.write_text(text, encoding="utf-8")
    script, mine = Script(tree), Ours(tree).ask(patch)
    theirs = script.ask(patch)
    assert theirs, "the script named nobody"
    # Among sections of one depth the script has no order but that of Perl's hashes.
    if not any(mine == script.ask(patch, seed) for seed in SEEDS):
        assert mine == theirs


@pytest.mark.parametrize("name", CASES)
def test_by_path(tree: Path, tmp_path: Path, name: str) -> None:
    _assert_same(tree, _patch(CASES[name]), tmp_path)


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("we call cart_load here", "new"),
        ("nothing", "cart_tip()"),
        ("nothing", "cart_tips()"),
        ("a Hub of bronze", "new"),
        ("nothing", "HUB"),
        ("nothing", "two spokes"),
        ('Fixes: 0123456789ab ("cart_load")', "new"),
    ],
)
def test_by_word(tree: Path, tmp_path: Path, said: str, new: str) -> None:
    _assert_same(tree, _patch(["lib/x.c"], said, new), tmp_path)


def test_renamed_and_of_another_mode(tree: Path, tmp_path: Path) -> None:
    renamed = "similarity index 100%\nrename from drivers/cart/a.c\nrename to fs/path/a.c\n"
    mode = "diff --git a/init/axle-x.c b/init/axle-x.c\nold mode 100644\nnew mode 100755\n"
    text = f"diff --git a/drivers/cart/a.c b/fs/path/a.c\n{renamed}{mode}"
    _assert_same(tree, "Subject: x\n\nhub\n---\n" + text, tmp_path)


def test_of_two_trees(tree: Path, tmp_path: Path) -> None:
    text = "--- hill.orig/drivers/cart/a.c\t2026-01-05\n+++ hill/drivers/cart/a.c\t2026-01-05\n"
    _assert_same(tree, text + BODY.format("new"), tmp_path)


def test_signers_of_the_commit_that_is_mended(tree: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tree"
    shutil.copytree(tree, copy)
    git(copy, "init", "--quiet")
    message = "fs: x\n\n" + "".join(f"{name}: {person}\n" for name, person in SIGNED)
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@x.example")
    git(copy, *identity, "commit", "--quiet", "--allow-empty", "-m", message)
    mended = git(copy, "rev-parse", "HEAD").decode().strip()
    patch = tmp_path / "one.patch"
    patch.write_text(_patch(["drivers/cart/a.c"], f'Fixes: {mended[:12]} ("x")'), encoding="utf-8")
    theirs = Script(copy, [one for one in OPTIONS if one != "--no-fixes"]).ask(patch)
    assert any("blamed_fixes" in line for line in theirs)
    signers = [parse_person(person) for name, person in SIGNED if name != "Tested-by"]
    assert Ours(copy).ask(patch, [signers]) == theirs


def test_the_verb(tree: Path, tmp_path: Path, mkit: Mkit) -> None:
    """``mkit whom --roles`` with all that needs more than MAINTAINERS."""
    copy = tmp_path / "tree"
    shutil.copytree(tree, copy)
    (copy / ".get_maintainer.ignore").write_text("Gil Guest <gil@x.example>\n", encoding="utf-8")
    git(copy, "init", "--quiet")
    message = "fs: x\n\n" + "".join(f"{name}: {person}\n" for name, person in SIGNED)
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@x.example")
    git(copy, *identity, "commit", "--quiet", "--allow-empty", "-m", message)
    mended = git(copy, "rev-parse", "HEAD").decode().strip()
    paths = ["drivers/cart/a.c", "drivers/cart/wheelbarrow.c", "Documentation/cart/cart.yaml"]
    patch = tmp_path / "one.patch"
    said = f'near the hub\n\nFixes: {mended[:12]} ("x")'
    patch.write_text(_patch(paths, said), encoding="utf-8")
    options = [one for one in OPTIONS if one != "--no-fixes"]
    theirs = [Script(copy, options).ask(patch, seed) for seed in SEEDS]
    assert any("blamed_fixes" in line for line in theirs[0])
    assert not any("gil@x.example" in line for line in theirs[0])
    mine = frozenset(mkit.run("whom", "--repo", copy, patch, "--roles").stdout.splitlines())
    assert mine in theirs


@pytest.mark.parametrize("path", ["kernel/fork.c", "fs/namei.c", "drivers/net/tun.c", "Makefile"])
def test_with_the_sections_of_the_kernel(tmp_path: Path, path: str) -> None:
    if not (TREES[0] / "MAINTAINERS").is_file():
        pytest.skip("the tree has no MAINTAINERS")
    _assert_same(TREES[0], _patch([path]), tmp_path)
