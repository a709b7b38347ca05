# SPDX-License-Identifier: GPL-2.0-or-later
"""Verbs that titles of commits begin with, and the forms of them that are no commands."""

from __future__ import annotations

# Whatever the form of one of these, nobody takes it for a noun or an adjective.
_PLAIN = """
    add adjust allow annotate apply assign avoid bring clarify configure convert copy correct
    decouple define delete demote deny deprecate describe determine disable discard distinguish
    do drop eliminate enable enforce enhance ensure explain expose factor fix forbid generalize get
    give go guard guarantee handle harden have hide ignore implement improve include inform
    inherit initialize inline insert instantiate introduce invoke keep let make modernize
    modify move obey omit optimize permit populate pre-populate prefer prepare prevent prohibit
    propagate provide put quieten raise randomize reduce refactor refuse reimplement reject
    relax remove rename reorder reorganize repair replace require rescue resolve respect restore
    restrict retire retrieve reuse revert rewrite sanitize separate serialize silence simplify
    skip specify stop strengthen stub suppress switch take teach tighten tolerate translate
    tweak unbreak understand unify unregister update upgrade use utilize validate verify write
"""
# Their -s is a plural and their -ing a thing ("builds", "testing") as often as not: such a form
# counts only in front of an article or its like.
_NOUNS = """
    access balance block break bind build bump cache call cast catch change charge check clean
    clear close collect combine compare compile complete compute count cover create debug defer
    detect document dump emit encode decode extend extract export flag flush force format free
    hint hold hook import increase index limit link list load lock log map mark match merge mount
    name note open pack parse pass patch pin print process protect push query queue read record
    register release report reset return run save scan schedule select send set show sort split
    start store support sync synchronize test trace track trim turn unlock wait wrap work
"""
# Forms of plain verbs that are adjectives in front of a noun ("fixed clocks"), or things
# ("improved handling", "fixes for", "updates of"): they too count only in front of an article.
_AMBIGUOUS = """
    fixed improved updated simplified restricted unified corrected reduced modified hidden
    generalized enhanced specified separated deprecated required preferred handling inlined
    configured defined deleted disabled enabled included optimized reused reverted replaced
    refused rejected randomized using having going raising understanding writing
    fixes updates tweaks guards stubs uses inlines upgrades reverts switches moves guarantees does
    gets puts takes factors silences copies retires
"""
_IRREGULAR = {
    "bring": ("brought",), "do": ("did", "done"), "get": ("got", "gotten"),
    "give": ("gave", "given"), "go": ("went", "gone"), "have": ("had",), "hide": ("hid", "hidden"),
    "keep": ("kept",), "let": (), "make": ("made",), "put": (), "rewrite": ("rewrote", "rewritten"),
    "take": ("took", "taken"), "teach": ("taught",), "understand": ("understood",),
    "write": ("wrote", "written"), "unbreak": ("unbroke",), "break": ("broke",),
    "bind": ("bound",), "build": ("built",), "cast": (), "catch": ("caught",), "hold": ("held",),
    "read": (), "reset": (), "run": ("ran",), "send": ("sent",), "set": (), "show": ("showed",),
    "split": (), "free": ("freed",),
}  # fmt: skip
_DOUBLED = """
    drop skip stop trim wrap pin log map debug flag run set get put let split stub forbid omit
    permit prefer defer
"""
_DOUBLES = frozenset(_DOUBLED.split())
_VOWELS = "aeiou"

_ARTICLES = """
    a an the some all any each every its their his our my this that these those both no missing
    unused wrong incorrect unnecessary several another more two three many
"""
ARTICLES = frozenset(_ARTICLES.split())
"""Words that follow a verb, and seldom a noun."""


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith(("s", "sh", "ch", "x", "z")) or verb in ("do", "go"):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLES else "") + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLES else "") + "ing"


def _forms(verb: str) -> tuple[str, ...]:
    past = _IRREGULAR.get(verb, (_past(verb),))
    return (_third(verb), *past, _gerund(verb))


COMMANDS = frozenset((*_PLAIN.split(), *_NOUNS.split()))
"""Verbs as a title should begin with them."""
FORMS: dict[str, str] = {form: verb for verb in _PLAIN.split() for form in _forms(verb)}
"""Forms that say what was done, each with its command."""
DOUBTFUL: dict[str, str] = {
    form: verb for verb in _NOUNS.split() for form in _forms(verb) if form not in COMMANDS
}
"""Forms that count only in front of one of ARTICLES."""
for _form in _AMBIGUOUS.split():
    DOUBTFUL[_form] = FORMS.pop(_form)


def command_of(word: str, following: str) -> str:
    """The command that a title's first word is a form of; empty where it is none, or could as
    well be a noun. ``following`` is the next word."""
    low = word.lower()
    if low in FORMS:
        return FORMS[low]
    return DOUBTFUL.get(low, "") if following.lower() in ARTICLES else ""
