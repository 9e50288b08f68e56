# ruff: noqa: RUF001  (letters of the language)
"""Turkish."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

TURKISH = Sentences(
    language="tr",
    decimal=",",
    matches=Plural(
        one="{n} gönderiden {matched} tanesi {pillar} başlığına uyuyor{found}.",
        many="{n} gönderiden {matched} tanesi {pillar} başlığına uyuyor{found}.",
    ),
    matches_only="Tek gönderi {pillar} başlığına uyuyor{found}.",
    watched="Hiçbir başlık uymuyor; marka bu rakibi izlediği için onu ilgilendiriyor.",
    own_campaign="Hiçbir başlık uymuyor; kampanya markanın kendisinin olduğu için onu ilgilendiriyor.",
    feedback="Benzer fikirlerle ilgili kararlarınız ({causes}): {points}.",
    pinned="{n} sabitlenen",
    ignored="{n} elenen",
    burst="{days} günde {n} kişi, beklenen {expected}; olasılık {chance}.",
    less_than="{n} içinde 1'den az",
    about="{n} içinde yaklaşık 1",
    share="Şimdiye kadar kaydedilen {total} gönderi içinde {n} kişi; karşılaştıracak daha eski bir şey yok.",
    competitor_fresh=Plural(
        one="{total} gönderisinden {n} tanesi son {days} günden.",
        many="{total} gönderisinden {n} tanesi son {days} günden.",
    ),
    campaign_runs="Kampanya sürüyor.",
    campaign_starts=Plural(one="Kampanya {n} gün sonra başlıyor.", many="Kampanya {n} gün sonra başlıyor."),
    newest_hours=Plural(one="En yeni gönderi {n} saatlik.", many="En yeni gönderi {n} saatlik."),
    newest_days=Plural(one="En yeni gönderi {n} günlük.", many="En yeni gönderi {n} günlük."),
    undated="Gönderilerin hiçbirinin tarihi yok.",
    lasting="{days} gün içinde {n} kişi; kalıcı bir konu {all} puandan en çok {most} alır.",
    speaks="{persona} için{found}",
    speaks_to_none="Hiçbir hedef kişiye seslenmiyor",
    engagement="etkileşimi, platformlarındaki gönderilerin %{percent} kadarından yüksek",
    engagement_unknown="etkileşimi bilinmiyor",
    authors=Plural(one="{n} kişi", many="{n} kişi"),
    seen=Plural(
        one="{n} gönderiden {seen} tanesi {platform} kaynaklı", many="{n} gönderiden {seen} tanesi {platform} kaynaklı"
    ),
    seen_only="Tek gönderi {platform} kaynaklı",
    itself="{where}, yani kanalın kendisinden.",
    carried="{where}, {channel} için uyarlanacak.",
    matching=Plural(one="{n} gönderi uyuyor", many="{n} gönderi uyuyor"),
    ideas=Plural(one="{n} fikir", many="{n} fikir"),
    with_ideas="{found}, {authors}: {ideas}.",
    too_few="{found}, {authors}, gereken {needed}.",
    without="{found}, {authors}. {reason}",
    no_shared_phrase="Birkaç kişinin paylaştığı bir ifade yok.",
    no_type_fits="Konulardan hiçbiri henüz fikre dönüşmüyor.",
)
