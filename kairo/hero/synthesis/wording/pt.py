"""Portuguese."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

PORTUGUESE = Grammar(
    language="pt",
    titles={
        Type.TREND: (
            "{Topic}: o que está por trás de tanto interesse",
            "Por que agora se fala tanto de {topic}",
            "{Topic}: por onde começar",
            "{Topic} e {detail}: o que experimentar primeiro",
            "A nossa visão sobre {topic}, enquanto é novidade",
        ),
        Type.EVERGREEN: (
            "{Topic}: o básico que sempre volta",
            "Guia simples: {topic}",
            "{Topic}, passo a passo",
            "{Topic} e {detail}: o que ver primeiro",
            "{Topic}: o que saber antes de começar",
        ),
        Type.COMPETITIVE: (
            "A nossa resposta sincera a {competitor}",
            "{competitor} fala de {detail}: este é o nosso lado",
            "{competitor} ou {brand}: como escolher",
            "De olho em {competitor}? Compare isto primeiro",
        ),
        Type.CAMPAIGN: (
            "{campaign}: como participar",
            "{campaign}, primeiro passo: {detail}",
            "{campaign}: o que fazer primeiro",
            "{campaign}, ao estilo de {brand}",
        ),
    },
    openers={
        Type.TREND: (
            "Explique o que há de novo em {topic} enquanto dura o interesse.",
            "Mostre {topic} na prática, com um exemplo real.",
            "Diga o que vale a pena em {topic} e o que não vale.",
            "Proponha uma primeira versão fácil de {topic}.",
        ),
        Type.EVERGREEN: (
            "Faça a peça sobre {topic} que as pessoas vão querer guardar.",
            "Responda em passos simples à pergunta destas publicações sobre {topic}.",
            "Transforme {topic} em uma lista curta de verificação.",
            "Mostre {topic} bem feito e mal feito, lado a lado.",
        ),
        Type.COMPETITIVE: (
            "Diga com clareza o que muda em relação ao que {competitor} mostra, sem atacar ninguém.",
            "Pegue a promessa de {competitor} e mostre o seu caminho para o mesmo resultado.",
            "Compare os dois caminhos com justiça: quando serve cada um.",
            "Não cite {competitor} na publicação; responda à necessidade por trás.",
        ),
        Type.CAMPAIGN: (
            "Convide para “{campaign}” com algo que se possa fazer no mesmo dia.",
            "Apresente “{campaign}” do primeiro ao último dia, para que se possa acompanhar.",
            "Mostre a menor forma de participar de “{campaign}”.",
            "Conte para que serve “{campaign}” e peça que mostrem como fazem.",
        ),
    },
    not_for_names=frozenset(
        {
            "{Topic}: por onde começar",
            "{Topic} e {detail}: o que experimentar primeiro",
            "Guia simples: {topic}",
            "{Topic}, passo a passo",
            "{Topic} e {detail}: o que ver primeiro",
            "{Topic}: o que saber antes de começar",
            "Mostre {topic} na prática, com um exemplo real.",
            "Proponha uma primeira versão fácil de {topic}.",
            "Transforme {topic} em uma lista curta de verificação.",
            "Mostre {topic} bem feito e mal feito, lado a lado.",
        }
    ),
    lead="Responda ao que {lead} mostrou.",
    details="Inclua o que estas publicações têm em comum: {details}.",
    persona="Pensado para: {persona}.",
    pain="Resolva o que atrapalha: {pain}.",
    authors_recent=Plural(
        one="{n} pessoa publicou sobre {topic} nos últimos {days} dias",
        many="{n} pessoas publicaram sobre {topic} nos últimos {days} dias",
    ),
    earlier=Plural(
        one="contra {n} publicação nos {days} dias anteriores",
        many="contra {n} publicações nos {days} dias anteriores",
    ),
    views="Juntas, somam {n} visualizações",
    authors_long=Plural(
        one="{n} pessoa voltou a {topic} nos últimos {days} dias",
        many="{n} pessoas voltaram a {topic} nos últimos {days} dias",
    ),
    span=Plural(
        one="e as publicações estão a {n} dia de distância",
        many="e as publicações estão a {n} dias de distância, portanto o interesse dura",
    ),
    competitor_posts=Plural(
        one="{competitor} publicou {n} vez nos últimos {days} dias",
        many="{competitor} publicou {n} vezes nos últimos {days} dias",
    ),
    posts_undated=Plural(
        one="{n} publicação sem data trata de {topic}",
        many="{n} publicações sem data tratam de {topic}",
    ),
    starts_in=Plural(
        one="{campaign} começa em {date}, daqui a {n} dia",
        many="{campaign} começa em {date}, daqui a {n} dias",
    ),
    starts_today="{campaign} começa hoje, {date}",
    ends_in=Plural(
        one="{campaign} vai até {date}, mais {n} dia",
        many="{campaign} vai até {date}, mais {n} dias",
    ),
    ends_today="{campaign} termina hoje, {date}",
    campaign_posts=Plural(
        one="{n} publicação aderiu nos últimos {days} dias",
        many="{n} publicações aderiram nos últimos {days} dias",
    ),
    conjunction=" e ",
    thousands=".",
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ),
    day=lambda number, month: f"{number} de {month}",
)  # fmt: skip
