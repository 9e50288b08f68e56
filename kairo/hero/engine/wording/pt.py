"""Portuguese, as it is written in Brazil."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.pt import PORTUGUESE as SENTENCES

PORTUGUESE = Grammar(
    language="pt",
    titles=Titles(
        topic=(
            "{Topic} para {persona}: por onde começar",
            "{Topic} encontra {gap}",
            "{Topic}, pensando em {gap}",
            "{Topic} e {detail}: nosso teste",
            "{Topic}: como se faz na {brand}",
            "{Topic}: o que traz e quanto custa",
            "{Topic}: os erros que dá para evitar",
            "{Topic}: o que nós pularíamos",
            "{Pillar}: nossas notas sobre {topic}",
            "{Topic}, sem adivinhação",
            "{Topic}: nossa lista antes de começar",
            "{Topic}: nossa opinião sincera",
            "{Topic} de perto",
            "{Topic}: o que importa e o que não importa",
            "{Topic}: nossa resposta para a dúvida de sempre",
            "{Topic}: o que ninguém mostra",
            "{Topic}, em palavras simples",
            "{Topic}: anotações da nossa prática",
            "{Topic}: onde se costuma travar",
        ),
        trend=(
            "Todo mundo fala de {topic}: nosso lado",
            "{Topic}: o que funciona e o que não",
            "{Topic}: vale tanta empolgação?",
            "{Topic}: o que fica quando a onda passa",
        ),
        evergreen=(
            "{Topic}: o guia para salvar",
            "{Topic}, explicado desde o começo",
            "{Topic}: como fazer direito",
            "{Topic}: as perguntas que sempre voltam",
        ),
        competitive=(
            "{Detail}: o que fazemos de outro jeito",
            "{Detail}: quando ajuda e quando não",
            "{Detail}: quem precisa e quem não precisa",
            "{Detail} ou o nosso jeito de fazer",
            "{Pillar}: o nosso jeito, às claras",
            "{Pillar}: o que prometemos e o que não",
        ),
        named=(
            "{competitor} ou {brand}: como escolher",
            "{competitor} e {brand}: uma comparação justa",
            "De olho em {competitor}? Vale comparar",
        ),
        campaign=(
            "{campaign}: como participar",
            "{campaign}: nosso plano, dia a dia",
            "{campaign}, começando por {detail}",
            "{campaign}: um plano para {persona}",
            "{campaign} com {brand}: o que preparar",
            "{campaign}: quem vem junto?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} diz assim: {quote}",
            "Retomem a frase de {author}: {quote}",
            "Nas palavras de {author}: {quote}",
            "O post a responder é de {author}: {quote}",
            "{author} convence com {quote}",
            "Partam do que {author} escreveu: {quote}",
            "{author} conta {quote}",
            "Citem {author} e respondam: {quote}",
        ),
        rival_hooks=(
            "O que a concorrência promete: {quote}",
            "A concorrência diz {quote}",
            "A oferta com que comparam vocês: {quote}",
            "É isto que os clientes ouvem por aí: {quote}",
        ),
        forms={
            Form.LIST: "listas",
            Form.HOW_TO: "guias passo a passo",
            Form.POINT_OF_VIEW: "relatos em primeira pessoa",
            Form.BEFORE_AFTER: "histórias de antes e depois",
            Form.QUESTION: "perguntas ao público",
            Form.REACTION: "reações",
        },
        most=(
            "{n} destes posts são {form}",
            "Dos posts abaixo, {n} são {form}",
            "O formato de sempre: {n} dos posts são {form}",
        ),
        every=(
            "Todos estes posts são {form}",
            "O formato se repete: os posts são {form}",
            "Sem exceção, os posts são {form}",
        ),
        questions=(
            "A pergunta que volta: {quote}",
            "Pergunta-se mais do que se responde: {quote}",
            "Várias pessoas perguntam o mesmo: {quote}",
        ),
        gaps=(
            "O que nenhum destes posts menciona: {gap}",
            "Falta em todos estes posts: {gap}",
            "Disto ninguém fala aqui: {gap}",
            "Todos deixam de fora: {gap}",
            "Ainda sem tratar: {gap}",
            "O assunto ausente em todos: {gap}",
        ),
        audiences=(
            "Pensado para {persona}",
            "Com quem falar: {persona}",
            "O público desta peça: {persona}",
            "Escrevam com esta imagem em mente: {persona}",
        ),
        pains=(
            "Pensado para {persona}; respondam ao que atrapalha: {pain}",
            "{Persona} conhece bem isto: {pain}",
            "Público: {persona}. O ponto fraco: {pain}",
            "Com quem falar: {persona}. A preocupação de sempre: {pain}",
        ),
        own_posts=(
            "Vocês acabaram de postar sobre {topic}; mostrem outro lado do assunto",
            "Seus últimos posts já tratam de {topic}: acrescentem o que ficou de fora",
        ),
        form_tasks={
            Form.LIST: (
                "Onde outros listam, vão a fundo: escolham o ponto mais importante de {topic} e mostrem {in_format}",
                "Em vez de outra lista, provem {in_format} o que se afirma sobre {topic}",
            ),
            Form.HOW_TO: (
                "Os passos já foram contados: mostrem {in_format} o que dá errado com {topic} e como salvar",
                "Deixem os passos e mostrem {in_format} como separar o bom do ruim em {topic}",
            ),
            Form.POINT_OF_VIEW: (
                "Ponham fatos ao lado do olhar pessoal: mostrem {in_format} o que {topic} faz e o que não faz",
                "Eles mostram um clima; mostrem {in_format} o trabalho por trás de {topic}",
            ),
            Form.BEFORE_AFTER: (
                "Mostrem {in_format} o que falta entre o antes e o depois: o trabalho que {topic} pede",
                "Fiquem com {topic} {in_format} por mais tempo que os outros e mostrem o que dura",
            ),
            Form.QUESTION: (
                "Eles perguntam, então respondam: resolvam {in_format} com o seu próprio exemplo de {topic}",
                "Deem {in_format} a resposta clara sobre {topic} que estes posts esperam",
            ),
            Form.REACTION: (
                "Vão além da reação e mostrem {in_format} como é {topic} na prática",
                "Eles comentam; vocês demonstram: {topic} {in_format}, do começo ao fim",
            ),
        },
        gap_tasks=(
            "Juntem {in_format} {topic} e {gap}",
            "Mostrem {in_format} o que {topic} tem a ver com {gap}",
        ),
        question_tasks=(
            "Respondam {in_format} com um caso real de {topic}",
            "Façam da resposta a peça inteira, {in_format}, sem deixar nada vago sobre {topic}",
        ),
        tasks={
            Type.TREND: (
                "Mostrem {in_format} como {topic} e {detail} combinam, e o que vocês manteriam",
                "Mostrem {in_format} a experiência de vocês com {topic}, com as falhas",
                "Digam {in_format} o que fica e o que sai quando o assunto é {topic}",
            ),
            Type.EVERGREEN: (
                "Reúnam {in_format} as respostas sobre {topic}, para salvar",
                "Percorram {topic} {in_format}, do começo ao fim",
                "Mostrem {in_format} como {topic} e {detail} dependem um do outro",
            ),
            Type.COMPETITIVE: (
                "Sem citar ninguém, mostrem {in_format} como vocês chegam ao mesmo resultado",
                "Respondam {in_format} à necessidade por trás ({detail}), do seu jeito e sem alfinetadas",
                "Mostrem {in_format} o que isso ({detail}) custa em dinheiro e esforço, e o que custa o seu jeito",
                "Digam {in_format} para quem o seu jeito serve e para quem não serve",
            ),
            Type.CAMPAIGN: (
                "Convidem para {campaign} {in_format} com algo que dê para fazer no mesmo dia",
                "Mostrem {in_format} o menor jeito de participar de {campaign}",
                "Acompanhem {campaign} {in_format} da abertura ao encerramento",
                "Peçam {in_format} que as pessoas mostrem como participam de {campaign}",
            ),
        },
        named_tasks=(
            "Comparem-se {in_format} com {competitor} de forma justa: quando serve o caminho deles, quando o seu",
            "Digam {in_format} no que vocês diferem de {competitor}, sem atacar ninguém",
            "Peguem a promessa de {competitor} e mostrem {in_format} o seu caminho para o mesmo resultado",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="{n} pessoa publicou sobre {topic} nos últimos {days} dias",
            many="{n} pessoas publicaram sobre {topic} nos últimos {days} dias",
        ),
        earlier=Plural(
            one="contra {n} post nos {days} dias anteriores",
            many="contra {n} posts nos {days} dias anteriores",
        ),
        authors_share=Plural(
            one="{n} pessoa publicou sobre {topic}",
            many="{n} pessoas publicaram sobre {topic}",
        ),
        window_posts=Plural(
            one="entre {n} post guardado até agora",
            many="entre os {n} posts guardados até agora",
        ),
        views="Juntos, os posts somam {n} visualizações",
        authors_long=Plural(
            one="{n} pessoa voltou a {topic} nos últimos {days} dias",
            many="{n} pessoas voltaram a {topic} nos últimos {days} dias",
        ),
        span=Plural(
            one="e há {n} dia entre os posts",
            many="e há {n} dias entre os posts, ou seja, o interesse dura",
        ),
        competitor_posts=Plural(
            one="{competitor} postou {n} vez nos últimos {days} dias",
            many="{competitor} postou {n} vezes nos últimos {days} dias",
        ),
        posts_undated=Plural(
            one="{n} post sem data trata de {topic}",
            many="{n} posts sem data tratam de {topic}",
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
            one="{n} post tratou disso nos últimos {days} dias",
            many="{n} posts trataram disso nos últimos {days} dias",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "em um carrossel",
        Channel.TIKTOK: "em um vídeo curto",
        Channel.YOUTUBE: "em um vídeo",
        Channel.LINKEDIN: "em um post do LinkedIn",
        Channel.X: "em uma sequência de posts",
        Channel.NEWSLETTER: "na sua newsletter",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bponto de vista\b", r"^quando (?:voce|o|a|seu|sua|meu|minha)\b",
            r"^eu quando\b"),
        Form.BEFORE_AFTER: (r"\bantes e depois\b", r"\bantes\b.+\bagora\b", r"\btroquei\b.+\bpor\b"),
        Form.LIST: (
            r"\b(?:\d+|dois|duas|tres|quatro|cinco|seis|sete|oito|dez) (?:formas|jeitos|maneiras|coisas|dicas|ideias"
            r"|motivos|razoes|erros|truques|sinais|regras|receitas|mitos|licoes)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )como \w+[aei]r\b", r"\bpasso a passo\b", r"\btutorial\b", r"\bpasso 1\b",
            r"\breceita de\b",
                      r"\bpara iniciantes\b", r"\b(?:e )?assim que (?:se faz|eu faco|fazemos)\b"),
        Form.REACTION: (r"\breag(?:indo|i)\b", r"\breacao\b", r"\bminha opiniao\b", r"\bopiniao impopular\b",
                        r"\brespondendo a\b"),
    },
    sentences=SENTENCES,
    conjunction=" e ",
    thousands=".",
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ),
    day=lambda number, month: f"{number} de {month}",
    quotes=("“", "”"),
)  # fmt: skip
