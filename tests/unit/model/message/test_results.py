# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots' mails as results: one table a bot, in texts of its form."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.message.bot_table import BOTS
from maintainer_kit.model.message.check import Check, Outcome
from maintainer_kit.model.message.message import Kind, Says
from maintainer_kit.model.message.results import checks_of
from tests.build import mail, patch, read, reply

LKP = "kernel test robot <lkp@intel.com>"
SYZBOT = "syzbot <syzbot+0123456789abcdef@syzkaller.appspotmail.com>"
SYZBOT_CI = "syzbot ci <syzbot+ci0123456789ab@syzkaller.appspotmail.com>"
BLUEZ = "bluez.test.bot@gmail.com"
GFX = "Patchwork <patchwork@emeril.freedesktop.org>"
BPF = "bot+bpf-ci@kernel.org"
KERNELCI = '"kernelci.org bot" <bot@kernelci.org>'
ROB = "Rob Herring <robh@kernel.org>"
SASHA = "Sasha Levin <sashal@kernel.org>"
SASHIKO = "sashiko-bot@kernel.org"
STATUS = "### POSSIBLE REGRESSIONS\n\n  No possible regressions observed.\n"
TREE = "[quarry:dev 2/7]"


def told(sender: str, subject: str, text: str) -> list[tuple[str, str]]:
    """Contexts with outcomes."""
    checks = read(mail(subject, text, sender=sender)).checks
    return [(check.context, check.outcome.value) for check in checks]


