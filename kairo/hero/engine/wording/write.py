"""Writes the title, angle and why_now of a typed topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import (
    AnglePartDTO,
    BrandSnapshotDTO,
    ClaimDTO,
    PersonaDTO,
    PillarDTO,
    WindowCountsDTO,
)
from kairo.hero.engine.channels import choose_channels
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.wording.angles import AngleInputs, angle_parts, strongest_first
from kairo.hero.engine.wording.forms import DominantForm, dominant_form
from kairo.hero.engine.wording.gaps import gaps_of, is_said_in
from kairo.hero.engine.wording.grammar import Grammar
from kairo.hero.engine.wording.labels import are_alike, topic_details, topic_label
from kairo.hero.engine.wording.languages import choose_grammar
from kairo.hero.engine.wording.names import (
    capitalize,
    competitor_name,
    display_text,
    in_sentence,
    is_name,
    names_competitor,
    persona_name,
)
from kairo.hero.engine.wording.questions import shared_question
from kairo.hero.engine.wording.templates import Slot, TemplatePicker, slots_of
from kairo.hero.engine.wording.titles import title_of
from kairo.hero.engine.wording.why_now import ClaimMaker, why_now_text
from kairo.hero.enums import AnglePartKind
from kairo.hero.text.folding import fold, strip_accents
from kairo.hero.text.taboos import Taboos

_GAP_MARK = "gap: "


@dataclass(frozen=True, slots=True)
class WordedOpportunity:
    """The texts of one opportunity.

    `label` names its topic. `template` is the title's template; `templates` are all used templates, which the rest of
    the board must not repeat. `language_without_grammar` is the posts' language where it has no grammar, otherwise "".
    """

    label: str
    title: str
    angle: str
    why_now: str
    claims: tuple[ClaimDTO, ...]
    template: str
    grammar: Grammar
    angle_parts: tuple[AnglePartDTO, ...] = ()
    templates: tuple[str, ...] = ()
    language_without_grammar: str = ""


def word_opportunity(
    typed: TypedTopic,
    *,
    brand: BrandSnapshotDTO,
    pillar: PillarDTO | None,
    persona: PersonaDTO | None,
    vocabulary: Mapping[str, str],
    general: frozenset[str] = frozenset(),
    used_templates: Iterable[str] = (),
    as_of: datetime,
    engagement: Mapping[UUID, float] | None = None,
    channel: Channel | None = None,
    counts: WindowCountsDTO | None = None,
    taboos: Taboos | None = None,
    own_posts: Sequence[TokenizedPost] = (),
    said_in: Mapping[str, frozenset[str]] | None = None,
) -> WordedOpportunity:
    """Writes the title, angle and why_now of a typed topic.

    used_templates: templates of the board so far, which are not used again; the only input from other topics.
    engagement: a rank from 0 to 1 by post id.
    channel: the opportunity's channel; the primary channel of its posts where None.
    counts: the posts and authors of the whole window.
    taboos: a sentence of a post that contains one is not quoted.
    own_posts: the brand's own posts on the topic.
    said_in: the languages of the board's posts that contain each keyword, from which the keyword's language follows.
    """
    choice = choose_grammar(typed.members, languages=brand.languages)
    grammar, members = choice.grammar, typed.members
    label = _label(typed, vocabulary, grammar)
    competitor = competitor_name(typed.competitor, members) if typed.competitor else ""
    picker = TemplatePicker(
        typed.concept, used_templates, unsuited=grammar.not_for_names if is_name(label, grammar) else _NONE
    )
    wanted = [(one, False) for one in pillar.keywords] if pillar else []
    wanted += [(one, True) for one in persona.pains] if persona else []
    others = said_in if said_in is not None and len(brand.languages) > 1 else {}
    fitting = [(one, pain) for one, pain in wanted if is_said_in(one, grammar.language, others)]
    gap, is_pain = _gap(typed, fitting, label, picker)
    details = _details(typed, competitor or label, vocabulary, general, grammar)
    slots = {
        **_topic_slots(typed, label, competitor, [*details, *_own_detail(typed, pillar)]),
        **_brand_slots(label, brand, pillar, persona, grammar),
        **slots_of(gap="" if is_pain else gap),
        "in_format": Slot(grammar.in_format[channel or choose_channels(brand, members).primary]),
    }
    vague = " " not in label and label in vocabulary.values()
    title, named = title_of(typed, slots, picker, grammar, vague=vague)
    template = next((template for template in picker.used if not template.startswith(_GAP_MARK)), "")
    form = dominant_form(members)
    ranked = strongest_first(members, engagement or {}, language=grammar.language)

    squeezed_label = strip_accents(fold(label)).replace(" ", "").replace("-", "")

    def allowed(text: str) -> bool:
        rival = typed.type == OpportunityType.COMPETITIVE and names_competitor(text, typed.competitor, competitor)
        return not rival and (taboos is None or taboos.find([("quote", text)]) is None)

    def is_on_topic(text: str) -> bool:
        squeezed = strip_accents(fold(text)).replace(" ", "").replace("-", "")
        return bool(squeezed_label) and squeezed_label in squeezed

    parts = angle_parts(
        AngleInputs(
            typed=typed,
            grammar=grammar,
            slots=slots,
            posts_by_strength=ranked,
            may_quote=allowed,
            is_on_topic=is_on_topic,
            form=form,
            question=shared_question(ranked, allowed=allowed),
            gap=gap,
            persona=persona,
            own_posts=own_posts,
            names_competitor=named,
            title=title,
        ),
        picker,
    )
    declared = typed.campaign is not None or bool(typed.competitor)
    maker = ClaimMaker(phrase="" if declared else label, brand=brand, grammar=grammar, as_of=as_of, counts=counts)
    claims = maker.why_now(typed, topic=label, competitor=competitor)
    return WordedOpportunity(
        label=label,
        title=title,
        angle=grammar.space.join(part.text for part in parts),
        why_now=why_now_text([claim.text for claim in claims], grammar),
        claims=(*claims, *_form_claims(maker, form, parts)),
        template=template,
        grammar=grammar,
        angle_parts=parts,
        templates=tuple(picker.used),
        language_without_grammar=choice.language_without_grammar,
    )


_NONE: frozenset[str] = frozenset()


def _form_claims(maker: ClaimMaker, form: DominantForm | None, parts: Sequence[AnglePartDTO]) -> list[ClaimDTO]:
    """Makes the claim for the number in the angle's part on form; none where the part says "all" or is missing."""
    said = [part.text for part in parts if part.kind == AnglePartKind.FORM]
    return [maker.form(form, text) for text in said] if form is not None and not form.every else []


