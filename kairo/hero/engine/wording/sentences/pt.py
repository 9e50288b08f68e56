"""Portuguese, as it is written in Brazil."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

PORTUGUESE = Sentences(
    language="pt",
    decimal=",",
    matches=Plural(
        one="{matched} de {n} posts combina com o pilar {pillar}{found}.",
        many="{matched} de {n} posts combinam com o pilar {pillar}{found}.",
    ),
    matches_only="O único post combina com o pilar {pillar}{found}.",
    watched="Nenhum pilar combina; interessa à marca porque ela acompanha este concorrente.",
    own_campaign="Nenhum pilar combina; interessa à marca porque a campanha é dela.",
    feedback="Suas decisões sobre ideias parecidas ({causes}): {points}.",
    pinned="fixadas: {n}",
    ignored="ignoradas: {n}",
    burst="{n} pessoas em {days} dias onde se esperavam {expected}: uma probabilidade de {chance}.",
    less_than="menos de 1 em {n}",
    about="cerca de 1 em {n}",
    share="{n} pessoas entre os {total} posts guardados até agora; ainda não há nada anterior com que comparar.",
    competitor_fresh=Plural(
        one="{n} dos {total} posts é dos últimos {days} dias.",
        many="{n} dos {total} posts são dos últimos {days} dias.",
    ),
    campaign_runs="A campanha está em andamento.",
    campaign_starts=Plural(one="A campanha começa em {n} dia.", many="A campanha começa em {n} dias."),
    newest_hours=Plural(one="O post mais recente tem {n} hora.", many="O post mais recente tem {n} horas."),
    newest_days=Plural(one="O post mais recente tem {n} dia.", many="O post mais recente tem {n} dias."),
    undated="Nenhum dos posts tem data.",
    lasting="{n} pessoas ao longo de {days} dias; um tema duradouro tem no máximo {most} dos {all} pontos.",
    speaks="Fala com {persona}{found}",
    speaks_to_none="Não fala com nenhuma persona",
    engagement="engajamento acima de {percent}% dos posts das suas plataformas",
    engagement_unknown="engajamento desconhecido",
    authors=Plural(one="{n} pessoa", many="{n} pessoas"),
    seen=Plural(one="{seen} de {n} posts é de {platform}", many="{seen} de {n} posts são de {platform}"),
    seen_only="O único post é de {platform}",
    itself="{where}, o próprio canal.",
    carried="{where}, para levar a {channel}.",
    matching=Plural(one="{n} post combina", many="{n} posts combinam", none_as_one=True),
    ideas=Plural(one="{n} ideia", many="{n} ideias"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, são necessárias {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Nenhuma expressão é comum a várias delas.",
    no_type_fits="Nenhum dos temas rende uma ideia ainda.",
)
