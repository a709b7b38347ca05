# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what a commit message says; what programs misread in it is the family ``marks``."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import DIFF, GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.long_lines import long_lines, rewrapped
from maintainer_kit.checks.notes_prose import description_in_notes
from maintainer_kit.checks.patch import Patch, in_body, in_notes, in_title
from maintainer_kit.checks.prose import has_prose, prose_lines
from maintainer_kit.checks.rule import MAILS, patch_rule
from maintainer_kit.checks.sources import B4, TIP, checkpatch, posting_patches, submitting_patches
from maintainer_kit.checks.substance import is_fix, is_small, says_impact, says_testing
from maintainer_kit.checks.typos import is_doubled, suspects, typos_in
from maintainer_kit.lazy.pattern import lazy_pattern

_DESCRIBE = submitting_patches("describe-your-changes")
# "Without this patch" compares, and "when this commit is popped" is about another one: in the
# middle of a sentence it has to do something.
_THIS_PATCH = lazy_pattern(
    r"\bThis (?:patch|commit|changeset|patch ?set|patch series|series)\b(?! itself\b)"
    r"(?! (?:is|was|depends|needs|requires|has been|only) (?:based|part|on|sent|tested|the)\b)"
    r"|\bthis (?:patch|commit|changeset|series)(?: (?:also|just|only|first|simply|now))?"
    r" (?:will|adds|changes|fixes|removes|makes|introduces|implements|allows|avoids|converts|drops|"
    r"enables|moves|replaces|teaches|updates|uses|extends|ensures|prevents|renames|does|tries)\b"
    r"|\b[Ii]n this (?:patch|commit|series),? (?:we|I)\b"
)
_FIRST_PERSON = lazy_pattern(
    r"(?<![\w/.'\"`-])(?:I'(?:m|ve|ll|d)|I(?![/&.\w-])|[Ww]e|[Mm]y|[Oo]ur|[Uu]s)(?![\w/-])"
)
_TYPO_WORDS = ("typo", "spelling", "misspel", "mispel", "s/")


@patch_rule(
    "body-missing",
    Severity.WARNING,
    "The commit message does not say why.",
    why="The diff shows what is changed, the title names it; why, and what happens without it, "
    "stands nowhere else. In five years it is all that a reader has.",
    fix="Say below the title what is wrong, whom it hurts, and how the patch mends it.",
    source=_DESCRIBE,
    aliases=("COMMIT_MESSAGE",),
    passes=GOOD.with_(body="Mounts that fail leak the buffer."),
    fails=GOOD.with_(body=""),
)
def body_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    if patch.is_merge or has_prose(patch) or description_in_notes(patch):
        return
    said = patch.is_revert and any("reverts commit" in line for line in patch.body)
    message = (
        "the message does not say why the commit is reverted"
        if said
        else "the message has a title and no text"
    )
    yield Hit(message, fix=Fix("say what is wrong without it, whom it hurts, and how it is mended"))


@patch_rule(
    "misplaced-body",
    Severity.WARNING,
    "The description stands below the --- line, where git am drops it.",
    why="What is written between --- and the diff is for the readers of the mail alone. A commit "
    "whose description stands there has none once it is applied.",
    fix="Move the description above the --- line and the trailers.",
    source=B4,
    origins=MAILS,
    passes=GOOD.with_(notes="Changes in v2: use the helper that the last review asked for, thanks"),
    fails=GOOD.with_(
        body="", notes="When the super block cannot be read, its buffer is never given back."
    ),
)
def misplaced_body(patch: Patch, look: Look) -> Iterator[Hit]:
    if has_prose(patch) or not (found := description_in_notes(patch)):
        return
    text = patch.notes[found.start : found.stop]
    gap = ("",) if any(line.strip() for line in patch.body[:1]) else ()
    edits = (
        Edit(Part.BODY, 0, 0, (*text, *gap)),
        Edit(Part.NOTES, found.start, len(text), ()),
    )
    yield Hit(
        "the description stands below the --- line, where git am drops it",
        in_notes(found.start),
        Fix("move it above the trailers and the --- line", edits),
    )


