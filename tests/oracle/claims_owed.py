"""Sentences that must be there: caveats, wherever a leader is named."""

from __future__ import annotations

from collections.abc import Iterator

from speech import Context

CONCLUDING = ("table", "rank", "explain")


def owed(context: Context, text: str) -> Iterator[str]:
    """What a text about one scenario does not say, though it names a leader."""
    said = " ".join(text.replace("**", "").replace("\\", "").split())
    if not context.leaders:
        return
    if ("Provisional:" in said) != context.provisional:
        yield f"that the lead is provisional: {context.provisional}"
    if ("Posteriors stand on" in said) != (context.method == "bayes"):
        yield "which priors the posteriors stand on"
    if context.command in CONCLUDING and context.scenario.conclusion:
        own = " ".join(context.scenario.conclusion.split())
        if f"The analyst concludes: {own}" not in said:
            yield "what the analyst concludes"
