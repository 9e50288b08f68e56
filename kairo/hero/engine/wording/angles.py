"""Builds the angle of an opportunity in parts, each of which cites the posts that prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from kairo.core.enums import OpportunityType
from kairo.hero.dto import AnglePartDTO, PersonaDTO
from kairo.hero.engine.claims import known_count
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.forms import DominantForm
from kairo.hero.engine.wording.gaps import has_phrase
from kairo.hero.engine.wording.grammar import Angles, Form, Grammar, Templates
from kairo.hero.engine.wording.names import author_name, capitalize, display_text
from kairo.hero.engine.wording.questions import SharedQuestion
from kairo.hero.engine.wording.quotes import quotable
from kairo.hero.engine.wording.templates import Slot, TemplatePicker, rotated
from kairo.hero.enums import AnglePartKind
from kairo.hero.text.handles import handle_of
from kairo.hero.text.number_tokens import number_tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class AngleInputs:
    """The inputs of an angle.

    `posts_by_strength` are the posts, strongest first. `may_quote` decides whether a post's sentence may be quoted,
    `is_on_topic` whether it contains the topic. `names_competitor` is True where the title names the competitor.
    """

    typed: TypedTopic
    grammar: Grammar
    slots: Mapping[str, Slot]
    posts_by_strength: Sequence[TokenizedPost]
    may_quote: Callable[[str], bool]
    is_on_topic: Callable[[str], bool]
    form: DominantForm | None
    question: SharedQuestion | None
    gap: str
    persona: PersonaDTO | None
    own_posts: Sequence[TokenizedPost]
    names_competitor: bool
    title: str


def strongest_first(
    members: Sequence[TokenizedPost], engagement: Mapping[UUID, float], *, language: str
) -> tuple[TokenizedPost, ...]:
    """Sorts posts by engagement, views and id; posts in `language` come before all others."""
    return tuple(
        sorted(
            members,
            key=lambda one: (
                one.language != language,
                -engagement.get(one.id, -1.0),
                -(known_count(one.item.metrics.views) or 0),
                one.id,
            ),
        )
    )


def angle_parts(material: AngleInputs, picker: TemplatePicker) -> tuple[AnglePartDTO, ...]:
    """Builds the parts that have a fact and a template new to the board, facts first, then the task and the audience.

    The topic's concept decides the order of the facts. At least one part is returned.
    """
    facts = rotated(_ORDERS, material.typed.concept)[0]
    found = [make(material, picker) for make in (_own_posts, *facts, _task, _audience)]
    parts = [part for part in found if part is not None]
    if not parts:
        parts = [_last_resort(material)]
    names = tuple(name for post in material.typed.members if (name := author_name(post)))
    return tuple(replace(part, text=material.grammar.sentence(_begun(part.text, names))) for part in parts)


def _hook(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    """Quotes the strongest post that can be quoted, with its author.

    A competitive opportunity quotes only the competitor's posts, without a name.
    """
    angles, unnamed = material.grammar.angles, material.typed.type == OpportunityType.COMPETITIVE
    for post in material.posts_by_strength:
        if unnamed and handle_of(post.item.author_ref) != material.typed.competitor:
            # Posts of others about a competitor are not its own words.
            continue
        author = author_name(post)
        asked = material.question.text if material.question is not None else ""
        quotes = [one for one in quotable(post) if one.text != asked and material.may_quote(one.text)]
        # A sentence with the topic is understood without the rest of the post.
        quote = next((one for one in quotes if material.is_on_topic(one.text)), quotes[0] if quotes else None)
        if quote is None or not (author or unnamed):
            continue
        slots = _with(material, author=author, quote=material.grammar.quoted(quote.shown))
        text = picker.pick(angles.rival_hooks if unnamed else angles.hooks, slots)
        return None if text is None else _part(AnglePartKind.HOOK, text, (post,))
    return None


def _form(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    form, angles = material.form, material.grammar.angles
    if form is None or (form.form is Form.QUESTION and material.question is not None):
        return None
    slots = _with(material, n=str(len(form.posts)), form=angles.forms[form.form])
    text = picker.pick(angles.every if form.every else angles.most, slots)
    return None if text is None else _part(AnglePartKind.FORM, text, form.posts)


def _question(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    question = material.question
    if question is None:
        return None
    slots = _with(material, quote=material.grammar.quoted(question.text))
    text = picker.pick(material.grammar.angles.questions, slots)
    return None if text is None else _part(AnglePartKind.QUESTION, text, question.posts)


def _gap(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    if not material.gap:
        return None
    text = picker.pick(material.grammar.angles.gaps, _with(material, gap=material.gap))
    return None if text is None else _part(AnglePartKind.GAP, text, material.typed.members)


def _task(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    """Says what to make, from the first of these with an unused template: question, form, gap, type.

    Campaigns and competitive opportunities begin with their type.
    """
    angles, typed = material.grammar.angles, material.typed
    options: list[tuple[Templates, Sequence[TokenizedPost]]] = []
    if material.question is not None:
        options.append((angles.question_tasks, material.question.posts))
    if material.form is not None:
        options.append((angles.form_tasks[material.form.form], material.form.posts))
    own = angles.named_tasks if material.names_competitor else angles.tasks[typed.type]
    if typed.type in {OpportunityType.CAMPAIGN, OpportunityType.COMPETITIVE}:
        options.insert(0, (own, typed.members))
    if "gap" in material.slots and material.gap not in material.title:
        options.append((angles.gap_tasks, typed.members))
    options.append((own, typed.members))
    for templates, posts in options:
        text = picker.pick(templates, material.slots)
        if text is not None:
            return _part(AnglePartKind.TASK, text, posts)
    return None


def _audience(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    """Names the persona, with a pain if it has one, where posts contain one of its keywords, pains or priorities."""
    persona, slots = material.persona, material.slots
    if persona is None or "persona" not in slots:
        return None
    words = (*persona.keywords, *persona.pains, *persona.priorities)
    posts = [member for member in material.typed.members if any(has_phrase(word, member) for word in words)]
    if not posts:
        return None
    # A pain with a number is left out: each number in an angle needs a claim.
    pains = [one for pain in persona.pains if (one := display_text(pain)) and not number_tokens(pain)]
    pain = next((one for one in pains if one != material.gap), "")
    angles = material.grammar.angles
    text = picker.pick(angles.pains, _with(material, pain=pain)) if pain else None
    text = text or picker.pick(angles.audiences, slots)
    return None if text is None else _part(AnglePartKind.AUDIENCE, text, posts)


def _own_posts(material: AngleInputs, picker: TemplatePicker) -> AnglePartDTO | None:
    if not material.own_posts or "topic" not in material.slots:
        return None
    text = picker.pick(material.grammar.angles.own_posts, material.slots)
    return None if text is None else _part(AnglePartKind.TASK, text, material.own_posts)


def _last_resort(material: AngleInputs) -> AnglePartDTO:
    """Repeats a task template that the board has used, because an angle is never empty."""
    angles: Angles = material.grammar.angles
    templates = angles.named_tasks if material.names_competitor else angles.tasks[material.typed.type]
    text = TemplatePicker(material.typed.concept, ()).pick(templates, material.slots)
    assert text is not None, "every type has a task that needs its topic alone"
    return _part(AnglePartKind.TASK, text, material.typed.members)


_ORDERS = ((_hook, _form, _question, _gap), (_form, _gap, _hook, _question), (_gap, _hook, _form, _question))


def _begun(text: str, names: tuple[str, ...]) -> str:
    """Capitalizes the text unless it begins with an author's name."""
    return text if text.startswith(names) else capitalize(text)


def _with(material: AngleInputs, **texts: str) -> dict[str, Slot]:
    return {**material.slots, **{name: Slot(text) for name, text in texts.items() if text}}


def _part(kind: AnglePartKind, text: str, posts: Sequence[TokenizedPost]) -> AnglePartDTO:
    return AnglePartDTO(kind=kind, text=text, evidence_ids=tuple(post.id for post in posts))
