"""Sentences about who leads, by how much, and who does not compete."""

from __future__ import annotations

from answers import words
from counting import Request, counting
from figures import first, near, points, posterior, same, same_set, true
from reading import METHODS
from scoring import family, leading, rated, score
from speech import Context, says

# least contradicted, best supported only above 0, else only in the lead, most probable
OF_THE_UNRATED = "(?:Of the (?:{n}|one) that (?:are|is), )?"


def seconds(context: Context) -> list[str]:
    """Those of the best rank below the leaders'."""
    ranks = {h: rank for h, rank in context.result.ranks.items() if rank is not None and rank > 1}
    best = min(ranks.values(), default=None)
    return [h for h, rank in ranks.items() if rank == best]


def of_those_rated(context: Context, number: int | None) -> str | None:
    """How many of the hypotheses there are compete, where some are not rated."""
    return None if number is None else same(number, len(context.result.who))


def called(context: Context, name: str) -> str | None:
    """A leader is called by what the method makes of its score."""
    top = context.result.scores[context.leaders[0]] or 0
    by_method = {"inconsistency": "least contradicted", "weighted": "least contradicted", "bayes": "most probable"}
    return same(name, by_method.get(context.method, "best supported" if top > 0 else "in the lead"))


def ahead(context: Context, leaders_: list[str], margin: str, others: list[str] | int) -> str | None:
    below = same(others, len(seconds(context))) if isinstance(others, int) else same_set(others, seconds(context))
    return first(same_set(leaders_, context.leaders), near(margin, context.result.margin), below)


# ---------------------------------------------------------------- leaders


@says(f"{OF_THE_UNRATED}[Ll]east contradicted: {{H}}, {{x}} ahead of (?:{{Hs}}|{{n}} hypotheses)\\.")
def least_contradicted(context: Context, of: int | None, h: str, margin: str, others: list[str] | None, n: int | None) -> str | None:
    return first(of_those_rated(context, of), ahead(context, [h], margin, others or n or 0), called(context, "least contradicted"))


@says(f"{OF_THE_UNRATED}[Bb]est supported: {{H}}, {{x}} ahead of (?:{{Hs}}|{{n}} hypotheses)\\.")
def best_supported(context: Context, of: int | None, h: str, margin: str, others: list[str] | None, n: int | None) -> str | None:
    return first(of_those_rated(context, of), ahead(context, [h], margin, others or n or 0), called(context, "best supported"))


@says(f"{OF_THE_UNRATED}[Ii]n the lead: {{H}}, {{x}} ahead of (?:{{Hs}}|{{n}} hypotheses)\\.")
def in_the_lead(context: Context, of: int | None, h: str, margin: str, others: list[str] | None, n: int | None) -> str | None:
    return first(of_those_rated(context, of), ahead(context, [h], margin, others or n or 0), called(context, "in the lead"))


@says(
    f"{OF_THE_UNRATED}[Ll]evel (?:as the {{w}}|{{w}}): (?:{{Hs}}|{{n}} hypotheses), {{x}} ahead of (?:{{Hs}}|{{n}} hypotheses)\\.",
)
def level_by(
    context: Context,
    of: int | None,
    name: str | None,
    lead: str | None,
    hids: list[str] | None,
    number: int | None,
    margin: str,
    others: list[str] | None,
    n: int | None,
) -> str | None:
    wrong = same(number, len(context.leaders)) if number is not None else None
    them = hids or context.leaders
    return first(of_those_rated(context, of), wrong, ahead(context, them, margin, others or n or 0), called(context, name or lead or ""))


@says(f"{OF_THE_UNRATED}(?:[Aa]ll {{n}} hypotheses are level|[Bb]oth hypotheses are level|all are level|both are level)(?:, {{p}} each \\({{w}}\\))?\\.")
def all_level(context: Context, of: int | None, number: int | None, p: str | None, word: str | None) -> str | None:
    top = context.result.scores[context.leaders[0]] or 0
    wrong = first(posterior(p, top), same(word, words(context.scenario.yardstick, top))) if p else None
    return first(
        of_those_rated(context, of),
        same(context.leaders, context.result.who),
        None if number is None else same(number, len(context.leaders)),
        wrong,
    )


@says("The only (?:\\w+ )?hypothesis(?: to compete)? leads unopposed: {H}\\.")
def unopposed(context: Context, leader: str) -> str | None:
    return first(same([leader], context.leaders), same([leader], context.result.who))


