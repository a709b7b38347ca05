# SPDX-License-Identifier: GPL-2.0-or-later
"""The bots that are known without configuration: data only.

Each rule says in a comment which of the bot's mails it reads. Counts in patterns are bounded, since
anybody can send mail under a bot's name.
"""

from __future__ import annotations

from maintainer_kit.model.message.bot import Bot, Rule
from maintainer_kit.model.message.check import Outcome

# Of an address what stands in one: no space, no quotes, no control characters.
_PART = r"[!#-;=?-~]"
_URL = rf"(https?://{_PART}{{4,500}})"


def _says(words: str, outcome: Outcome | None = None, context: str = "") -> Rule:
    return Rule(words, outcome, context)


def _each(words: str, outcome: Outcome | None = None) -> Rule:
    return Rule(words, outcome, each=True)


LIST_CI = (
    # "|SUCCESS| pw123 title", "FAIL: title", "[bot] PASS: title" in a subject.
    _says(r"\A[^\n]{0,40}?(?<!\w)(?P<outcome>PASS|SUCCESS|WARNING|FAIL(?:ED|URE)?)(?!\w)"),
    # "Status: FAILURE", "Result: pass" on a line of its own.
    _says(r"^(?:Test-)?(?:Status|Result|Outcome|State)[ \t]{0,9}:[ \t]{0,9}(?P<outcome>\w{2,12})$"),
    _says(r"^[^>\n]{0,200}\bFAIL(?:ED|URE)?\b", Outcome.FAIL),
    _says(r"^[^>\n]{0,200}\b(?:PASS(?:ED)?|SUCCESS)\b", Outcome.SUCCESS),
)
"""What those say of whom nothing is known but that they are no people."""

