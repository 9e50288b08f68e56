# ruff: noqa: SIM905  (lists of words are easier to read and to add to as text)
"""A month of headlines in the shape of a technology news site: one author each, titles only, four planted events.

Everything is invented: names are put together from syllables, titles from lists of words. A seed gives another month.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

AS_OF = datetime(2026, 5, 20, 12, tzinfo=UTC)
DAYS = 30

BRAND: Mapping[str, Any] = {
    "slug": "pagerlight",
    "name": "Pagerlight",
    "positioning": "A weekly letter for people who keep software running: what broke, and what to do on Monday.",
    "channels": ["newsletter", "linkedin"],
    "languages": ["en"],
    "pillars": [
        {
            "name": "When it breaks",
            "keywords": ["outage", "downtime", "incident", "cloud", "post-mortem", "reliability", "status page"],
        },
        {
            "name": "Patch first",
            "keywords": [
                "security",
                "vulnerability",
                "exploit",
                "patch",
                "CVE",
                "supply chain",
                "remote code execution",
            ],
        },
        {
            "name": "Build or buy",
            "keywords": ["acquisition", "acquired", "pricing", "license", "open source", "fork", "startup", "vendor"],
        },
        {
            "name": "Models at work",
            "keywords": ["language model", "LLM", "inference", "weights", "AI", "benchmark", "prompt", "fine-tuning"],
        },
        {"name": "Data underneath", "keywords": ["database", "Postgres", "storage", "queue", "index", "migration"]},
    ],
    "personas": [
        {
            "name": "On-call engineer",
            "keywords": ["on call", "deploy", "rollback", "logs"],
            "pains": ["woken at night"],
        },
        {
            "name": "Head of platform",
            "keywords": ["platform", "budget", "team", "roadmap"],
            "pains": ["too many tools"],
        },
    ],
}

_OUTAGE = """
{name} is down
{name} outage: what we know so far
{name} outage takes {thing} offline across {place}
Tell us: is {name} down for you too?
{name} status page still green {number} hours into the outage
How the {name} outage broke our {thing}
{name} post-mortem: a config push took out three regions
{name} incident report is out
We moved off {name} cloud in {number} hours, here is the runbook
{name} cloud is back, with elevated errors
What {name} teaches about single points of failure
{number} lessons from the {name} downtime
The {name} outage and the myth of five nines
{name} apologises, offers credits for {number} hours of downtime
Surviving the {name} outage with a {adjective} fallback
Why {name}'s control plane fell over
{name} outage: a timeline by someone on call
DNS, again: reading the {name} incident
Our {thing} stayed up during {name}, by accident
{name} cloud customers ask for refunds
Multi-cloud would not have saved you from {name}
Ask: what was your fallback when {name} went down?
The cost of the {name} outage, estimated
{name} engineers explain the rollback that did not roll back
After {name}: a checklist for {adjective} dependencies
"""
_HOLE = """
{name}: remote code execution in {library}
{name} vulnerability affects {number} million servers
{name} proof of concept published
Patch now: {name} in {library} is being used in the wild
How {name} was found by a {adjective} fuzzer
{name} explained with diagrams
Am I affected by {name}? A {adjective} checker
{name} and the {library} maintainers who saw it coming
Distributions ship fixes for {name}
{name} is not as bad as it sounds
{name} is worse than it sounds
Scanning the internet for {name}
CVE for {name} disputed by vendor
What {name} says about supply chain security
A {number}-line exploit for {name}
{name} mitigation without a restart
{name}: timeline of a disclosure
Backporting the {name} patch to {adjective} kernels
{library} after {name}: should we rewrite it?
Exploit kits add {name} within {number} hours
{name} honeypot: {number} attacks in one night
Who pays for {library}? {name} asks again
Show: a {adjective} scanner for the {name} vulnerability
Cloud vendors respond to {name}
"""
_DEAL = """
{buyer} to acquire {name} for ${number}B
{name} acquired by {buyer}
{name} joins {buyer}
What the {name} acquisition means for {thing} users
{name} license change after {buyer} deal
{buyer} promises to keep {name} open source
Forking {name}: who is in?
{name} founders on selling to {buyer}
I worked at {name}, ask me anything
{name} pricing page quietly changed
Why we are leaving {name} before the {buyer} merger
Alternatives to {name}, compared
{name} and the end of the {adjective} startup
{buyer}, {name} and the price of open source
Regulators look at the {name} acquisition
{name} community writes an open letter
The {name} fork has a name and {number} commits
{number} million users later: the story of {name}
{name} deal values it at {number} times revenue
Exporting your data from {name} in {number} minutes
Will {buyer} kill {name}?
{name} employees say goodbye
"""
_MODEL = """
{name} released: open weights, {number}B parameters
{name} is here
{name} beats larger models on {adjective} benchmark
Running {name} on a laptop
{name} technical report
{name} inference at {number} tokens a second
I gave {name} my inbox for a day
{name} weights mirrored on torrents
{name} license forbids {adjective} use
Fine-tuning {name} for {number} dollars
{name} against its rivals: a {adjective} comparison
{name} hallucinates less, we measured
Ask: what are you using {name} for?
{name} system prompt extracted
Quantizing {name} to {number} bits
{name} and the benchmark problem
A {adjective} guide to prompting {name}
{name} in the browser with WebGPU
Why {name} answers in rhymes on Tuesdays
{name} for {thing}: first impressions
Open source AI catches up: {name} reviewed
{name} leaks its training data
The team behind {name} explains the recipe
LLM prices fall again after {name}
"""
_EVENTS = (("outage", _OUTAGE), ("vulnerability", _HOLE), ("acquisition", _DEAL), ("model", _MODEL))

_BACKGROUND = """
Show: {article} {adjective} {tool} for {thing}
Show: {tool} in {number} lines of {language}
Ask: how do you {verb} {thing}?
Ask: who is using {language} for {thing}?
{language} {number}.{digit} released
Why we moved our {thing} from {language} to {other}
The {adjective} history of {subject}
{subject} considered harmful
{verb_ing} {thing} without {other_thing}
{article} {adjective} introduction to {subject}
What I learned {verb_ing} {thing} for {number} years
Notes on {subject}
{subject} and {other_subject}
On the {adjective} art of {verb_ing} {thing}
How {place} {past} its {thing}
The {adjective} {animal} of {place}
{number} ways to {verb} {article} {adjective} {tool}
I {past} {article} {tool} and nobody noticed
Reverse engineering {article} {adjective} {tool}
{place} is {verb_ing} {thing}
My {adjective} {tool} is {number} years old
The unreasonable effectiveness of {adjective} {subject}
Against {adjective} {thing}
Fast {thing} in {language}
{article} {tool} from {year}
Remembering {place}'s {adjective} {tool}
Understanding {subject} from scratch
Is {subject} {adjective}?
In praise of {adjective} {thing}
Where do {animal}s go when it is {adjective}?
"""
_WORDS: Mapping[str, Sequence[str]] = {
    "adjective": """small quiet boring forgotten slow tiny portable honest stubborn modern ancient cheap lazy elegant
        clumsy distributed immutable lossless offline curious practical minimal weird hidden simple gentle accidental
        serious noisy fragile friendly sharp late early rural urban analog wooden paper green blue hollow deep shallow
        broken perfect imperfect careful reckless patient human mechanical local global dense sparse""".split(),
    "tool": """editor debugger terminal keyboard calculator compiler parser linker spreadsheet notebook emulator
        synthesizer telescope typewriter router camera clock printer lathe robot radio scheduler allocator profiler
        crawler browser renderer tracker font plotter compass calendar wiki game engine shell proxy bootloader drone
        scanner oscilloscope bicycle kiln loom sextant modem""".split(),
    "thing": """backups logs spreadsheets invoices timezones passwords e-mail builds tests dashboards feeds maps
        recipes photos sensors batteries payments checkouts docs schemas queues caches comments fonts colors tickets
        calendars webhooks pipelines containers sockets threads tables forms charts reports notes books songs gardens
        bridges trains ferries bees satellites lenses""".split(),
    "subject": """floating point|garbage collection|type theory|cartography|tide tables|public libraries|bread|
        consensus|compression|error correction|signal processing|typography|urban trees|ray tracing|unicode|
        lock-free programming|regular expressions|beekeeping|sleep|probability|graph theory|knots|clocks|glass|
        technical writing|hiring|remote work|paging|branch prediction|hash tables|bloom filters|parsing|B-trees|
        random numbers|rainfall|property testing|formal methods|chess endings|old maps|lighthouses|sundials|crystals|
        digital preservation|game economies|interface design|estimation|naming things|event sourcing|memory safety
        """.replace("\n", "").split("|"),
    "language": """Rust|Python|Go|Zig|Lisp|Haskell|Erlang|OCaml|Fortran|JavaScript|TypeScript|Ruby|Elixir|Kotlin|
        Swift|Julia|Nim|Forth|Prolog|COBOL|Clojure|Lua|Perl|SQL|Ada|Scheme""".replace("\n", "").split("|"),
    "verb": """keep store index deploy test ship sort compress archive share name count teach repair review sketch
        schedule measure simulate migrate rewrite translate sell draw cool mend version fold print restore""".split(),
    "verb_ing": """keeping storing indexing deploying testing shipping sorting compressing archiving sharing naming
        counting teaching repairing reviewing sketching scheduling measuring simulating migrating rewriting translating
        selling drawing cooling mending versioning folding printing restoring""".split(),
    "past": """kept stored indexed built tested shipped sorted compressed archived shared named counted taught repaired
        drew scheduled measured simulated migrated rewrote translated sold cooled mended printed restored""".split(),
    "place": """Lisbon|Tallinn|Osaka|Nairobi|Lima|Bergen|Porto|Hanoi|Accra|Quito|Leeds|Turin|Graz|Malmo|Perth|Boise|
        Windhoek|Reykjavik|Riga|Ghent|Fukuoka|Medellin|Pune|Tbilisi|Halifax|Ljubljana|Cork|Bilbao|Tromso|Utrecht
        """.replace("\n", "").split("|"),
    "animal": "crow otter eel moth heron badger octopus beetle pigeon wolf crane lynx whale toad swift hare".split(),
    "library": "libferro zipline2 tinyxmlpp netparse openframe".split(),
}
_STARTS, _MIDDLES, _ENDS = (
    ("Or", "Tar", "Quil", "Hol", "Vex", "Bran", "Sel", "Mor", "Dun", "Kes", "Pal", "Ziv", "Fen", "Gar", "Lum"),
    ("va", "mo", "le", "ki", "ru", "ta", "no", "pe", "shi", "do"),
    ("ne", "nd", "base", "kit", "ra", "lux", "form", "stack", "ric", "gate"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """Posts as an import reads them, and the external ids of each planted event's posts."""

    posts: tuple[Mapping[str, Any], ...]
    events: Mapping[str, frozenset[str]]


