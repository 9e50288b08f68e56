"""The title of an opportunity, at most MAX_TITLE_CHARS."""

from __future__ import annotations

from collections.abc import Mapping

from kairo.core.enums import OpportunityType
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.wording.grammar import Grammar, Templates
from kairo.hero.engine.wording.names import capitalize, shortened
from kairo.hero.engine.wording.templates import Slot, TemplatePicker

MAX_TITLE_CHARS = 70
NEUTRAL: Templates = ("{Topic}: {detail}", "{Topic}: {gap}", "{Topic}: {pillar}", "{Topic}: {brand}")
"""Titles of a topic's words alone, for languages without a grammar and boards that have used all templates."""
_MIN_CHARS = 5


def title_of(
    typed: TypedTopic, slots: Mapping[str, Slot], picker: TemplatePicker, grammar: Grammar, *, vague: bool
) -> tuple[str, bool]:
    """The title, and whether it names the competitor.

    A one-word theme of the brand asks for a template with a detail. A competitor is named only where the opportunity
    knows nothing else to be about.
    """
    templates = grammar.titles.of(typed.type)
    detailed = (
        tuple(template for template in templates if "{detail}" in template or "{gap}" in template) if vague else ()
    )
    for some in (detailed, templates):
        if (title := picker.pick(some, slots, most=MAX_TITLE_CHARS)) is not None:
            return capitalize(title), False
    if typed.type == OpportunityType.COMPETITIVE:
        if (title := picker.pick(grammar.titles.named, slots, most=MAX_TITLE_CHARS)) is not None:
            return capitalize(title), True
        return capitalize(_last_resort(slots, "competitor")), True
    return capitalize(picker.pick(NEUTRAL, slots, most=MAX_TITLE_CHARS) or _last_resort(slots, "campaign")), False


def _last_resort(slots: Mapping[str, Slot], named: str) -> str:
    """The topic alone, which is no template; with the brand's name where it is too short for a title."""
    topic = shortened(slots.get(named) or slots["Topic"], MAX_TITLE_CHARS)
    return topic if len(topic) >= _MIN_CHARS else f"{topic}: {slots['brand']}"