@pytest.mark.parametrize(
    ("sender", "subject", "text", "expected"),
    [
        (LKP, "Re: x", "[auto build test ERROR on a/b]\n", [("/build-errors", "fail")]),
        (
            LKP,
            "Re: x",
            "Hi,\n\n[auto build test WARNING on a/b]\n",
            [("/build-warnings", "warning")],
        ),
        (
            LKP,
            "Re: x",
            "Hi A,\n\nkernel test robot noticed the following build errors:\n\nAll errors (new ",
            [("/build-errors", "fail")],
        ),
        (
            LKP,
            "Re: x",
            "kernel test robot noticed the following build warnings:\n",
            [("/build-warnings", "warning")],
        ),
        (
            LKP,
            "Re: x",
            "smatch warnings:\nfs/a.c:1 f() warn: y\n",
            [("/build-warnings", "warning")],
        ),
        (
            LKP,
            f"{TREE} fs/a.c:1: error: x",
            "commit: x\nAll error/warnings (new ones prefixed by >>):\n",
            [("/build-errors", "fail")],
        ),
        (LKP, "[quarry:dev] BUILD SUCCESS 0123", "", [("/build", "success")]),
        (LKP, "[quarry:dev] BUILD SUCCESS WITH WARNING 0123", "", [("/build", "warning")]),
        (
            LKP,
            "[quarry:dev] BUILD SUCCESS WITH UNVERIFIED WARNING 0123",
            "",
            [("/build", "warning")],
        ),
        (LKP, "[quarry:dev] BUILD REGRESSION 0123", "", [("/build", "fail")]),
        (LKP, "[quarry:dev] BUILD INCOMPLETE 0123", "", [("/build", "pending")]),
        (
            LKP,
            "[linus:master] [x] 0123: y -4.1% regression",
            "Hello,\n\nkernel test robot noticed a -4.1% regression of y on:\n",
            [("/performance", "fail")],
        ),
        (
            LKP,
            "[linus:master] [x] 0123: y 8.0% improvement",
            "kernel test robot noticed a 8.0% improvement of y on:\n",
            [("/performance", "success")],
        ),
        (LKP, "Re: x", 'kernel test robot noticed "INFO:hung" on:\n', [("/tests", "fail")]),
        (
            LKP,
            "Re: x",
            "FYI: kernel test robot notices the stable kernel rule is not satisfied.\n",
            [("/stable-rules", "warning")],
        ),
        (LKP, "Re: x", "something new\n", [("", "warning")]),
        (
            SYZBOT,
            "Re: [syzbot] oops",
            "Hello,\n\nsyzbot has tested the proposed patch and the reproducer did not trigger any"
            " issue:\n",
            [("", "success")],
        ),
        (
            SYZBOT,
            "Re: [syzbot] oops",
            "syzbot has tested the proposed patch but the reproducer is still triggering x:\n",
            [("", "fail")],
        ),
        (
            SYZBOT,
            "Re: [syzbot] oops",
            "syzbot tried to test the proposed patch but the build/boot failed:\n\nx.c:1: error\n",
            [("", "fail")],
        ),
        (
            SYZBOT,
            "Re: [syzbot] oops",
            "syzbot tried to test the proposed patch but the build/boot failed:\n\n"
            "failed to checkout kernel repo x\n",
            [("", "warning")],
        ),
        (SYZBOT, "[syzbot] oops", "syzbot found the following issue on:\n", []),
        (SYZBOT, "Re: [syzbot] oops", "syzbot has bisected this issue to:\n", []),
        (
            SYZBOT_CI,
            "[syzbot ci] Re: x",
            "syzbot ci has tested the following series\n\n[v1] x\nURL\n\n"
            "and found the following issue:\nWARNING in y\n",
            [("", "fail")],
        ),
        (
            BLUEZ,
            "RE: [v2] x",
            "Test Summary:\nCheckPatch      PENDING   0.32 seconds\n"
            "Incremental Build with patchesPASS      5536.54 seconds\n"
            "TestRunner_iso-tester         FAIL      65.28 seconds\n"
            "ScanBuild                     SKIP      0.10 seconds\n"
            "> CheckValgrind               FAIL      1.0 seconds\n",
            [
                ("/CheckPatch", "pending"),
                ("/Incremental Build with patches", "success"),
                ("/TestRunner_iso-tester", "fail"),
            ],
        ),
        (
            BLUEZ,
            "RE: x",
            "##############################\nTest: CheckPatch - FAIL\nOutput:\nx\n"
            "##############################\nTest: CheckBuild: Setup ELL - PASS\n",
            [("/CheckPatch", "fail"), ("/CheckBuild: Setup ELL", "success")],
        ),
        (
            BLUEZ,
            "RE: x",
            "the patches couldn't be applied to the current HEAD of the repository.\n",
            [("/apply", "fail")],
        ),
        (GFX, "\u2713 Fi.CI.BAT: success for drm: x (rev2)", "", [("/Fi.CI.BAT", "success")]),
        (GFX, "[Intel-gfx] \u2717 i915.CI.Full: failure for x", "", [("/i915.CI.Full", "fail")]),
        (GFX, "\u2717 Fi.CI.CHECKPATCH: warning for x", "", [("/Fi.CI.CHECKPATCH", "warning")]),
        (BPF, "Re: x", "Dear patch submitter,\n\nStatus:     FAILURE\nName:  x\n", [("", "fail")]),
        (BPF, "Re: x", "Dear patch submitter,\n\nStatus:     SUCCESS\n", [("", "success")]),
        (
            BPF,
            "Re: x",
            "> diff\n\nCan this overflow?\n\n---\nAI reviewed your patch. Please fix the bug\n",
            [("/AI review", "warning")],
        ),
        (
            "Bo <bo@shale.example>",
            "Re: x",
            "Dear patch submitter,\n\nBlock CI has tested the following submission:\n"
            "Status:     FAILURE\n",
            [("", "fail")],
        ),
        (
            "patchwork@media-ci.org",
            "Re: x",
            "Thanks for your patches! Unfortunately the Media CI robot detected some\nissues:\n\n"
            "# Test static:test-smatch\nx\n\n# Test checkpatch:./0001-x.patch checkpatch\n",
            [("/static:test-smatch", "fail"), ("/checkpatch", "fail")],
        ),
        (
            "Lab <lab@shale.example>",
            "|WARNING| pw12 [PATCH] x",
            "Test-Label: arm unit tests\nTest-Status: WARNING\nhttp://dpdk.org/patch/12\n\n_Bad_\n",
            [("/arm unit tests", "warning")],
        ),
        (
            "no-reply@patchew.org",
            "Re: x",
            "Patchew URL: https://patchew.example/x\n\nHi,\n\n"
            "This series failed the asan build test. Please find\n",
            [("/asan", "fail")],
        ),
        (
            "no-reply@patchew.org",
            "Re: x",
            "Hi,\n\nThis series seems to have some coding style problems. See output below\n",
            [("/checkpatch", "warning")],
        ),
        (
            "ci_notify@linaro.org",
            "[Linaro-TCWG-CI] c++/1: x: FAIL: 2 regressions on arm",
            "Dear contributor,\n",
            [("", "fail")],
        ),
        (
            "ci_notify@linaro.org",
            "[CI-NOTIFY]: TCWG Bisect job - Build # 6 - Successful!",
            "Could not identify regression in *linux* in CI configuration x.\n",
            [("", "warning")],
        ),
        (
            "cki-project@redhat.com",
            "\u274c FAIL: Test report for kernel 6.1 (x)",
            "",
            [("", "fail")],
        ),
        (
            "cki-project@redhat.com",
            "\u2705 PASS: Test report for kernel 6.1 (x)",
            "",
            [("", "success")],
        ),
        (
            KERNELCI,
            "stone/master baseline: 50 runs, 7 regressions (v6.8-rc4)",
            "",
            [("/baseline", "fail")],
        ),
        (
            KERNELCI,
            "stone/quarry/5.10 build: 19 builds: 0 failed, 19 passed, 5 warnings (v5.10.2)",
            "",
            [("/build", "warning")],
        ),
        (KERNELCI, "s/m build: 19 builds: 2 failed, 17 passed (x)", "", [("/build", "fail")]),
        (KERNELCI, "s/m boot: 9 boots: 0 failed, 9 passed (x)", "", [("/boot", "success")]),
        (KERNELCI, "[REGRESSION] stone/master: (build) x in y", "", [("", "fail")]),
        (KERNELCI, "[STATUS] stone/master - 0123", STATUS, [("/status", "success")]),
        (KERNELCI, "[STATUS] stone/master - 0123", "Hardware: x\n", [("/status", "warning")]),
        (
            SASHIKO,
            "Re: x",
            "> y\n\nSashiko has reviewed this patch and found no issues. It looks great!\n",
            [("", "success")],
        ),
        (
            SASHIKO,
            "Re: x",
            "Thank you! Sashiko AI review found 2 potential issue(s) to consider:\n- [High] y\n",
            [("", "warning")],
        ),
        (
            ROB,
            "Re: x",
            "> y\n\nMy bot found errors running 'make z' on your patch:\n",
            [("", "fail")],
        ),
        (ROB, "Re: x", "My bot found new DTB warnings on the .dts files\n", [("", "warning")]),
        (
            SASHA,
            "Re: [PATCH 6.1.y] x",
            "[ Sasha's backport helper bot ]\n\nHi,\n\n\u2705 All tests passed successfully.\n"
            "| 6.1 | Success | Success |\n",
            [("", "success")],
        ),
        (
            SASHA,
            "Re: [PATCH 5.15] x",
            "[ Sasha's backport helper bot ]\n\n| Branch | Patch Apply | Build Test |\n"
            "| stable/linux-5.15.y       |  Failed     |  N/A       |\n",
            [("", "fail")],
        ),
        (
            "patchtest@yocto.example",
            "Patchtest results for x",
            "FAIL: test shortlog format: too long (test_mbox.TestMbox.test_shortlog)\n\n"
            "PASS: test Signed-off-by presence (test_mbox.TestMbox.test_sob)\nSKIP: test y: z\n",
            [("/test shortlog format", "fail"), ("/test Signed-off-by presence", "success")],
        ),
        (
            "osstest-admin@xen.example",
            "[quarry test] 163021: regressions - FAIL",
            "",
            [("/quarry", "fail")],
        ),
        ("osstest-admin@x.y", "[q test] 1: tolerable FAIL - PUSHED", "", [("/q", "success")]),
        (
            "builder@sourceware.org",
            "\u2620 Buildbot (Sourceware): gdb - failed test (failure) (master)",
            "",
            [("", "fail")],
        ),
        ("ci@x.example", "Re: x", "Result: pass\n", [("", "success")]),
        ("ci@x.example", "Re: x", "Your patch: FAILED\n", [("", "fail")]),
        ("ci@x.example", "Re: x", "> it FAILED\n", []),
        ("patchwork-bot+x@kernel.org", "Re: x", "This series was applied.\n", []),
        ("pr-tracker-bot@kernel.org", "Re: [GIT PULL] x", "has been merged\n", []),
    ],
)
def test_told(sender: str, subject: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = told(sender, subject, text)
    names = {context.partition("/")[0] for context, _ in found}
    assert len(names) <= 1
    name = next(iter(names), "")
    assert [(context.removeprefix(name), outcome) for context, outcome in found] == expected


def test_a_tree_a_commit_and_a_link() -> None:
    text = (
        "tree:   https://git.example/quarry.git dev\n"
        "head:   8aa390ac7b8e2b959258243bcd241ac7623b5840\n"
        "commit: 1aa390ac7b8e2b959258243bcd241ac7623b5840 [2/7] pebble: count (twice)\n"
        "| Closes: https://lore.example/all/2026-lkp@intel.com/\n\n"
        "All errors (new ones prefixed by >>):\n"
    )
    found = read(mail(f"{TREE} fs/a.c:1: error: x", text, sender=LKP))
    assert found.checks == (
        Check(
            "kernel test robot/build-errors",
            Outcome.FAIL,
            "https://lore.example/all/2026-lkp@intel.com/",
            'quarry:dev 1aa390ac7b8e ("pebble: count (twice)")',
        ),
    )
    assert found.checks[0].title == "pebble: count (twice)"
    # It answers nothing and something is broken: a report. The commit is no landing.
    assert (found.kind, found.says) == (Kind.REPORT, frozenset({Says.FAILED}))
    assert found.commits == ()


def test_a_summary_of_a_branch() -> None:
    text = "branch HEAD: 8aa390ac7b8e2b959258243bcd241ac7623b5840  pebble: count twice\n"
    found = read(mail("[quarry:dev] BUILD SUCCESS 8aa390ac7b8e", text, sender=LKP))
    assert found.checks[0].about == 'quarry:dev 8aa390ac7b8e ("pebble: count twice")'
    assert (found.kind, found.says) == (Kind.BOT_REPORT, frozenset())


def test_an_answer_to_a_patch_is_about_that() -> None:
    text = "[auto build test ERROR on quarry/master]\n\nurl:    https://g.example/x\n"
    check = read(reply("a@x", text, sender=LKP)).checks[0]
    assert (check.about, check.title, check.series) == ("", "", False)


def test_links() -> None:
    text = "PW Link:https://pw.example/series=1\nCheckPatch   PASS   1.0 seconds\n"
    check = read(reply("a@x", text, sender=BLUEZ)).checks[0]
    assert (check.url, check.series) == ("https://pw.example/series=1", True)
    text = "Sashiko AI review found 1 potential issue\n-- \nx https://sashiko.dev/#/p?part=1\n"
    assert (
        read(reply("a@x", text, sender=SASHIKO)).checks[0].url == "https://sashiko.dev/#/p?part=1"
    )


@pytest.mark.parametrize(
    ("sender", "text", "failed"),
    [
        (LKP, "[auto build test WARNING on a/b]\n", True),
        (BLUEZ, "CheckSparse   WARNING   1.0 seconds\n", False),
        (BLUEZ, "CheckSparse   FAIL   1.0 seconds\n", True),
        (SASHIKO, "Sashiko AI review found 1 potential issue\n", False),
        (SYZBOT, "syzbot has bisected this issue to:\n", False),
    ],
)
def test_what_the_author_has_to_mend(sender: str, text: str, failed: bool) -> None:
    assert (Says.FAILED in read(reply("a@x", text, sender=sender)).says) is failed


def test_bots_neither_ask_nor_promise() -> None:
    found = read(mail("[BUG] oops", "Why is that? Will fix.\n", sender=SYZBOT))
    assert (found.kind, found.says) == (Kind.REPORT, frozenset())


def test_a_person_has_no_checks() -> None:
    assert told("Ada <ada@quarry.example>", "Re: x", "CheckPatch   FAIL   1.0 seconds\n") == []


def test_a_commit_notification_has_no_checks() -> None:
    text = "Commit-ID:     0123456789abcdef\nGitweb:        x\n\nFAIL: y\n"
    assert read(mail("[tip: x] y", text, sender="tip-bot2@x.example")).checks == ()


def test_a_bots_patch_below_a_patch_is_a_fixup() -> None:
    raw = patch("[PATCH] quarry: fix ifnullfree.cocci warnings", sender=LKP, parents=["a@x"])
    found = read(raw)
    assert found.kind is Kind.BOT_REPORT and found.diff is not None


@pytest.mark.parametrize("bot", BOTS, ids=lambda bot: bot.name)
@pytest.mark.parametrize(
    "unit",
    ["a" * 70, "a ", " ", "\n", "[", "(", "http://", "Test: ", "1.0 ", ": ", "a PASS ", "\u2713"],
)
def test_hostile_text_takes_no_time(bot: object, unit: str) -> None:
    known = next(one for one in BOTS if one is bot)
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    checks_of(known, text[:2000], text)
    assert time.process_time() - begin < 1.0


def test_a_table_without_end() -> None:
    text = "".join(f"Test{at}   PASS   1.0 seconds\n" for at in range(100_000))
    assert len(read(reply("a@x", text, sender=BLUEZ)).checks) == 200