@says(f"{OF_THE_UNRATED}[Mm]ost probable: {{H}}, {{p}} \\({{w}}\\), ((?:more than |less than )?\\d+) percentage points? ahead of (?:{{Hs}}|{{n}} hypotheses)\\.")
def most_probable(
    context: Context, of: int | None, leader: str, p: str, word: str, margin: str, others: list[str] | None, n: int | None
) -> str | None:
    top = context.result.scores[leader] or 0
    next_ = context.result.scores[seconds(context)[0]] or 0
    below = same(n, len(seconds(context))) if n is not None else same_set(others or [], seconds(context))
    return first(
        of_those_rated(context, of),
        same([leader], context.leaders),
        posterior(p, top),
        same(word, words(context.scenario.yardstick, top)),
        points(margin, top, next_),
        below,
    )


@says(f"{OF_THE_UNRATED}[Ll]evel as the most probable: (?:{{Hs}}|{{n}} hypotheses), {{p}} each \\({{w}}\\), ((?:more than |less than )?\\d+) percentage points? ahead of (?:{{Hs}}|{{n}} hypotheses)\\.")
def most_probable_level(
    context: Context,
    of: int | None,
    hids: list[str] | None,
    number: int | None,
    p: str,
    word: str,
    margin: str,
    others: list[str] | None,
    n: int | None,
) -> str | None:
    top = context.result.scores[context.leaders[0]] or 0
    next_ = context.result.scores[seconds(context)[0]] or 0
    return first(
        of_those_rated(context, of),
        same_set(hids, context.leaders) if hids else same(number, len(context.leaders)),
        posterior(p, top),
        same(word, words(context.scenario.yardstick, top)),
        points(margin, top, next_),
        same(n, len(seconds(context))) if n is not None else same_set(others or [], seconds(context)),
    )


@says("(?:On balance nothing speaks for or against the lead|Nothing speaks against it)\\.")
def nothing_speaks(context: Context) -> str | None:
    if context.command == "explain" and "subject" in context.options:
        return None  # checked with the list
    top = context.result.scores[context.leaders[0]]
    return first(same(0.0, top))


@says("Yet on balance more speaks against the lead than for it\\.")
def more_against(context: Context) -> str | None:
    return true((context.result.scores[context.leaders[0]] or 0) < 0, "it does not")


# ---------------------------------------------------------------- methods


@says("The methods agree: all (?:\\w+) have the same leaders?\\.")
def agree(context: Context) -> str | None:
    return true(len({tuple(context.ranked(m).leaders) for m in METHODS}) == 1, "they do not")


@says("The methods disagree\\.")
def disagree(context: Context) -> str | None:
    return true(agree(context) is not None, "they agree")


@says("In the lead under {m}: (?:{Hs}|{n} hypotheses)\\.")
def lead_under(context: Context, methods: list[str], hids: list[str] | None, number: int | None) -> str | None:
    found = [context.ranked(m).leaders for m in methods]
    return first(*(same_set(hids, f) if hids else same(number, len(f)) for f in found))


# ---------------------------------------------------------------- who does not compete


@says("Rejected, so without a rank: (?:{Hs}|{n} hypotheses)\\.")
def rejected(context: Context, hids: list[str] | None, number: int | None) -> str | None:
    there = [h.id for h in context.scenario.hypotheses if not h.active]
    return same_set(hids, there) if hids else same(number, len(there))


@says("Not rated yet: (?:{Hs}|{n} hypotheses)\\.")
def not_rated(context: Context, hids: list[str] | None, number: int | None) -> str | None:
    there = [h.id for h in context.scenario.weighed if not rated(context.case, h.id)]
    return same_set(hids, there) if hids else same(number, len(there))


@says("Residual, so ranked by bayes only: {H}\\.")
def residual(context: Context, hid: str) -> str | None:
    return same([hid], [h.id for h in context.scenario.active if h.residual])


# ---------------------------------------------------------------- priors and families


@says("Posteriors stand on the priors given: {HPs}\\.")
def priors_given(context: Context, pairs: list[tuple[str, str]]) -> str | None:
    used = context.document("rank")["priors"]
    given = any(h.prior is not None for h in context.scenario.active)
    return first(
        true(given, "none is given"), same_set([h for h, _ in pairs], used), *(posterior(p, used[h]) for h, p in pairs)
    )


@says("Posteriors stand on even priors(?:, shared (?:out )?(?:by|within|among) (?:family|families))?\\.")
def priors_even(context: Context) -> str | None:
    return true(all(h.prior is None for h in context.scenario.active), "priors are given")


@says("The priors decide: by the evidence alone {Hs} would (?:lead|be level in the lead)\\.")
def priors_decide(context: Context, hids: list[str]) -> str | None:
    alone = leading({h: score(context.case, "bayes", h) for h in context.what.who})
    return first(same_set(hids, alone), true(alone != context.ranked("bayes").leaders, "they lead with the priors, too"))