@patch_rule(
    "body-long-line",
    Severity.WARNING,
    "A line of prose is too long.",
    why="Messages are read in terminals of 80 columns, where git log indents them by four, and in "
    "mails that quote them a few times over.",
    fix="Wrap prose at 75 columns; leave logs, tables and URLs as they are.",
    source=checkpatch("COMMIT_LOG_LONG_LINE"),
    aliases=("COMMIT_LOG_LONG_LINE",),
    options={"limit": 75},
    passes=GOOD.with_(
        body="The super block leaks when it cannot be read, as the log says:\n\n"
        "[   12.345678] pebble: cannot read the super block of /dev/sdb1, error -5, giving up now"
    ),
    fails=GOOD.with_(
        body="When the super block cannot be read, its buffer is never given back to the cache "
        "of buffers, and all memory goes.\nGive it back."
    ),
)
def body_long_line(patch: Patch, look: Look) -> Iterator[Hit]:
    limit = look.number("limit")
    found = list(long_lines(patch, limit))
    if not found:
        return
    at, size = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    edits = rewrapped(patch, [one for one, _ in found], limit)
    yield Hit(
        f"a line of {size} columns{more}; prose is wrapped at {limit}",
        in_body(at, min(limit, len(patch.body[at]) - 1), len(patch.body[at])),
        Fix(f"wrap it at {limit} columns", edits),
    )


@patch_rule(
    "body-this-patch",
    Severity.INFO,
    "The message says 'this patch'.",
    why="It is known to be a patch, and in the history it is none any more. A message that gives "
    "orders ('Make the lock ...') is shorter and tells apart what was and what will be.",
    fix="Begin with the verb: 'Add a lock', not 'This patch adds a lock'.",
    source=_DESCRIBE,
    passes=GOOD.with_(body="Give the buffer back. Without this patch a mount leaks 4 KiB."),
    fails=GOOD.with_(body="This patch gives the buffer back, which leaks."),
)
def body_this_patch(patch: Patch, look: Look) -> Iterator[Hit]:
    if "his " not in patch.text:
        return
    for at, line in prose_lines(patch):
        if "his " in line and (found := _THIS_PATCH.search(line)):
            fix = Fix("begin with the verb, as an order")
            yield Hit(f"'{found[0]}': give the order instead", in_body(at, *found.span()), fix)
            return


@patch_rule(
    "body-first-person",
    Severity.INFO,
    "The message says 'I' or 'we'.",
    why="'We' may be the author, the kernel, or everybody: the reader has to guess who does what. "
    "A sentence that names the function or the task says it.",
    fix="Name who acts: the function, the task, the user.",
    source=TIP,
    passes=GOOD.with_(body="The I/O path gives the buffer back when pebble_read() fails."),
    fails=GOOD.with_(body="When the read fails we never give the buffer back."),
)
def body_first_person(patch: Patch, look: Look) -> Iterator[Hit]:
    for at, line in prose_lines(patch):
        if found := _FIRST_PERSON.search(line):
            fix = Fix("name who acts, or give the order")
            yield Hit(f"'{found[0]}': it is not clear who", in_body(at, *found.span()), fix)
            return


@patch_rule(
    "spelling",
    Severity.INFO,
    "A word is misspelt, or stands there twice.",
    why="The message is searched as often as it is read: a misspelt word is not found. It also "
    "makes a reader wonder whether the code was read over.",
    fix="Correct the word.",
    source=checkpatch("TYPO_SPELLING"),
    aliases=("TYPO_SPELLING", "REPEATED_WORD"),
    passes=GOOD.with_(body="Users had had to call recieve_buffer(), which said 'recieved'."),
    fails=GOOD.with_(body="The buffer that is recieved is never given back to the the cache."),
)
def spelling(patch: Patch, look: Look) -> Iterator[Hit]:
    title = patch.title.lower()
    if any(one in title for one in _TYPO_WORDS):
        return  # it names the typos that it mends
    if suspects(title)[0]:
        yield from _misspelt_title(patch)
    has_typos, has_doubled = suspects(patch.text)
    if not has_typos and not has_doubled:
        return
    last = ""
    above = -1
    for at, line in prose_lines(patch):
        if has_typos:
            yield from _misspelt(at, line)
        if has_doubled:
            yield from _doubled(at, line, last if above == at - 1 else "")
        above, last = at, line.rsplit(None, 1)[-1]