def make_month(seed: int, *, background: int = 1_000) -> Month:
    """A month before AS_OF with four events of 12 to 40 posts, each within one to three days of the last seven."""
    dice = random.Random(f"headlines {seed}")
    names = _names(dice)
    titles = [(_background_title(dice), AS_OF - timedelta(days=dice.random() * DAYS), "") for _ in range(background)]
    for event, templates in _EVENTS:
        titles += _event(event, templates, next(names), next(names), dice)
    dice.shuffle(titles)
    posts, events = [], dict[str, set[str]]()
    for number, (title, moment, event) in enumerate(titles):
        posts.append(_post(number, title, moment, dice))
        if event:
            events.setdefault(event, set()).add(f"story-{number}")
    return Month(tuple(posts), {event: frozenset(ids) for event, ids in events.items()})


def _event(event: str, templates: str, name: str, buyer: str, dice: random.Random) -> list[tuple[str, datetime, str]]:
    """Its titles: many on the first day, fewer on each later one."""
    days = dice.uniform(1, 3)
    begins = dice.uniform(days, 6.5)
    lines = [line for line in templates.splitlines() if line]
    lines = [*dice.sample(lines, len(lines)), *dice.sample(lines, len(lines))]  # a headline is taken up twice at most
    wanted = min(dice.randint(12, 40), len(lines))
    slots = {"name": name, "buyer": buyer, "library": dice.choice(_WORDS["library"])}
    titles = [_filled(line, dice, **slots) for line in lines[:wanted]]
    return [(title, AS_OF - timedelta(days=begins - days * dice.random() ** 2), event) for title in titles]


