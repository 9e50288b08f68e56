# ruff: noqa: E501  (a pattern is one line)
"""Korean. `{topic:은/는}` takes the particle that the word's last sound asks for."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.ko import KOREAN as SENTENCES

KOREAN = Grammar(
    language="ko",
    titles=Titles(
        topic=(
            "{persona:을/를} 위한 {topic}, 어디서 시작할까",
            "{topic:과/와} {gap}, 어떻게 이어질까",
            "{gap}까지 생각한 {topic}",
            "{topic:과/와} {detail}, 직접 해 봤습니다",
            "{topic}, {brand}에서는 이렇게 합니다",
            "{topic}, 얻는 것과 드는 것",
            "{topic}, 피할 수 있는 실수",
            "{topic}, 우리라면 건너뛸 것",
            "{pillar}: {topic} 메모",
            "감으로 하지 않는 {topic}",
            "{topic} 시작 전 체크리스트",
            "{topic}, 솔직한 평가",
            "가까이서 본 {topic}",
            "{topic}에서 중요한 것과 아닌 것",
            "{topic}, 자주 묻는 질문에 대한 답",
            "{topic}, 아무도 보여 주지 않는 것",
            "쉬운 말로 풀어 쓴 {topic}",
            "{topic}, 현장에서 적은 메모",
            "{topic}, 다들 막히는 지점",
        ),
        trend=(
            "모두가 말하는 {topic}, 우리의 생각",
            "{topic}, 통하는 것과 아닌 것",
            "{topic}, 이만큼 뜰 만할까?",
            "{topic}, 유행이 지나도 남는 것",
        ),
        evergreen=(
            "저장해 두는 {topic} 안내서",
            "처음부터 차근차근 {topic}",
            "{topic:을/를} 제대로 하는 법",
            "{topic}, 늘 다시 나오는 질문들",
        ),
        competitive=(
            "{detail}, 우리는 이렇게 다릅니다",
            "{detail}, 도움이 될 때와 아닐 때",
            "{detail}, 누구에게 필요할까",
            "{detail} 말고 우리의 방식",
            "{pillar}: 우리의 방식을 그대로 보여 드립니다",
            "{pillar}: 약속하는 것과 하지 않는 것",
        ),
        named=(
            "{competitor:과/와} {brand}, 어떻게 고를까",
            "{competitor:과/와} {brand}, 공정한 비교",
            "{competitor:이/가} 궁금하다면 이것부터 비교하세요",
        ),
        campaign=(
            "{campaign}, 이렇게 참여하세요",
            "{campaign}: 날짜별 계획",
            "{campaign}, {detail}부터 시작하기",
            "{persona:을/를} 위한 {campaign} 계획",
            "{brand:과/와} 함께하는 {campaign}, 준비할 것",
            "{campaign}, 함께할 사람?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} 님은 이렇게 말합니다: {quote}",
            "{author} 님의 문장에서 시작하세요: {quote}",
            "{author} 님의 표현 그대로: {quote}",
            "답할 만한 게시물은 {author} 님의 것입니다: {quote}",
            "{author} 님은 이 말로 눈길을 끕니다: {quote}",
            "{author} 님이 쓴 글을 이어받으세요: {quote}",
            "{author} 님의 이야기: {quote}",
            "{author} 님을 인용하고 답하세요: {quote}",
        ),
        rival_hooks=(
            "경쟁사의 약속: {quote}",
            "경쟁사는 이렇게 말합니다: {quote}",
            "고객이 비교하는 제안: {quote}",
            "고객이 다른 곳에서 듣는 말: {quote}",
        ),
        forms={
            Form.LIST: "목록형",
            Form.HOW_TO: "단계별 설명형",
            Form.POINT_OF_VIEW: "개인 시점형",
            Form.BEFORE_AFTER: "전후 비교형",
            Form.QUESTION: "질문형",
            Form.REACTION: "반응형",
        },
        most=(
            "이 게시물 가운데 {n}개는 {form}입니다",
            "아래 게시물 중 {n}개가 {form}입니다",
            "가장 흔한 형식은 {form}으로, {n}개가 그렇습니다",
        ),
        every=(
            "이 게시물은 모두 {form}입니다",
            "형식이 똑같습니다. 게시물이 전부 {form}입니다",
            "예외 없이 {form} 게시물입니다",
        ),
        questions=(
            "되풀이되는 질문: {quote}",
            "답보다 질문이 많습니다: {quote}",
            "여러 사람이 같은 것을 묻습니다: {quote}",
        ),
        gaps=(
            "이 게시물 어디에도 나오지 않는 것: {gap}",
            "모든 게시물에서 빠진 것: {gap}",
            "여기서는 아무도 말하지 않습니다: {gap}",
            "모두가 건너뛴 주제: {gap}",
            "아직 다루지 않은 것: {gap}",
            "어디에도 없는 이야기: {gap}",
        ),
        audiences=(
            "대상 독자: {persona}",
            "{persona:을/를} 위해 만드세요",
            "이 콘텐츠를 볼 사람: {persona}",
            "{persona:을/를} 떠올리며 쓰세요",
        ),
        pains=(
            "대상 독자: {persona}. 발목을 잡는 문제에 답하세요: {pain}",
            "{persona:은/는} 이 고민을 잘 압니다: {pain}",
            "이 콘텐츠를 볼 사람: {persona}. 아픈 곳: {pain}",
            "{persona:을/를} 위해 만드세요. 익숙한 고민: {pain}",
        ),
        own_posts=(
            "{topic} 이야기는 방금 직접 올리셨으니 다른 면을 보여 주세요",
            "최근 올린 글이 이미 {topic:을/를} 다룹니다. 거기서 빠진 것을 더하세요",
        ),
        form_tasks={
            Form.LIST: (
                "남들이 나열할 때 깊이 들어가세요. {topic}에서 가장 중요한 점을 골라 {in_format} 보여 주세요",
                "또 다른 목록 대신 {topic}에 대한 주장을 {in_format} 증명하세요",
            ),
            Form.HOW_TO: (
                "순서는 이미 알려졌습니다. {topic}에서 무엇이 잘못되고 어떻게 살리는지 {in_format} 보여 주세요",
                "순서는 건너뛰고, {topic}에서 좋은 것과 나쁜 것을 가리는 법을 {in_format} 보여 주세요",
            ),
            Form.POINT_OF_VIEW: (
                "개인의 시점 옆에 사실을 놓으세요. {topic:이/가} 하는 일과 못 하는 일을 {in_format} 보여 주세요",
                "그들은 분위기를 보여 줍니다. {topic} 뒤의 수고를 {in_format} 보여 주세요",
            ),
            Form.BEFORE_AFTER: (
                "전과 후 사이에 빠진 것, {topic}에 드는 수고를 {in_format} 보여 주세요",
                "{topic:을/를} 남들보다 오래 지켜보고 무엇이 남는지 {in_format} 보여 주세요",
            ),
            Form.QUESTION: (
                "그들이 묻고 있으니 답하세요. {topic:을/를} 직접 해 본 사례로 {in_format} 풀어 주세요",
                "이 게시물들이 기다리는 {topic}의 분명한 답을 {in_format} 주세요",
            ),
            Form.REACTION: (
                "반응을 넘어 {topic:이/가} 실제로 어떤지 {in_format} 보여 주세요",
                "그들이 말로 할 때 {topic:을/를} 처음부터 끝까지 {in_format} 보여 주세요",
            ),
        },
        gap_tasks=(
            "{topic:과/와} {gap:을/를} {in_format} 함께 다루세요",
            "{topic:과/와} {gap:이/가} 어떻게 이어지는지 {in_format} 보여 주세요",
        ),
        question_tasks=(
            "그 질문에 {topic}의 실제 사례로 {in_format} 답하세요",
            "답을 콘텐츠의 전부로 삼아 {in_format} 내고, {topic}에 대해 모호한 것을 남기지 마세요",
        ),
        tasks={
            Type.TREND: (
                "{topic:과/와} {detail:이/가} 어떻게 어울리는지, 무엇을 남길지 {in_format} 보여 주세요",
                "{topic}에 대한 우리의 경험을 실패까지 {in_format} 보여 주세요",
                "{topic}에서 받아들일 것과 버릴 것을 {in_format} 말해 주세요",
            ),
            Type.EVERGREEN: (
                "{topic}에 대한 답을 {in_format} 모아 저장하게 하세요",
                "{topic:을/를} 처음부터 끝까지 {in_format} 풀어 주세요",
                "{topic:과/와} {detail:이/가} 어떻게 맞물리는지 {in_format} 보여 주세요",
            ),
            Type.COMPETITIVE: (
                "누구의 이름도 말하지 말고, 같은 결과에 이르는 우리의 길을 {in_format} 보여 주세요",
                "그 뒤에 있는 필요({detail})에 우리의 방식으로 {in_format} 답하세요. 누구도 깎아내리지 않습니다",
                "{detail}에 드는 돈과 수고, 우리 방식에 드는 것을 {in_format} 보여 주세요",
                "우리 방식이 누구에게 맞고 누구에게 맞지 않는지 {in_format} 말해 주세요",
            ),
            Type.CAMPAIGN: (
                "그날 바로 할 수 있는 일로 {campaign}에 {in_format} 초대하세요",
                "{campaign}에 가장 쉽게 참여하는 방법을 {in_format} 보여 주세요",
                "{campaign:을/를} 시작부터 마무리까지 {in_format} 따라가세요",
                "{campaign}에 어떻게 참여하는지 보여 달라고 {in_format} 부탁하세요",
            ),
        },
        named_tasks=(
            "{competitor:과/와} {in_format} 공정하게 비교하세요. 저쪽이 맞을 때와 우리가 맞을 때",
            "누구도 공격하지 말고 {competitor:과/와} 무엇이 다른지 {in_format} 말해 주세요",
            "{competitor:이/가} 내건 약속을 두고 같은 결과에 이르는 우리의 길을 {in_format} 보여 주세요",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="최근 {days}일 동안 {n}명이 {topic}에 대해 올렸습니다",
            many="최근 {days}일 동안 {n}명이 {topic}에 대해 올렸습니다",
        ),
        earlier=Plural(
            one="그 전 {days}일 동안에는 게시물이 {n}개였습니다",
            many="그 전 {days}일 동안에는 게시물이 {n}개였습니다",
        ),
        authors_share=Plural(
            one="{n}명이 {topic}에 대해 올렸습니다",
            many="{n}명이 {topic}에 대해 올렸습니다",
        ),
        window_posts=Plural(
            one="지금까지 저장된 게시물은 {n}개입니다",
            many="지금까지 저장된 게시물은 {n}개입니다",
        ),
        views="이 게시물들의 조회 수는 모두 {n}회입니다",
        authors_long=Plural(
            one="최근 {days}일 동안 {n}명이 {topic:을/를} 다시 다뤘습니다",
            many="최근 {days}일 동안 {n}명이 {topic:을/를} 다시 다뤘습니다",
        ),
        span=Plural(
            one="게시물 사이의 간격은 {n}일입니다",
            many="게시물 사이의 간격이 {n}일이니 관심이 이어지고 있습니다",
        ),
        competitor_posts=Plural(
            one="{competitor:은/는} 최근 {days}일 동안 {n}번 올렸습니다",
            many="{competitor:은/는} 최근 {days}일 동안 {n}번 올렸습니다",
        ),
        posts_undated=Plural(
            one="날짜를 모르는 게시물 {n}개가 {topic:을/를} 다룹니다",
            many="날짜를 모르는 게시물 {n}개가 {topic:을/를} 다룹니다",
        ),
        starts_in=Plural(
            one="{campaign:은/는} {n}일 뒤인 {date}에 시작합니다",
            many="{campaign:은/는} {n}일 뒤인 {date}에 시작합니다",
        ),
        starts_today="{campaign:은/는} 오늘 {date}에 시작합니다",
        ends_in=Plural(
            one="{campaign:은/는} {date}까지이며 {n}일 남았습니다",
            many="{campaign:은/는} {date}까지이며 {n}일 남았습니다",
        ),
        ends_today="{campaign:은/는} 오늘 {date}에 끝납니다",
        campaign_posts=Plural(
            one="최근 {days}일 동안 게시물 {n}개가 참여했습니다",
            many="최근 {days}일 동안 게시물 {n}개가 참여했습니다",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "캐러셀로",
        Channel.TIKTOK: "짧은 영상으로",
        Channel.YOUTUBE: "영상으로",
        Channel.LINKEDIN: "링크드인 글로",
        Channel.X: "타래로",
        Channel.NEWSLETTER: "뉴스레터로",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov", r"시점", r"할 때 나"),
        Form.BEFORE_AFTER: (r"비포\s?애프터", r"전후", r"before\s?[/&]?\s?after", r"예전엔.+지금은"),
        Form.LIST: (r"\d+\s?(?:가지|선)(?!\w)", r"\d+\s?(?:가지|개의?)\s?(?:방법|팁|이유|실수|아이디어|규칙|추천)",
            r"(?:두|세|네|다섯|여섯|일곱|열)\s?가지", r"체크리스트", r"모음"),
        Form.HOW_TO: (r"(?:하는|만드는|쓰는|고르는|키우는|담그는|내리는|관리하는|\w는) (?:법|방법)", r"단계별", r"레시피", r"초보자", r"1단계", r"만들기"),
        Form.REACTION: (r"리액션", r"반응", r"솔직\s?(?:후기|리뷰)", r"답글"),
    },
    sentences=SENTENCES,
    conjunction=", ",
    thousands=",",
    months=tuple(f"{month}월" for month in range(1, 13)),
    day=lambda number, month: f"{month} {number}일",
    quotes=("“", "”"),
    lowers_first=False,
)  # fmt: skip
