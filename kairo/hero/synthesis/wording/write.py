"""Fills the frames: a title, an angle and a why_now for one story."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from kairo.core.enums import OpportunityType, Platform
from kairo.core.text import cut
from kairo.hero.claims import known
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, PersonaDTO, PillarDTO
from kairo.hero.synthesis.kinds import Story
from kairo.hero.synthesis.phrases import phrase_key
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.wording.facts import claims_of
from kairo.hero.synthesis.wording.grammar import Frames, Grammar
from kairo.hero.synthesis.wording.labels import alike, topic_details, topic_label
from kairo.hero.synthesis.wording.languages import grammar_for
from kairo.hero.text.folding import bare, visible
from kairo.hero.text.words import Word, read

MAX_TITLE_CHARS = 90
_MAX_NAME_CHARS = 48
_HASHED_NAME = re.compile(r"[0-9a-f]{7,}|^\W*$|\d{5,}")
_HANDLED = frozenset({Platform.INSTAGRAM, Platform.TIKTOK, Platform.X})
_NAME = re.compile(r"[\w.\- ]{2,40}")


@dataclass(frozen=True, slots=True)
class Words:
    """A worded idea. `frame` is the title's frame, so that a board can avoid to use one twice."""

    label: str
    title: str
    angle: str
    why_now: str
    claims: tuple[ClaimDTO, ...]
    frame: str
    grammar: Grammar


def word(
    story: Story,
    *,
    brand: BrandSnapshotDTO,
    pillar: PillarDTO | None,
    persona: PersonaDTO | None,
    vocabulary: Mapping[str, str],
    general: frozenset[str] = frozenset(),
    used_frames: Iterable[str] = (),
    as_of: datetime,
) -> Words:
    """The story in words. Only the title depends on `used_frames`; nothing depends on other stories' posts."""
    grammar = grammar_for(story.members, languages=brand.languages)
    label = _label(story, vocabulary, grammar)
    competitor = competitor_name(story.competitor, story.members) if story.competitor else ""
    details = _details(story, competitor or label, vocabulary, general, grammar)
    slots = _story_slots(story, label, competitor, details) | _brand_slots(label, brand, pillar, persona, grammar)
    vague = " " not in label and label in vocabulary.values()
    frame, title = _title(story, slots, frozenset(used_frames), grammar, vague=vague)
    claims = claims_of(story, topic=label, competitor=competitor, brand=brand, grammar=grammar, as_of=as_of)
    return Words(
        label=label,
        title=title,
        angle=_angle(story, slots, details, persona, grammar),
        why_now=_sentences([claim.text for claim in claims], grammar),
        claims=claims,
        frame=frame,
        grammar=grammar,
    )


def competitor_name(handle: str, members: Sequence[Reading]) -> str:
    """A competitor as it writes itself: "platepronto.kits" who says "Plate Pronto" is Plate Pronto."""
    first = re.split(r"[._\d]", handle)[0] or handle
    for squeezed in (re.sub(r"[._]", "", handle), first):
        counts = Counter(
            " ".join(_titled(one.surface) for one in run)
            for member in members
            for text in (member.item.text_primary, member.item.text_secondary)
            for run in _runs(read(text).words)
            if "".join(one.folded for one in run) == bare(squeezed)
        )
        if counts:
            return max(counts, key=lambda name: (counts[name], name.count(" "), name))
    return _titled(first)


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """One to three words in a row, hashtags apart."""
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if not any(one.hashtag for one in run):
                yield run


def _label(story: Story, vocabulary: Mapping[str, str], grammar: Grammar) -> str:
    if story.campaign is not None:
        return story.campaign.name.strip()
    return topic_label(story.topic, vocabulary=vocabulary, language=grammar.language)


def _details(
    story: Story, label: str, vocabulary: Mapping[str, str], general: frozenset[str], grammar: Grammar
) -> tuple[str, ...]:
    """What a campaign's posts take up of its own keywords; of other topics, what their posts share."""
    if story.campaign is None:
        return topic_details(story.topic, label, vocabulary=vocabulary, general=general, language=grammar.language)
    found: list[str] = []
    for keyword in story.campaign.keywords:
        held = any(phrase_key(keyword, member.language) in member.own | member.spoken for member in story.members)
        if held and not any(alike(keyword, other) for other in (label, *found)):
            found.append(_shown(keyword))
    return tuple(found[:2])


def _story_slots(story: Story, label: str, competitor: str, details: Sequence[str]) -> dict[str, str]:
    slots = {"topic": label, "Topic": _capital(label), "competitor": competitor, "detail": "".join(details[:1])}
    if story.campaign is not None:
        slots["campaign"] = _capital(_shown(story.campaign.name))
    return {name: text for name, text in slots.items() if text}


def _brand_slots(
    label: str, brand: BrandSnapshotDTO, pillar: PillarDTO | None, persona: PersonaDTO | None, grammar: Grammar
) -> dict[str, str]:
    slots = {"brand": _shown(brand.name)}
    if pillar is not None and (name := _shown(pillar.name)):
        slots["pillar"] = "" if alike(label, name) else _inside(name, grammar)
        slots["Pillar"] = "" if alike(label, name) else _capital(name)
    if persona is not None and _shown(persona.name):
        slots["persona"] = _persona(persona, grammar)
    return {name: text for name, text in slots.items() if text}