def _misspelt_title(patch: Patch) -> Iterator[Hit]:
    for start, end, right in typos_in(patch.title):
        spot, line = in_title(patch, start, end), patch.title_line
        edit = Edit(Part.SUBJECT, 0, 1, (line[: spot.start] + right + line[spot.end :],))
        wrong = patch.title[start:end]
        yield Hit(f"'{wrong}' is misspelt", spot, Fix(f"write '{right}'", (edit,)))


def _misspelt(at: int, line: str) -> Iterator[Hit]:
    mended = line
    found = list(typos_in(line))
    for start, end, right in reversed(found):
        mended = mended[:start] + right + mended[end:]
    edit = Edit(Part.BODY, at, 1, (mended,))
    for start, end, right in found:
        fix = Fix(f"write '{right}'", (edit,))
        yield Hit(f"'{line[start:end]}' is misspelt", in_body(at, start, end), fix)


def _doubled(at: int, line: str, last: str) -> Iterator[Hit]:
    before = last
    column = 0
    for word in line.split():
        column = line.index(word, column)
        if is_doubled(before, word.rstrip(".,;:")):
            start = column - 1 if column else 0
            mended = f"{line[:start].rstrip()}{line[column + len(word.rstrip('.,;:')) :]}"
            edit = Edit(Part.BODY, at, 1, (mended if column else mended.lstrip(),))
            spot = in_body(at, column, column + len(word))
            yield Hit(f"'{word}' stands there twice", spot, Fix("drop one of them", (edit,)))
        before = word
        column += len(word)


@patch_rule(
    "impact-missing",
    Severity.INFO,
    "The message of a fix does not say what happens without it.",
    why="Who decides whether a fix is urgent, or goes to stable trees, knows the symptom, not the "
    "code: a crash, an error, a wrong number, and for whom.",
    fix="Say what a user sees without the patch: the crash, the error, the number.",
    source=_DESCRIBE,
    passes=GOOD.with_(
        trailers='Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")\n' + GOOD.trailers
    ),
    fails=GOOD.with_(
        subject="[PATCH] pebble: call pebble_put() in pebble_fill()",
        body="Call pebble_put() at the end of pebble_fill(), as other callers do.",
        trailers='Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")\n' + GOOD.trailers,
    ),
)
def impact_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    if is_fix(patch) and has_prose(patch) and not says_impact(patch):
        fix = Fix("say what a user sees without the patch: the crash, the error, the number")
        yield Hit("the message does not say what happens without the patch", fix=fix)


@patch_rule(
    "testing-missing",
    Severity.INFO,
    "The message does not say how the change was tried.",
    why="A reviewer cannot run what you have: the machine, the image, the load. One sentence on "
    "what was run, and what it showed, saves a question and a day.",
    fix="Say what was run and what came out, or that it was only compiled.",
    source=posting_patches("before-creating-patches"),
    options={"lines": 30},
    passes=GOOD.with_(
        diff=DIFF.replace("@@ -12,4 +12,5 @@", "@@ -12,4 +12,45 @@").replace(
            "+\tpebble_put(sb);\n", "+\tpebble_put(sb);\n" * 41
        )
    ),
    fails=GOOD.with_(
        body="The buffer leaks when a mount fails. Give it back.",
        diff=DIFF.replace("@@ -12,4 +12,5 @@", "@@ -12,4 +12,45 @@").replace(
            "+\tpebble_put(sb);\n", "+\tpebble_put(sb);\n" * 41
        ),
    ),
)
def testing_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    if patch.diff is None or is_small(patch, look.number("lines")) or says_testing(patch):
        return
    fix = Fix("say what was run and what came out, or that it was only compiled")
    yield Hit("the message does not say how the change was tried", fix=fix)