def _label(typed: TypedTopic, vocabulary: Mapping[str, str], grammar: Grammar) -> str:
    if typed.campaign is not None:
        return display_text(typed.campaign.name)
    return topic_label(typed.topic, vocabulary=vocabulary, language=grammar.language)


def _details(
    typed: TypedTopic, label: str, vocabulary: Mapping[str, str], general: frozenset[str], grammar: Grammar
) -> tuple[str, ...]:
    """Returns up to two details: of a campaign, its keywords that posts contain; otherwise phrases that posts share."""
    if typed.campaign is None:
        return topic_details(typed.topic, label, vocabulary=vocabulary, general=general, language=grammar.language)
    found: list[str] = []
    for keyword in typed.campaign.keywords:
        held = any(
            phrase_key(keyword, member.language) in member.written_keys | member.transcript_keys
            for member in typed.members
        )
        if held and not any(are_alike(keyword, other) for other in (label, *found)):
            found.append(display_text(keyword))
    return tuple(found[:2])


def _own_detail(typed: TypedTopic, pillar: PillarDTO | None) -> list[str]:
    """Returns the first of the pillar's keywords that a competitor's posts contain; nothing for other types."""
    if not typed.competitor or pillar is None:
        return []
    return [
        keyword.strip()
        for keyword in pillar.keywords
        if any(phrase_key(keyword, member.language) in member.written_keys for member in typed.members)
    ][:1]


def _gap(typed: TypedTopic, wanted: Sequence[tuple[str, bool]], label: str, picker: TemplatePicker) -> tuple[str, bool]:
    """Returns the first phrase that no post covers and no other opportunity of the board named, and whether it is a
    pain. Returns ("", False) where there is none."""
    pains = dict(wanted)
    for gap in gaps_of(typed.members, [phrase for phrase, _ in wanted], label=label):
        if picker.is_unused(_GAP_MARK + gap):
            picker.mark_used(_GAP_MARK + gap)
            return gap, pains.get(gap, False)
    return "", False


def _topic_slots(typed: TypedTopic, label: str, competitor: str, details: Sequence[str]) -> dict[str, Slot]:
    detail = "".join(details[:1])
    campaign = capitalize(display_text(typed.campaign.name)) if typed.campaign is not None else ""
    return slots_of(
        topic=label,
        Topic=capitalize(label),
        competitor=competitor,
        detail=detail,
        Detail=capitalize(detail),
        campaign=campaign,
    )


def _brand_slots(
    label: str, brand: BrandSnapshotDTO, pillar: PillarDTO | None, persona: PersonaDTO | None, grammar: Grammar
) -> dict[str, Slot]:
    name = display_text(pillar.name) if pillar is not None else ""
    if are_alike(label, name):
        name = ""
    whom = persona_name(persona, grammar) if persona is not None and display_text(persona.name) else ""
    return slots_of(
        brand=display_text(brand.name),
        pillar=in_sentence(name, grammar) if name else "",
        Pillar=capitalize(name),
        persona=whom,
        Persona=capitalize(whom),
    )
