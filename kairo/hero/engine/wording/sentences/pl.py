"""Polish."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

POLISH = Sentences(
    language="pl",
    decimal=",",
    matches=Plural(
        one="Wpisy zgodne z filarem {pillar}: {matched} z {n}{found}.",
        many="Wpisy zgodne z filarem {pillar}: {matched} z {n}{found}.",
    ),
    matches_only="Jedyny wpis jest zgodny z filarem {pillar}{found}.",
    watched="Żaden filar nie pasuje; dotyczy to marki, bo obserwuje ona tego konkurenta.",
    own_campaign="Żaden filar nie pasuje; dotyczy to marki, bo kampania jest jej własna.",
    feedback="Wasze decyzje o podobnych pomysłach ({causes}): {points}.",
    pinned="przypięte: {n}",
    ignored="odrzucone: {n}",
    burst="Autorzy w ciągu {days} dni: {n}, oczekiwano {expected}; prawdopodobieństwo: {chance}.",
    less_than="mniej niż 1 do {n}",
    about="około 1 do {n}",
    share="Autorzy: {n}, zapisane dotąd wpisy: {total}; nie ma jeszcze wcześniejszych wpisów do porównania.",
    competitor_fresh=Plural(
        one="Wpisy z ostatnich {days} dni: {n} z {total}.", many="Wpisy z ostatnich {days} dni: {n} z {total}."
    ),
    campaign_runs="Kampania trwa.",
    campaign_starts=Plural(
        one="Kampania zaczyna się za {n} dzień.",
        few="Kampania zaczyna się za {n} dni.",
        many="Kampania zaczyna się za {n} dni.",
    ),
    newest_hours=Plural(
        one="Najnowszy wpis ma {n} godzinę.",
        few="Najnowszy wpis ma {n} godziny.",
        many="Najnowszy wpis ma {n} godzin.",
    ),
    newest_days=Plural(
        one="Najnowszy wpis ma {n} dzień.", few="Najnowszy wpis ma {n} dni.", many="Najnowszy wpis ma {n} dni."
    ),
    undated="Żaden z wpisów nie ma daty.",
    lasting="Autorzy: {n} w ciągu {days} dni; stały temat ma najwyżej {most} z {all} punktów.",
    speaks="Odbiorca: {persona}{found}",
    speaks_to_none="Żadna persona nie jest adresatem",
    engagement="zaangażowanie wyższe niż {percent}% wpisów na tych platformach",
    engagement_unknown="zaangażowanie nieznane",
    authors=Plural(one="{n} autor", few="{n} autorzy", many="{n} autorów"),
    seen=Plural(one="Wpisy z platformy {platform}: {seen} z {n}", many="Wpisy z platformy {platform}: {seen} z {n}"),
    seen_only="Jedyny wpis jest z platformy {platform}",
    itself="{where}, czyli z samego kanału.",
    carried="{where}, do przeniesienia na {channel}.",
    matching=Plural(one="{n} wpis pasuje", few="{n} wpisy pasują", many="{n} wpisów pasuje"),
    ideas=Plural(one="{n} pomysł", few="{n} pomysły", many="{n} pomysłów"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, potrzeba {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Żadne wyrażenie nie łączy kilku z nich.",
    no_type_fits="Żaden z tematów nie daje jeszcze pomysłu.",
)