def _title(
    story: Story, slots: Mapping[str, str], used: frozenset[str], grammar: Grammar, *, vague: bool
) -> tuple[str, str]:
    """The first frame that fits and is new on the board; a one-word theme of the brand asks for one with a detail."""
    frames = _frames(grammar.titles[story.type], story, slots, grammar)
    fitting = [frame for frame in frames if _fits(frame, slots) and len(frame.format(**slots)) <= MAX_TITLE_CHARS]
    fresh = [frame for frame in fitting if frame not in used]
    if not (fresh or fitting):
        topic = slots.get("campaign") or slots.get("competitor") or slots["Topic"]
        return "", _cut(topic, MAX_TITLE_CHARS)
    detailed = [frame for frame in fresh if vague and "{detail}" in frame]
    frame = (detailed or fresh or fitting)[0]
    return frame, _capital(frame.format(**slots))


def _angle(
    story: Story, slots: Mapping[str, str], details: Sequence[str], persona: PersonaDTO | None, grammar: Grammar
) -> str:
    openers = _frames(grammar.openers[story.type], story, slots, grammar)
    opener = next(frame for frame in openers if _fits(frame, slots))
    parts = [opener.format(**slots)]
    lead = _lead(story)
    if lead and story.type != OpportunityType.COMPETITIVE:
        parts.append(grammar.lead.format(lead=lead))
    if details:
        parts.append(grammar.details.format(details=grammar.listed(tuple(details))))
    if persona is not None and "persona" in slots:
        parts.append(grammar.persona.format(persona=slots["persona"]))
        if persona.pains and (pain := _shown(persona.pains[0])):
            parts.append(grammar.pain.format(pain=pain))
    joint = "" if grammar.language == "ja" else " "
    return joint.join(_capital(part) for part in parts)


def _lead(story: Story) -> str:
    """The author to respond to: who was seen most, if it has a name that can be said."""
    named = [member for member in story.members if _is_name(member.item.author_ref)]
    best = max(
        named,
        key=lambda one: (known(one.item.metrics.views) or 0, known(one.item.metrics.likes) or 0, one.id),
        default=None,
    )
    if best is None:
        return ""
    name = best.item.author_ref.strip().lstrip("@")
    return f"@{name}" if best.item.platform in _HANDLED else name


def _is_name(author: str) -> bool:
    return _NAME.fullmatch(author.strip().lstrip("@")) is not None and _HASHED_NAME.search(author) is None


def _sentences(texts: Sequence[str], grammar: Grammar) -> str:
    """The first two facts as one sentence, the rest each as its own."""
    if not texts:
        return ""
    stop, joint, comma = (".", " ", ", ")
    if grammar.language == "ja":
        stop, joint, comma = "。", "", "、"
    elif grammar.language == "hi":
        stop = "।"
    # A second fact that starts small goes on where the first one ended.
    joined = len(texts) > 1 and (texts[1][:1].islower() or grammar.language in {"hi", "ja"})
    sentences = [comma.join(texts[:2]), *texts[2:]] if joined else texts
    return joint.join(_capital(text) + stop for text in sentences)


def _persona(persona: PersonaDTO, grammar: Grammar) -> str:
    """A persona inside a sentence: a role takes an article, a person's name does not."""
    name = _shown(persona.name)
    lowered = _inside(name, grammar)
    if grammar.language != "en" or (lowered == name and not _is_role(name)):
        return name
    return f"{'an' if lowered[:1].lower() in 'aeiou' else 'a'} {lowered}"


def _is_role(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1][:1].islower()


def _inside(name: str, grammar: Grammar) -> str:
    """A name with a capital only at its start loses it inside a sentence; proper names and acronyms keep theirs."""
    first, *others = name.split()
    is_title = not others or not any(word[:1].islower() or word.isupper() for word in others)
    if is_title or not grammar.lowers_first or not first[1:].replace("-", "").islower():
        return name
    return name[:1].lower() + name[1:]


def _shown(text: str) -> str:
    return _cut(re.sub(r"\s+", " ", visible(text)).replace("#", ""), _MAX_NAME_CHARS)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    head = cut(text, most=most - 1)
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:-") + "…"


def _titled(word: str) -> str:
    return word.capitalize() if word.islower() or (word.isupper() and len(word) > 4) else word


def _capital(text: str) -> str:
    """The text with a capital first letter, unless its first word has capitals of its own, like iPhone."""
    first = text.split(" ", 1)[0]
    if any(letter.isupper() for letter in first[1:]) and first[:1].islower() and "-" not in first:
        return text
    return text[:1].upper() + text[1:]


def _frames(frames: Frames, story: Story, slots: Mapping[str, str], grammar: Grammar) -> Frames:
    """The frames that suit the story, starting at one that its concept alone decides."""
    turned = _turned(frames, story.concept)
    if not is_name(slots.get("topic", ""), grammar):
        return turned
    return tuple(frame for frame in turned if frame not in grammar.not_for_names)


def is_name(label: str, grammar: Grammar) -> bool:
    """Whether a topic is called like a person, a place, a product or a feast: a capital in each word, no acronyms."""
    words = re.findall(r"\w+", label)
    named = [word for word in words if word != word.lower() and word != word.upper()]
    return grammar.lowers_first and len(named) == len(words) > 0


def _turned(frames: Frames, concept: str) -> Frames:
    """The frames, starting at one that the concept alone decides."""
    turn = int.from_bytes(hashlib.sha256(concept.encode()).digest()[:4], "big") % len(frames)
    return frames[turn:] + frames[:turn]


def _fits(frame: str, slots: Mapping[str, str]) -> bool:
    return all(name in slots for _, name, _, _ in Formatter().parse(frame) if name)