def _background_title(dice: random.Random) -> str:
    return _filled(dice.choice([line for line in _BACKGROUND.splitlines() if line]), dice)


def _filled(template: str, dice: random.Random, **known: str) -> str:
    chosen = {name: dice.choice(words) for name, words in _WORDS.items()} | known
    vowel = chosen["adjective" if "{article} {adjective}" in template else "tool"][0] in "aeiou"
    title = template.format(
        **chosen,
        article="an" if vowel else "a",
        other=dice.choice(_WORDS["language"]),
        other_thing=dice.choice(_WORDS["thing"]),
        other_subject=dice.choice(_WORDS["subject"]).strip(),
        number=dice.randint(2, 90),
        digit=dice.randint(0, 9),
        year=dice.randint(1950, 2020),
    )
    title = " ".join(title.split())
    return title[:1].upper() + title[1:]


def _names(dice: random.Random) -> Any:
    known: set[str] = set()
    while True:
        name = dice.choice(_STARTS) + dice.choice(_MIDDLES) + dice.choice(_ENDS)
        if name not in known:
            known.add(name)
            yield name


def _post(number: int, title: str, moment: datetime, dice: random.Random) -> Mapping[str, Any]:
    return {
        "platform": "web",
        "content_type": "web_page",
        "external_id": f"story-{number}",
        "canonical_url": f"https://news.example/item/{number}",
        "published_at": moment.isoformat(),
        "author_ref": f"reader{number}",
        "title": title,
        "text_primary": title,
        "text_secondary": None,
        "has_transcript": False,
        "hashtags": [],
        "metrics": {
            "views": None,
            "likes": round(dice.paretovariate(1.1)),
            "comments": dice.randint(0, 90),
            "shares": None,
        },
        "synthetic": True,
    }
