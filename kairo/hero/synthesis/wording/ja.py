"""Japanese."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

JAPANESE = Grammar(
    language="ja",
    titles={
        Type.TREND: (
            "{Topic}がいま注目される理由",
            "{Topic}は何から始めるか",
            "{Topic}と{detail}、まず試したいこと",
            "{Topic}についての私たちの考え",
            "いま話題の{Topic}を確かめる",
        ),
        Type.EVERGREEN: (
            "{Topic}の基本",
            "{Topic}のやさしいガイド",
            "{Topic}を一歩ずつ",
            "{Topic}と{detail}、最初に見るところ",
            "{Topic}を始める前に知っておきたいこと",
        ),
        Type.COMPETITIVE: (
            "{competitor}への私たちの答え",
            "{competitor}が語る{detail}、私たちの立場",
            "{competitor}と{brand}、どう選ぶか",
            "{competitor}が気になる人へ、比べたいこと",
        ),
        Type.CAMPAIGN: (
            "{campaign}に参加する方法",
            "{campaign}の第一歩は{detail}",
            "{campaign}でまずやること",
            "{brand}と楽しむ{campaign}",
        ),
    },
    openers={
        Type.TREND: (
            "関心が高いうちに、{topic}の何が新しいのかを説明します。",
            "{topic}を実例で見せます。",
            "{topic}の取り入れたい点とそうでない点を伝えます。",
            "{topic}の簡単な最初の一歩を示します。",
        ),
        Type.EVERGREEN: (
            "保存しておきたくなる{topic}のまとめを作ります。",
            "{topic}についての疑問に、わかりやすい手順で答えます。",
            "{topic}を短いチェックリストにします。",
            "{topic}の良い例と悪い例を並べて見せます。",
        ),
        Type.COMPETITIVE: (
            "誰も攻撃せずに、{competitor}との違いをはっきり伝えます。",
            "{competitor}の約束を取り上げ、同じ結果への自分たちの道を見せます。",
            "二つのやり方を公平に比べます。",
            "投稿では{competitor}の名前を出さず、背景の要望に答えます。",
        ),
        Type.CAMPAIGN: (
            "その日のうちにできることで{campaign}に誘います。",
            "{campaign}の初日から最終日までを見せます。",
            "{campaign}に参加する一番小さな方法を見せます。",
            "{campaign}の目的を伝え、みんなのやり方を募ります。",
        ),
    },
    not_for_names=frozenset(),
    lead="{lead}の投稿に応えます。",
    details="これらの投稿に出てくる{details}にも触れます。",
    persona="対象: {persona}。",
    pain="妨げになっていること: {pain}。",
    authors_recent=Plural(
        one="この{days}日間に{n}人が{topic}について投稿",
        many="この{days}日間に{n}人が{topic}について投稿",
    ),
    earlier=Plural(
        one="その前の{days}日間は{n}件",
        many="その前の{days}日間は{n}件",
    ),
    views="合計{n}回再生",
    authors_long=Plural(
        one="この{days}日間に{n}人が{topic}を取り上げ",
        many="この{days}日間に{n}人が{topic}を取り上げ",
    ),
    span=Plural(
        one="投稿の間隔は{n}日",
        many="投稿の間隔は{n}日で、関心が続いている",
    ),
    competitor_posts=Plural(
        one="{competitor}はこの{days}日間に{n}回投稿",
        many="{competitor}はこの{days}日間に{n}回投稿",
    ),
    posts_undated=Plural(
        one="日付のない{n}件の投稿が{topic}を扱う",
        many="日付のない{n}件の投稿が{topic}を扱う",
    ),
    starts_in=Plural(
        one="{campaign}は{n}日後の{date}に開始",
        many="{campaign}は{n}日後の{date}に開始",
    ),
    starts_today="{campaign}は今日{date}に開始",
    ends_in=Plural(
        one="{campaign}は{date}まで、あと{n}日",
        many="{campaign}は{date}まで、あと{n}日",
    ),
    ends_today="{campaign}は今日{date}まで",
    campaign_posts=Plural(
        one="この{days}日間に{n}件の投稿が参加",
        many="この{days}日間に{n}件の投稿が参加",
    ),
    conjunction="と",
    thousands=",",
    months=tuple(f"{month}月" for month in range(1, 13)),
    day=lambda number, month: f"{month}{number}日",
)  # fmt: skip
