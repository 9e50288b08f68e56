"""Korean."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

KOREAN = Sentences(
    language="ko",
    joint=", ",
    matches=Plural(
        one="게시물 {n}개 중 {matched}개가 주제 축 {pillar}에 맞습니다{found}.",
        many="게시물 {n}개 중 {matched}개가 주제 축 {pillar}에 맞습니다{found}.",
    ),
    matches_only="하나뿐인 게시물이 주제 축 {pillar}에 맞습니다{found}.",
    watched="맞는 주제 축은 없지만 브랜드가 지켜보는 경쟁사의 글입니다.",
    own_campaign="맞는 주제 축은 없지만 브랜드의 캠페인입니다.",
    feedback="비슷한 아이디어에 대한 결정({causes}): {points}.",
    pinned="고정 {n}",
    ignored="무시 {n}",
    burst="{days}일 동안 {n}명, 예상은 {expected}명. 이럴 확률은 {chance}입니다.",
    less_than="{n}분의 1 미만",
    about="약 {n}분의 1",
    share="지금까지 저장된 게시물 {total}개 가운데 {n}명. 아직 비교할 이전 게시물이 없습니다.",
    competitor_fresh=Plural(
        one="게시물 {total}개 중 {n}개가 최근 {days}일 안의 것입니다.",
        many="게시물 {total}개 중 {n}개가 최근 {days}일 안의 것입니다.",
    ),
    campaign_runs="캠페인이 진행 중입니다.",
    campaign_starts=Plural(one="캠페인이 {n}일 뒤에 시작합니다.", many="캠페인이 {n}일 뒤에 시작합니다."),
    newest_hours=Plural(one="가장 새 게시물은 {n}시간 전의 것입니다.", many="가장 새 게시물은 {n}시간 전의 것입니다."),
    newest_days=Plural(one="가장 새 게시물은 {n}일 전의 것입니다.", many="가장 새 게시물은 {n}일 전의 것입니다."),
    undated="날짜가 있는 게시물이 없습니다.",
    lasting="{days}일에 걸쳐 {n}명. 꾸준한 주제는 {all}점 중 최대 {most}점입니다.",
    speaks="대상: {persona}{found}",
    speaks_to_none="대상 페르소나 없음",
    engagement="반응은 같은 플랫폼 게시물의 {percent}%보다 높음",
    engagement_unknown="반응 알 수 없음",
    authors=Plural(one="{n}명", many="{n}명"),
    seen=Plural(
        one="게시물 {n}개 중 {seen}개가 {platform}에서 왔고", many="게시물 {n}개 중 {seen}개가 {platform}에서 왔고"
    ),
    seen_only="하나뿐인 게시물이 {platform}에서 왔고",
    itself="{where} 그곳이 바로 이 채널입니다.",
    carried="{where} {channel}에 맞게 옮깁니다.",
    matching=Plural(one="게시물 {n}개 일치", many="게시물 {n}개 일치"),
    ideas=Plural(one="아이디어 {n}개", many="아이디어 {n}개"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, {needed}명이 필요합니다.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="여러 사람이 함께 쓰는 표현이 없습니다.",
    no_type_fits="아직 아이디어가 되는 주제가 없습니다.",
)