BOTS = (
    Bot(
        "kernel test robot",
        r"<lkp@intel\.com>$|<lkp@robots?\.|\b(?:kernel|kbuild) test robot <[\w.+-]+@intel\.",
        rules=(
            # A patch for stable@ without "Cc: stable" or "commit SHA upstream".
            _says(r"the stable kernel rule is not satisfied", Outcome.WARNING, "stable-rules"),
            # Summary of a branch: "[tree:branch] BUILD SUCCESS WITH WARNING <commit>".
            _says(
                r"\A\[[^\]\n]{1,200}\] BUILD (?P<outcome>SUCCESS WITH (?:UNVERIFIED )?WARNING"
                r"|SUCCESS|DONE|REGRESSION|INCOMPLETE)\b",
                context="build",
            ),
            # Answers to patches since 2023, before that, and both forms about a tree's commit.
            _says(
                r"^kernel test robot noticed the following build errors|^\[auto build test ERROR"
                r"|^All errors?(?:/warnings)? \(",
                Outcome.FAIL,
                "build-errors",
            ),
            _says(
                r"^kernel test robot noticed the following build warnings"
                r"|^\[auto build test WARNING|^All warnings \("
                r"|^(?:New )?(?:smatch|sparse|cocci(?:nelle)?|dtcheck|includecheck) warnings",
                Outcome.WARNING,
                "build-warnings",
            ),
            # "kernel test robot noticed a -4.1% regression of will-it-scale... on:"
            _says(
                r"\bnoticed a -?[\d.]{1,12}% (?P<outcome>regression|improvement) of",
                context="performance",
            ),
            # 'kernel test robot noticed "INFO:task_blocked_for_more_than#seconds" on:'
            _says(
                r'^kernel test robot noticed "[^"\n]{1,300}" on:|^FYI, we noticed the following',
                Outcome.FAIL,
                "tests",
            ),
            _says(r"", Outcome.WARNING),
        ),
        links=(
            rf"^[|\s]{{0,9}}Closes: {_URL}",
            rf"\((https?://{_PART}{{4,500}}/reproduce)\)",
            rf"^config: [^\n]{{1,200}}\({_URL}\)",
            rf"^[ \t]{{0,9}}(https://lore\.kernel\.org/{_PART}{{4,400}})$",
        ),
        about=(
            r"\A\[(?P<tree>[^\s:\]]{1,80}:[^\s\]]{1,80})(?: \d+/\d+)?\]",
            r"^commit: (?P<commit>[0-9a-f]{12,64}) \[\d+/\d+\] (?P<title>[^\n]{1,300})$",
            r'^commit: (?P<commit>[0-9a-f]{12,64}) \("(?P<title>[^\n]{1,300})"\)$',
            r"^branch HEAD: (?P<commit>[0-9a-f]{12,64})[ \t]{1,4}(?P<title>[^\n]{1,300})$",
        ),
        reports_failure=True,
    ),
    Bot(
        "syzbot ci",
        r"\bsyzbot ci <syzbot|<syzbot\+ci[0-9a-z]{8,40}@syzkaller\.",
        rules=(
            # "syzbot ci has tested the following series ... and found the following issue:"
            _says(r"^and found the following issues?:", Outcome.FAIL),
            _says(r"^and found no issues", Outcome.SUCCESS),
        ),
        links=(rf"^Full report is available here:\n{_URL}",),
        series=True,
        reports_failure=True,
    ),
    Bot(
        "syzbot",
        r"<syzbot[+@]|@syzkaller[\w.-]*\.appspotmail\.com>$",
        rules=(
            # Answers to "#syz test"; reports, bisections and what is mended are no results.
            _says(r"^syzbot has tested the proposed patch and the", Outcome.SUCCESS),
            _says(r"^syzbot has tested the proposed patch but", Outcome.FAIL),
            # The tree that was named is not there: it says nothing about the patch.
            _says(
                r"build/boot failed:\s{1,4}failed to (?:checkout|apply|fetch|clone)",
                Outcome.WARNING,
            ),
            _says(
                r"^syzbot tried to test the proposed patch but (?:the )?build/boot failed",
                Outcome.FAIL,
            ),
        ),
        links=(
            rf"^console output:[ \t]{{1,9}}{_URL}",
            rf"^dashboard link:[ \t]{{1,9}}{_URL}",
        ),
        about=(
            r"^git tree:[ \t]{1,9}(?P<tree>[^\n]{1,200})$",
            r"^(?:HEAD )?commit:[ \t]{1,9}(?P<commit>[0-9a-f]{8,64}) (?P<title>[^\n]{1,200})$",
        ),
        reports_failure=True,
    ),
    Bot(
        "bluez.test.bot",
        r"<(?:bluez\.test|iwd\.ci)\.bot@gmail\.com>$",
        rules=(
            # One line a test: "CheckPatch      PASS      5.75 seconds"; long names leave no space.
            _each(
                r"^(?P<context>\w[^\n]{0,60}?)[ \t]{0,40}"
                r"(?P<outcome>PASS|FAIL|WARNING|PENDING|SKIP|ERROR)"
                r"[ \t]{1,9}[\d.]{1,12} seconds[ \t]*$"
            ),
            # Before 2021: "Test: CheckPatch - FAIL" above the output of each.
            _each(r"^(?:#{1,9} )?Test: (?P<context>[^\n]{1,60}?) - (?P<outcome>[A-Z]{4,8})\b"),
            _says(r"couldn't be applied to the current HEAD", Outcome.FAIL, "apply"),
        ),
        links=(rf"^PW Link: ?{_URL}",),
        series=True,
    ),
    Bot(
        "freedesktop CI",
        r"\bPatchwork <patchwork@[\w.-]*freedesktop\.org>$",
        # Subject: a tick or a cross, "Fi.CI.BAT: success for TITLE (rev2)".
        rules=(
            _says(
                r"\A(?:\[[^\]\n]{1,60}\] )?\W{0,4}"
                r"(?P<context>[\w.+-]{1,60}): (?P<outcome>\w{4,9}) for "
            ),
        ),
        links=(
            rf"^[ \t]{{0,4}}External URL: {_URL}",
            rf"^For more details see: {_URL}",
            rf"^URL[ \t]{{0,6}}: {_URL}",
        ),
        series=True,
    ),
    Bot(
        "BPF CI",
        r"<bot\+bpf-ci@kernel\.org>$",
        rules=(
            # Kernel Patches Daemon: "Status:     FAILURE".
            _says(r"^Status:[ \t]{1,9}(?P<outcome>[A-Z]{4,9})$"),
            # A review by a language model: no result, but words that ask for an answer.
            _says(r"^AI reviewed your patch", Outcome.WARNING, "AI review"),
        ),
        links=(
            rf"^Matrix:[ \t]{{1,9}}{_URL}",
            rf"^CI run summary: {_URL}",
        ),
        series=True,
    ),
    Bot(
        "Kernel Patches Daemon",
        # The same program elsewhere (blktests), under its operator's address.
        wording="Dear patch submitter,",
        rules=(_says(r"^Status:[ \t]{1,9}(?P<outcome>[A-Z]{4,9})$"),),
        links=(rf"^(?:Matrix|Run record):[ \t]{{1,9}}{_URL}",),
        series=True,
    ),
    Bot(
        "media CI",
        r"<patchwork@media-ci\.org>$",
        rules=(
            # Each finding below "# Test static:test-smatch" or "# Test checkpatch:./0001-...patch".
            _each(r"^# Test (?P<context>(?:static:|virtme[\w-]{0,20}:)?[\w-]{1,60})", Outcome.FAIL),
            _says(r"the Media CI robot detected", Outcome.FAIL),
        ),
        links=(rf"(https://{_PART}{{4,500}}/report\.htm)",),
        series=True,
    ),
    Bot(
        "DPDK CI",
        # Every lab of DPDK: test-report@dpdk.org takes two lines at the top.
        wording="Test-Label: ",
        rules=(
            _says(
                r"^Test-Label: (?P<context>[^\n]{1,80}?)[ \t]{0,9}\n"
                r"Test-Status: (?P<outcome>\w{4,9})"
            ),
        ),
        links=(rf"^{_URL}",),
    ),
    Bot(
        "patchew",
        r"<no-reply@patchew\.org>$",
        rules=(
            # "This series failed the asan build test."
            _says(r"^This series failed (?:the )?(?P<context>[\w@.-]{1,60})", Outcome.FAIL),
            _says(
                r"^This series seems to have some coding style problems",
                Outcome.WARNING,
                "checkpatch",
            ),
        ),
        links=(
            rf"^{_URL}\.?$",
            rf"^Patchew URL: {_URL}",
        ),
        series=True,
    ),
    Bot(
        "Linaro TCWG",
        r"<ci_notify@linaro\.org>$",
        rules=(
            # "[Linaro-TCWG-CI] title: FAIL: 2 regressions on arm", "v6.6-rc1: Failure on arm".
            _says(r"\A[^\n]{0,300}: (?P<outcome>FAIL|PASS|Failure|Success)\b"),
            _says(r"^(?:Successfully i|I)dentified regression", Outcome.FAIL),
            _says(r"^Could not identify regression", Outcome.WARNING),
        ),
        links=(
            rf"^Build top page/logs: {_URL}",
            rf"(?:^|\s){_URL}",
        ),
    ),
    Bot(
        "CKI",
        r"<cki-project@redhat\.com>$",
        # Subject: a tick or a cross, "FAIL: Test report for kernel 5.12.0 (mainline, a48b0872)".
        rules=(_says(r"\A\W{0,6}(?P<outcome>[A-Z]{4,9}): Test report for "),),
        links=(rf"(?:^|\s){_URL}",),
        about=(r"\A[^\n]{0,20}Test report for (?P<tree>[^\n]{1,160})",),
    ),
    Bot(
        "kernelci",
        r"<bot@kernelci\.org>$|<kernelci[@+-]",
        rules=(
            # Maestro, since 2024: "[REGRESSION] tree/branch: ...", "[STATUS] tree/branch - commit".
            _says(r"\A\[REGRESSION\]|\A[^\n]{0,120}: new \w{2,12} regression", Outcome.FAIL),
            _says(r"^[ \t]{0,4}No possible regressions observed", Outcome.SUCCESS, "status"),
            _says(r"\A\[STATUS\]", Outcome.WARNING, "status"),
            # Until 2024: "tree/branch baseline: 50 runs, 7 regressions (v6.8-rc4)".
            _says(
                r"\A[^\n]{1,160} (?P<context>[\w-]{1,60}): \d{1,6} runs, [1-9]\d{0,5} regressions",
                Outcome.FAIL,
            ),
            _says(r"\A[^\n]{1,160} (?P<context>[\w-]{1,60}): \d{1,6} runs, 0 ", Outcome.SUCCESS),
            # "tree/branch build: 19 builds: 0 failed, 19 passed, 5 warnings (v5.10.201)".
            _says(
                r"\A[^\n]{1,160} (?P<context>[\w-]{1,60}): \d{1,6} \w{4,6}: [1-9]\d{0,5} failed",
                Outcome.FAIL,
            ),
            _says(
                r"\A[^\n]{1,160} (?P<context>[\w-]{1,60}): \d{1,6} \w{4,6}: 0 failed"
                r"[^\n]{0,60} warning",
                Outcome.WARNING,
            ),
            _says(
                r"\A[^\n]{1,160} (?P<context>[\w-]{1,60}): \d{1,6} \w{4,6}: 0 failed",
                Outcome.SUCCESS,
            ),
            _says(r"\A[^\n]{0,160}\bbisection: ", Outcome.FAIL, "bisection"),
        ),
        links=(
            rf"^[ \t]{{0,4}}Details:[ \t]{{1,9}}{_URL}",
            rf"^Full \w{{4,6}} Summary: {_URL}",
            rf"^[-\s]{{0,4}}[Dd]ashboard:\s{{1,9}}{_URL}",
        ),
        about=(
            r"\A(?:\[\w{1,20}\] )?(?P<tree>[\w.+-]{1,60}/[\w.+/-]{1,80})",
            r"^[- \t]{0,4}(?:Git Commit|SHA|commit HEAD|commit hash):[ \t]{1,9}"
            r"(?P<commit>[0-9a-f]{12,64})",
        ),
    ),
    Bot(
        "sashiko",
        r"<sashiko(?:-\w{1,20})?@",
        rules=(
            _says(r"^Sashiko has reviewed this patch and found no issues", Outcome.SUCCESS),
            _says(r"Sashiko AI review found \d{1,4} potential", Outcome.WARNING),
            # "[sashiko-check] warning - title", with "status: warning" in the text.
            _says(r"^status: (?P<outcome>success|warning|fail)$"),
        ),
        links=(rf"(https://sashiko\.dev/{_PART}{{1,400}})",),
    ),
    Bot(
        "LTP AI Reviewer",
        r"\bLTP AI Reviewer <|<ltp-ai@",
        rules=(_says(r"^Verdict - (?P<outcome>Reviewed|Approved|Needs revision)\b"),),
        series=True,
    ),
    Bot(
        "dt_binding_check",
        r"<robh(?:\+dt)?@kernel\.org>$",
        # Rob Herring's bot answers under his address.
        wording="My bot found ",
        rules=(
            _says(r"^My bot found errors", Outcome.FAIL),
            _says(r"^My bot found new DTB warnings", Outcome.WARNING),
        ),
        links=(rf"^See {_URL}",),
        reports_failure=True,
    ),
    Bot(
        "gregkh's patch-bot",
        r"<gregkh@(?:linuxfoundation\.org|kernel\.org)>$",
        wording="This is the friendly patch-bot of Greg Kroah-Hartman",
        rules=(_says(r"^This is the friendly patch-bot", Outcome.WARNING),),
        reports_failure=True,
    ),
    Bot(
        "Sasha's backport helper",
        wording="[ Sasha's backport helper bot ]",
        rules=(
            _says(r"All tests passed successfully", Outcome.SUCCESS),
            # Rows of branches: "| stable/linux-5.15.y |  Failed  |  N/A  |".
            _says(r"^\|[^|\n]{1,60}\|[^\n]{0,60}\bFailed", Outcome.FAIL),
            _says(r"^Summary of potential issues", Outcome.WARNING),
            _says(r"^\|[^|\n]{1,60}\|[ \t]{0,9}Success", Outcome.SUCCESS),
        ),
    ),
    Bot(
        "coverity-bot",
        r"\+coverity-bot@|\bcoverity-bot <",
        rules=(_says(r"report about issues detected by Coverity", Outcome.WARNING),),
        about=(r'^[ \t]{2,8}(?P<commit>[0-9a-f]{10,64}) \("(?P<title>[^\n]{1,300})"\)$',),
        reports_failure=True,
    ),
    Bot(
        "patchtest",
        r"<patchtest@",
        # Yocto: "FAIL: test shortlog format: ... (test_mbox.TestMbox.test_shortlog_format)".
        rules=(
            _each(
                r"^(?P<outcome>PASS|FAIL|SKIP): "
                r"(?P<context>(?:pre)?test [\w ./-]{1,60}?)[ \t]?[:(\n]"
            ),
        ),
        series=True,
    ),
    Bot(
        "osstest",
        r"<osstest-admin@",
        # "[xen-unstable test] 163021: regressions - FAIL", "... tolerable FAIL - PUSHED".
        rules=(
            _says(
                r"\A\[(?P<context>[^\s\]]{1,60}) test\] \d{1,9}: "
                r"(?P<outcome>regressions|tolerable|all pass)"
            ),
        ),
        links=(rf"^[ \t]{{0,9}}{_URL}",),
    ),
    Bot(
        "Sourceware Buildbot",
        r"<builder@sourceware\.org>$",
        # "Buildbot (Sourceware): gdb - failed test (failure) (master)".
        rules=(
            _says(
                r"\A\W{0,4}Buildbot [^\n]{0,200}"
                r"\((?P<outcome>success|failure|warnings?|exception)\)"
            ),
        ),
        links=(rf"(?:^|\s){_URL}",),
    ),
    Bot("tip-bot", r"<tip-bot2?@"),
    Bot("pr-tracker-bot", r"<pr-tracker-bot@"),
    Bot("patchwork-bot", r"<patchwork-bot(?:\+[\w.-]{1,60})?@|<patchwork@"),
    Bot("regzbot", r"^\"?[Rr]egzbot\b[^<]{0,80}<"),
    Bot("git-commits-head", r"<git-mailbomb|<gitolite@|<devnull@kernel\.org>$"),
    Bot(
        "list CI",
        (
            r"<(?:ci|ci[-_.]?bot|robot|testbot|buildbot|bot)@|<[^@>\s]{1,80}[-_.+]bot@|@ci\."
            r"|\bCI(?: [Bb]ot)? <|[-\[]bot\]? <"
        ),
        rules=LIST_CI,
        links=(rf"(?:^|\s){_URL}",),
    ),
    # Bounces, notices and what else nobody wrote: no person, and no result.
    Bot(
        "automatic mail",
        r"<(?:[\w.+]{1,60}[-_.])?(?:no|do-?not)[-_]?reply\d{0,9}(?:[-+_.][^@>]{1,80})?@"
        r"|<(?:mailer-daemon|postmaster|bounces?)(?:[-+][^@>]{1,80})?@",
    ),
)
