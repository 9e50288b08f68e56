"""German."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

GERMAN = Sentences(
    language="de",
    decimal=",",
    matches=Plural(
        one="{matched} von {n} Beiträgen passt zur Säule {pillar}{found}.",
        many="{matched} von {n} Beiträgen passen zur Säule {pillar}{found}.",
    ),
    matches_only="Der einzige Beitrag passt zur Säule {pillar}{found}.",
    watched="Keine Säule passt; es betrifft die Marke, weil sie diesen Mitbewerber beobachtet.",
    own_campaign="Keine Säule passt; es betrifft die Marke, weil die Kampagne ihre eigene ist.",
    feedback="Eure Entscheidungen über ähnliche Ideen ({causes}): {points}.",
    pinned="{n} angeheftet",
    ignored="{n} verworfen",
    burst="{n} Personen in {days} Tagen, wo {expected} zu erwarten waren: die Wahrscheinlichkeit liegt bei {chance}.",
    less_than="weniger als 1 zu {n}",
    about="etwa 1 zu {n}",
    share="{n} Personen unter den bisher {total} gespeicherten Beiträgen; Früheres zum Vergleichen gibt es noch nicht.",
    competitor_fresh=Plural(
        one="{n} von {total} Beiträgen ist aus den letzten {days} Tagen.",
        many="{n} von {total} Beiträgen sind aus den letzten {days} Tagen.",
    ),
    campaign_runs="Die Kampagne läuft.",
    campaign_starts=Plural(one="Die Kampagne beginnt in {n} Tag.", many="Die Kampagne beginnt in {n} Tagen."),
    newest_hours=Plural(one="Der neueste Beitrag ist {n} Stunde alt.", many="Der neueste Beitrag ist {n} Stunden alt."),
    newest_days=Plural(one="Der neueste Beitrag ist {n} Tag alt.", many="Der neueste Beitrag ist {n} Tage alt."),
    undated="Keiner der Beiträge hat ein Datum.",
    lasting="{n} Personen über {days} Tage; ein Dauerthema hat höchstens {most} der {all} Punkte.",
    speaks="Angesprochen ist {persona}{found}",
    speaks_to_none="Keine Persona ist angesprochen",
    engagement="Resonanz über {percent} % der Beiträge auf denselben Plattformen",
    engagement_unknown="Resonanz unbekannt",
    authors=Plural(one="{n} Person", many="{n} Personen"),
    seen=Plural(one="{seen} von {n} Beiträgen ist von {platform}", many="{seen} von {n} Beiträgen sind von {platform}"),
    seen_only="Der einzige Beitrag ist von {platform}",
    itself="{where}, dem Kanal selbst.",
    carried="{where} und auf {channel} zu übertragen.",
    matching=Plural(one="{n} Beitrag passt", many="{n} Beiträge passen"),
    ideas=Plural(one="{n} Idee", many="{n} Ideen"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, nötig sind {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Keinen Ausdruck teilen mehrere von ihnen.",
    no_type_fits="Noch wird aus keinem der Themen eine Idee.",
)