@says("The family ([a-z]+) \\((?:{Hs}|{n} hypotheses)\\) has {p} in all \\({w}\\)\\.")
def family_in_all(context: Context, name: str, named: list[str] | None, number: int | None, p: str, word: str) -> str | None:
    posteriors = context.ranked("bayes").scores
    members = [h.id for h in context.scenario.hypotheses if h.family == name and posteriors[h.id] is not None]
    total = sum(posteriors[h] or 0 for h in members)
    wrong = same(word, words(context.scenario.yardstick, total))
    return first(same_set(named, members) if named else same(number, len(members)), posterior(p, total), wrong)


@says("(?:{Hs}|{n} hypotheses) are cases of one idea, the family ([a-z]+): under {m}, which knows no families, they share its lead and hide what it rests on\\.")
def family_shares(context: Context, named: list[str] | None, number: int | None, name: str, methods: list[str]) -> str | None:
    cases = [h.id for h in context.scenario.hypotheses if h.family == name and h.id in context.result.who]
    return first(
        same([context.method], methods),
        same_set(named, cases) if named else same(number, len(cases)),
        true(bool(set(cases) & set(context.leaders)), "none of them leads"),
    )


# ---------------------------------------------------------------- what counts


@says("{n} items? (?:is|are) withdrawn and (?:does|do) not count(?:, nor (?:does|do) {n} that rests? on what is withdrawn)?\\.")
def withdrawn(context: Context, number: int, resting: int | None) -> str | None:
    """All of the file, whatever a filter lets pass."""
    items = context.scenario.items
    gone = sum(e.status == "withdrawn" for e in items)
    counts = len(counting(context.scenario, Request()).items)
    return first(same(number, gone), same(resting or 0, len(items) - gone - counts))


@says("(?:{w} +)?(?:TLP:CLEAR +)?(?:{w} +)?(?:{n} dates?, )?(?:{n} of )?{n} items?, {n} hypothes[ie]s(?:, as (?:of|known on) {d})?(?:, where .+?)?(?:, (?:by|listed by) {m})?$")
def heading(
    context: Context, _title: str | None, _question: str | None, dates: int | None, counted: int | None, items: int, number: int, *__: object
) -> str | None:
    days = {e.date for e in context.case.items if e.date}
    own = len(context.case.items) if counted is None else len(context.scenario.items)
    return first(
        None if dates is None else true(dates <= len(days), f"at most {len(days)} dates"),
        same(items, own),
        None if counted is None else same(counted, len(context.case.items)),
        same(number, len(context.scenario.hypotheses)),
    )


@says("(?:{w} +)?(?:TLP:CLEAR +)?(?:{w} +)?{n} raters?, {n} items?, {n} hypothes[ie]s(?:, .+?)?", commands="team")
def team_heading(context: Context, _title: str | None, _question: str | None, raters: int, *__: object) -> str | None:
    return same(raters, len(context.versions))


@says("{Es}(?: and {n} more)? (?:is|are) rated for one hypothesis alone and compares? nothing\\.", commands="table")
def rated_alone(context: Context, named: list[str], more: int | None) -> str | None:
    weighed = [h.id for h in context.scenario.weighed]
    alone = [e.id for e in context.case.items if len(weighed) > 1 and sum(e.on_scale(h) for h in weighed) == 1]
    return first(true(set(named) <= set(alone), f"it is {alone}"), same(len(alone), len(named) + (more or 0)))


# ---------------------------------------------------------------- what never changes


@says(
    "CC very consistent, C, N neutral, I, II very inconsistent, NA not applicable, \u00b7 not rated",
    "Diag\\.: how far an item sets hypotheses apart; 0 not at all, - rated for one only\\.",
    "Weight: 0\\.50 to 2\\.00\\.",
    "Under each method: the rank, then the score; 0 is best under the first two, the highest under net and bayes\\.",
    "A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is one step off: conventions, not measurements\\.",
    "Ranks: \u2588 1st(?:, \u2593 2nd)?(?:, \u2592 3rd)?(?:, \u2591 4th)?(?:, \\d 5th)?(?:, \\d 6th)?(?:, \\d 7th)?(?:, \\d 8th)?",
)
def conventions(_: Context) -> None:
    """Signs and conventions of docs/method.md: they say the same of every scenario."""


@says("Under bayes nothing shows beforehand that more ratings cannot change who leads\\.", commands="next")
def under_bayes(context: Context) -> str | None:
    return same("bayes", context.method)
