# ruff: noqa: E501, RUF001  (a pattern is one line; letters of the language)
"""Japanese."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.ja import JAPANESE as SENTENCES

JAPANESE = Grammar(
    language="ja",
    titles=Titles(
        topic=(
            "{persona}のための{topic}、何から始めるか",
            "{topic}と{gap}をつなげて考える",
            "{gap}も見すえた{topic}",
            "{topic}と{detail}、わかったこと",
            "{topic}、{brand}ではこうしています",
            "{topic}で得られるもの、かかるもの",
            "{topic}で避けられる失敗",
            "{topic}、私たちなら省くこと",
            "{pillar}：{topic}の覚え書き",
            "勘に頼らない{topic}",
            "{topic}を始める前のチェックリスト",
            "{topic}、正直な評価",
            "{topic}を間近で見る",
            "{topic}で大事なことと、そうでないこと",
            "{topic}のよくある疑問に答えます",
            "{topic}、誰も見せない部分",
            "やさしい言葉で話す{topic}",
            "{topic}、現場のメモ",
            "{topic}、つまずきやすいところ",
        ),
        trend=(
            "みんなが話す{topic}、私たちの見方",
            "{topic}、使えるところと使えないところ",
            "{topic}の盛り上がりは本物か",
            "{topic}、話題が過ぎても残るもの",
        ),
        evergreen=(
            "保存しておきたい{topic}の手引き",
            "{topic}をはじめから説明します",
            "{topic}をきちんとやるには",
            "{topic}、何度も出てくる疑問",
        ),
        competitive=(
            "{detail}、私たちの違うところ",
            "{detail}が役立つとき、役立たないとき",
            "{detail}が必要な人、必要でない人",
            "{detail}か、私たちのやり方か",
            "{pillar}：私たちのやり方をそのまま見せます",
            "{pillar}：約束すること、しないこと",
        ),
        named=(
            "{competitor}と{brand}、どう選ぶか",
            "{competitor}と{brand}を公平に比べる",
            "{competitor}が気になる人へ、比べたいこと",
        ),
        campaign=(
            "{campaign}に参加するには",
            "{campaign}、日ごとの計画",
            "{campaign}は{detail}から始める",
            "{persona}のための{campaign}の計画",
            "{brand}と楽しむ{campaign}、準備すること",
            "{campaign}、いっしょにやる人は？",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author}さんはこう言います：{quote}",
            "{author}さんの言葉から始めます：{quote}",
            "{author}さんの言葉では：{quote}",
            "応えたい投稿は{author}さんのもの：{quote}",
            "{author}さんはこの言葉で引きつけています：{quote}",
            "{author}さんが書いたことを受け止めます：{quote}",
            "{author}さんの投稿より：{quote}",
            "{author}さんを引用して返します：{quote}",
        ),
        rival_hooks=(
            "他社が約束していること：{quote}",
            "他社はこう言っています：{quote}",
            "比べられている提案：{quote}",
            "お客さまがよそで聞いている言葉：{quote}",
        ),
        forms={
            Form.LIST: "まとめ形式",
            Form.HOW_TO: "手順の解説",
            Form.POINT_OF_VIEW: "個人の目線の話",
            Form.BEFORE_AFTER: "ビフォーアフター",
            Form.QUESTION: "問いかけ",
            Form.REACTION: "リアクション",
        },
        most=(
            "これらの投稿のうち{n}件は{form}です",
            "下の投稿では{n}件が{form}です",
            "よくある形は{form}で、{n}件あります",
        ),
        every=(
            "これらの投稿はすべて{form}です",
            "形はどれも同じで、{form}です",
            "例外なく{form}の投稿です",
        ),
        questions=(
            "くり返し出てくる疑問：{quote}",
            "答えより質問のほうが多いこと：{quote}",
            "同じことを何人も聞いています：{quote}",
        ),
        gaps=(
            "どの投稿にも出てこないこと：{gap}",
            "すべての投稿に欠けているもの：{gap}",
            "ここでは誰も触れていません：{gap}",
            "みんなが飛ばしている話：{gap}",
            "まだ扱われていないこと：{gap}",
            "どこにもない話題：{gap}",
        ),
        audiences=(
            "届けたい相手：{persona}",
            "{persona}に向けて作ります",
            "この企画を見る人：{persona}",
            "{persona}を思い浮かべて書きます",
        ),
        pains=(
            "届けたい相手：{persona}。妨げに答えます：{pain}",
            "{persona}がよく知る悩み：{pain}",
            "この企画を見る人：{persona}。痛いところ：{pain}",
            "{persona}に向けて作ります。おなじみの悩み：{pain}",
        ),
        own_posts=(
            "{topic}については投稿したばかりなので、別の面を見せます",
            "最近の自社投稿がもう{topic}を扱っています。そこで足りなかったことを加えます",
        ),
        form_tasks={
            Form.LIST: (
                "並べる代わりに深く掘ります。{topic}でいちばん大事な点を選び、{in_format}見せます",
                "リストを増やさず、{topic}について言われていることを{in_format}確かめます",
            ),
            Form.HOW_TO: (
                "手順はもう知られています。{topic}で何がうまくいかず、どう立て直すかを{in_format}見せます",
                "手順は省き、{topic}の良し悪しの見分け方を{in_format}見せます",
            ),
            Form.POINT_OF_VIEW: (
                "個人の目線の横に事実を置きます。{topic}にできること、できないことを{in_format}見せます",
                "見せられているのは雰囲気です。{topic}の裏にある手間を{in_format}見せます",
            ),
            Form.BEFORE_AFTER: (
                "前と後のあいだに抜けているもの、{topic}にかかる手間を{in_format}見せます",
                "ほかの人より長く{topic}を追い、何が残るかを{in_format}見せます",
            ),
            Form.QUESTION: (
                "聞かれているのだから答えます。{topic}の自分たちの例を使い、{in_format}はっきりさせます",
                "これらの投稿が待っている{topic}の答えを{in_format}出します",
            ),
            Form.REACTION: (
                "リアクションの先へ進み、{topic}が実際にどうなのかを{in_format}見せます",
                "感想ではなく実演します。{topic}をはじめから終わりまで{in_format}見せます",
            ),
        },
        gap_tasks=(
            "{topic}と{gap}を{in_format}まとめて取り上げます",
            "{topic}と{gap}のつながりを{in_format}見せます",
        ),
        question_tasks=(
            "その疑問に、{topic}の実例を使って{in_format}答えます",
            "答えを主役にして{in_format}まとめ、{topic}のあいまいな点を残しません",
        ),
        tasks={
            Type.TREND: (
                "{topic}と{detail}がどうかみ合うか、何を残すかを{in_format}見せます",
                "{topic}についての自分たちの経験を、失敗も含めて{in_format}見せます",
                "{topic}で取り入れること、見送ることを{in_format}伝えます",
            ),
            Type.EVERGREEN: (
                "{topic}の答えを{in_format}集め、保存したくなるものにします",
                "{topic}をはじめから終わりまで{in_format}たどります",
                "{topic}と{detail}がどう関わり合うかを{in_format}見せます",
            ),
            Type.COMPETITIVE: (
                "誰の名前も出さず、同じ結果にたどり着く道を{in_format}見せます",
                "背景にある要望（{detail}）に、自分たちのやり方で{in_format}答えます。誰も悪く言いません",
                "{detail}にかかるお金と手間、自分たちのやり方にかかるものを{in_format}見せます",
                "自分たちのやり方が合う人、合わない人を{in_format}伝えます",
            ),
            Type.CAMPAIGN: (
                "その日のうちにできることで、{campaign}に{in_format}誘います",
                "{campaign}にいちばん気軽に参加する方法を{in_format}見せます",
                "{campaign}を始まりから締めくくりまで{in_format}追います",
                "{campaign}への参加のしかたを見せてもらえるよう、{in_format}呼びかけます",
            ),
        },
        named_tasks=(
            "{competitor}と{in_format}公平に比べます。あちらが合うとき、こちらが合うとき",
            "誰も攻撃せずに、{competitor}との違いを{in_format}伝えます",
            "{competitor}の約束を取り上げ、同じ結果への自分たちの道を{in_format}見せます",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="この{days}日間に{n}人が{topic}について投稿",
            many="この{days}日間に{n}人が{topic}について投稿",
        ),
        earlier=Plural(
            one="その前の{days}日間は{n}件",
            many="その前の{days}日間は{n}件",
        ),
        authors_share=Plural(
            one="{n}人が{topic}について投稿",
            many="{n}人が{topic}について投稿",
        ),
        window_posts=Plural(
            one="これまでに保存された投稿は{n}件",
            many="これまでに保存された投稿は{n}件",
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
    ),
    in_format={
        Channel.INSTAGRAM: "カルーセルで",
        Channel.TIKTOK: "短い動画で",
        Channel.YOUTUBE: "動画で",
        Channel.LINKEDIN: "LinkedInの投稿で",
        Channel.X: "スレッドで",
        Channel.NEWSLETTER: "ニュースレターで",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov", r"目線", r"あるある"),
        Form.BEFORE_AFTER: (r"ビフォー\s?アフター", r"使用前.*使用後", r"before\s?[/→&]?\s?after", r"以前は.+今は"),
        Form.LIST: (r"\d+\s?(?:選|つの|個の|の方法|のコツ|箇条)", r"[三四五六七八九十]選", r"まとめ", r"チェックリスト"),
        Form.HOW_TO: (r"(?:作り|使い|やり|直し|育て|選び|始め|書き|研ぎ)方", r"手順", r"レシピ", r"初心者(?:向け|さん|でも)", r"ステップ\s?[1１]"),
        Form.REACTION: (r"リアクション", r"反応", r"正直な感想", r"レビュー", r"に返信"),
    },
    sentences=SENTENCES,
    conjunction="と",
    thousands=",",
    months=tuple(f"{month}月" for month in range(1, 13)),
    day=lambda number, month: f"{month}{number}日",
    quotes=("「", "」"),
    stop="。",
    comma="、",
    space="",
    joins=True,
    lowers_first=False,
)  # fmt: skip
