# ruff: noqa: RUF001  (signs of the language)
"""Japanese."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

JAPANESE = Sentences(
    language="ja",
    joint="、",
    matches=Plural(
        one="{n}件中{matched}件の投稿が柱「{pillar}」に合います{found}。",
        many="{n}件中{matched}件の投稿が柱「{pillar}」に合います{found}。",
    ),
    matches_only="ただひとつの投稿が柱「{pillar}」に合います{found}。",
    watched="合う柱はありませんが、ブランドが見ている競合の投稿です。",
    own_campaign="合う柱はありませんが、ブランド自身のキャンペーンです。",
    feedback="似たアイデアへの判断（{causes}）：{points}。",
    pinned="ピン留め{n}件",
    ignored="見送り{n}件",
    burst="{days}日間に{n}人。見込みは{expected}人で、その確率は{chance}です。",
    less_than="{n}分の1未満",
    about="約{n}分の1",
    share="これまでに保存された{total}件の投稿のうち{n}人。比べられる以前の投稿はまだありません。",
    competitor_fresh=Plural(
        one="{total}件中{n}件の投稿がこの{days}日間のものです。",
        many="{total}件中{n}件の投稿がこの{days}日間のものです。",
    ),
    campaign_runs="キャンペーンは開催中です。",
    campaign_starts=Plural(one="キャンペーンは{n}日後に始まります。", many="キャンペーンは{n}日後に始まります。"),
    newest_hours=Plural(one="最新の投稿は{n}時間前です。", many="最新の投稿は{n}時間前です。"),
    newest_days=Plural(one="最新の投稿は{n}日前です。", many="最新の投稿は{n}日前です。"),
    undated="日付のある投稿がありません。",
    lasting="{days}日間に{n}人。定番の話題は{all}点中、最大{most}点です。",
    speaks="届く相手は{persona}{found}",
    speaks_to_none="届く相手のペルソナはなし",
    engagement="反応は同じプラットフォームの投稿の{percent}%より上",
    engagement_unknown="反応は不明",
    authors=Plural(one="{n}人", many="{n}人"),
    seen=Plural(one="{n}件中{seen}件の投稿が{platform}のもので", many="{n}件中{seen}件の投稿が{platform}のもので"),
    seen_only="ただひとつの投稿が{platform}のもので",
    itself="{where}、このチャンネルそのものです。",
    carried="{where}、{channel}向けに作り直します。",
    matching=Plural(one="{n}件の投稿が一致", many="{n}件の投稿が一致"),
    ideas=Plural(one="アイデア{n}件", many="アイデア{n}件"),
    with_ideas="{found}、{authors}：{ideas}。",
    too_few="{found}、{authors}、{needed}人が必要です。",
    without="{found}、{authors}。{reason}",
    no_shared_phrase="何人もが使っている言葉がありません。",
    no_type_fits="アイデアになる話題はまだありません。",
)
