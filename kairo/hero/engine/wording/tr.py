# ruff: noqa: E501, RUF001, RUF002  (a frame is one line; letters of the language)
"""Turkish. Topics and names carry no suffix: words such as "konusu" and "hakkında" carry it for them."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.tr import TURKISH as SENTENCES

TURKISH = Grammar(
    language="tr",
    titles=Titles(
        topic=(
            "{persona} için {topic}: nereden başlamalı",
            "{Topic} ve {gap}: aradaki bağ",
            "{Topic}, bir de {gap} açısından",
            "{Topic} ve {detail}: bizim denememiz",
            "{Topic}: {brand} bunu nasıl yapıyor",
            "{Topic}: ne kazandırır, neye mal olur",
            "{Topic}: kaçınılacak hatalar",
            "{Topic}: biz olsak neyi atlardık",
            "{Pillar}: {topic} üzerine notlarımız",
            "{Topic}, tahmine yer bırakmadan",
            "{Topic}: başlamadan önceki listemiz",
            "{Topic}: açık görüşümüz",
            "{Topic}, yakından",
            "{Topic}: önemli olan ve olmayan",
            "{Topic}: hep sorulan soruya yanıtımız",
            "{Topic}: kimsenin göstermediği",
            "{Topic}, sade bir dille",
            "{Topic}: kendi deneyimimizden notlar",
            "{Topic}: en çok nerede takılınıyor",
        ),
        trend=(
            "Herkes {topic} konuşuyor: biz böyle görüyoruz",
            "{Topic}: ne işe yarıyor, ne yaramıyor",
            "{Topic}: bu heyecan yerinde mi?",
            "{Topic}: moda geçince geriye ne kalır",
        ),
        evergreen=(
            "{Topic}: kaydedilecek rehber",
            "{Topic}, en baştan anlatım",
            "{Topic}: doğrusu nasıl yapılır",
            "{Topic}: hep geri dönen sorular",
        ),
        competitive=(
            "{Detail}: biz neyi farklı yapıyoruz",
            "{Detail}: ne zaman işe yarar, ne zaman yaramaz",
            "{Detail}: kime gerekli, kime değil",
            "{Detail} ya da bizim yolumuz",
            "{Pillar}: bizim yolumuz, açık açık",
            "{Pillar}: neyi vadediyoruz, neyi etmiyoruz",
        ),
        named=(
            "{competitor} mi, {brand} mi: nasıl seçmeli",
            "{competitor} ve {brand}: adil bir karşılaştırma",
            "Aklınızda {competitor} mi var? Önce karşılaştırın",
        ),
        campaign=(
            "{campaign}: nasıl katılırsınız",
            "{campaign}: gün gün planımız",
            "{campaign}, başlangıçta {detail}",
            "{campaign}: {persona} için bir plan",
            "{brand} ile {campaign}: neler hazırlanmalı",
            "{campaign}: kim bizimle?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} bunu şöyle anlatıyor: {quote}",
            "Şu cümleden yola çıkın ({author}): {quote}",
            "{author} şu sözlerle ilgi çekiyor: {quote}",
            "Yanıt verilecek gönderi ({author}): {quote}",
            "{author} diyor ki: {quote}",
            "{author} şöyle yazmış: {quote}",
            "Alıntılayın ve yanıtlayın ({author}): {quote}",
            "{author} hesabından bir cümle: {quote}",
        ),
        rival_hooks=(
            "Bir rakibin vaadi: {quote}",
            "Bir rakip şöyle diyor: {quote}",
            "Sizinle karşılaştırılan teklif: {quote}",
            "Müşteriler başka yerde bunu duyuyor: {quote}",
        ),
        forms={
            Form.LIST: "liste",
            Form.HOW_TO: "adım adım anlatım",
            Form.POINT_OF_VIEW: "kişisel bakışla anlatım",
            Form.BEFORE_AFTER: "öncesi ve sonrası hikâyesi",
            Form.QUESTION: "takipçilere soru",
            Form.REACTION: "tepki gönderisi",
        },
        most=(
            "Bu gönderilerden {n} tanesi {form}",
            "Aşağıdaki gönderilerin {n} tanesi {form}",
            "En yaygın biçim: gönderilerin {n} tanesi {form}",
        ),
        every=(
            "Bu gönderilerin hepsi {form}",
            "Biçim hep aynı: gönderiler {form}",
            "İstisnasız bütün gönderiler {form}",
        ),
        questions=(
            "Geri dönen soru: {quote}",
            "Yanıtlanmaktan çok sorulan şey: {quote}",
            "Birkaç kişi aynı şeyi soruyor: {quote}",
        ),
        gaps=(
            "Bu gönderilerin hiçbirinde geçmeyen konu: {gap}",
            "Bütün bu gönderilerde eksik olan: {gap}",
            "Burada kimse bundan söz etmiyor: {gap}",
            "Herkesin atladığı konu: {gap}",
            "Henüz işlenmemiş: {gap}",
            "Hiçbir yerde bulunmayan başlık: {gap}",
        ),
        audiences=(
            "Hedef okur: {persona}",
            "{persona} için hazırlayın",
            "Bu içerik kime: {persona}",
            "Yazarken gözünüzün önünde olsun: {persona}",
        ),
        pains=(
            "Hedef okur: {persona}. Onu zorlayan konuya yanıt verin: {pain}",
            "{Persona} bunu iyi biliyor: {pain}",
            "Bu içerik kime: {persona}. Hassas nokta: {pain}",
            "{persona} için hazırlayın. Bilinen dert: {pain}",
        ),
        own_posts=(
            "{topic} konusunu siz de yeni paylaştınız; şimdi başka bir yönünü gösterin",
            "Son gönderileriniz zaten {topic} hakkında: orada eksik kalanı ekleyin",
        ),
        form_tasks={
            Form.LIST: (
                "Başkalarının sıraladığı yerde derine inin: {topic} konusunda en önemli noktayı {in_format} gösterin",
                "Yeni bir liste yerine {topic} hakkında söyleneni {in_format} kanıtlayın",
            ),
            Form.HOW_TO: (
                "Adımlar zaten biliniyor: {topic} konusunda neyin ters gittiğini ve nasıl kurtarıldığını {in_format} "
                "gösterin",
                "Adımları geçin; {topic} konusunda iyi ile kötü nasıl ayırt edilir, {in_format} gösterin",
            ),
            Form.POINT_OF_VIEW: (
                "Kişisel bakışın yanına olguları koyun: {topic} ne yapar, ne yapmaz, {in_format} gösterin",
                "Onlar bir hava gösteriyor; siz {topic} konusunun arkasındaki emeği {in_format} gösterin",
            ),
            Form.BEFORE_AFTER: (
                "Öncesi ile sonrası arasında eksik kalanı {in_format} gösterin: {topic} ne kadar emek ister",
                "{topic} konusunda başkalarından daha uzun kalın ve kalıcı olanı {in_format} gösterin",
            ),
            Form.QUESTION: (
                "Onlar soruyor, siz yanıtlayın: {topic} konusunu kendi örneğinizle {in_format} açıklayın",
                "Bu gönderilerin beklediği net yanıtı {in_format} verin: {topic}",
            ),
            Form.REACTION: (
                "Tepkinin ötesine geçin ve {topic} pratikte nasıl, {in_format} gösterin",
                "Onlar yorumluyor; siz {topic} konusunu {in_format} baştan sona gösterin",
            ),
        },
        gap_tasks=(
            "{topic} ile {gap} konularını {in_format} buluşturun",
            "{topic} ile {gap} arasındaki bağı {in_format} gösterin",
        ),
        question_tasks=(
            "Bunu {topic} hakkında gerçek bir örnekle {in_format} yanıtlayın",
            "Yanıtı içeriğin tamamı yapın, {in_format}; {topic} hakkında belirsiz bir şey bırakmayın",
        ),
        tasks={
            Type.TREND: (
                "{topic} ve {detail} birbirine nasıl uyuyor, {in_format} gösterin ve neyi alacağınızı söyleyin",
                "{topic} konusundaki kendi deneyiminizi aksilikleriyle {in_format} gösterin",
                "{topic} konusunda neyi aldığınızı, neyi bıraktığınızı {in_format} söyleyin",
            ),
            Type.EVERGREEN: (
                "{topic} hakkındaki yanıtları {in_format} toplayın, insanlar kaydetsin",
                "{topic} konusunu {in_format} baştan sona anlatın",
                "{topic} ve {detail} birbirine nasıl bağlı, {in_format} gösterin",
            ),
            Type.COMPETITIVE: (
                "Kimsenin adını anmadan aynı sonuca nasıl ulaştığınızı {in_format} gösterin",
                "Bunun ({detail}) arkasındaki ihtiyacı {in_format} kendi yolunuzla, kimseye laf atmadan yanıtlayın",
                "Bu ({detail}) para ve emek olarak neye mal oluyor, sizin yolunuz neye, {in_format} gösterin",
                "Yolunuzun kime uyduğunu, kime uymadığını {in_format} söyleyin",
            ),
            Type.CAMPAIGN: (
                "İnsanları {campaign} etkinliğine {in_format} davet edin; aynı gün yapılabilecek bir şey önerin",
                "{campaign} etkinliğine katılmanın en kolay yolunu {in_format} gösterin",
                "{campaign} etkinliğini açılıştan kapanışa {in_format} izletin",
                "İnsanlardan {campaign} etkinliğine nasıl katıldıklarını göstermelerini {in_format} isteyin",
            ),
        },
        named_tasks=(
            "Kendinizi {competitor} ile {in_format} adil biçimde karşılaştırın: onların yolu ne zaman, sizinki ne zaman",
            "Kimseye saldırmadan {competitor} ile farkınızı {in_format} söyleyin",
            "{competitor} ne vadediyorsa alın ve aynı sonuca giden kendi yolunuzu {in_format} gösterin",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="Son {days} günde {n} kişi {topic} hakkında paylaşım yaptı",
            many="Son {days} günde {n} kişi {topic} hakkında paylaşım yaptı",
        ),
        earlier=Plural(
            one="önceki {days} günde {n} gönderi vardı",
            many="önceki {days} günde {n} gönderi vardı",
        ),
        authors_share=Plural(
            one="{n} kişi {topic} hakkında paylaşım yaptı",
            many="{n} kişi {topic} hakkında paylaşım yaptı",
        ),
        window_posts=Plural(
            one="şimdiye kadar kaydedilen {n} gönderi içinde",
            many="şimdiye kadar kaydedilen {n} gönderi içinde",
        ),
        views="Bu gönderiler toplam {n} kez görüntülendi",
        authors_long=Plural(
            one="Son {days} günde {n} kişi {topic} konusuna döndü",
            many="Son {days} günde {n} kişi {topic} konusuna döndü",
        ),
        span=Plural(
            one="gönderilerin arasında {n} gün var",
            many="gönderilerin arasında {n} gün var, yani ilgi sürüyor",
        ),
        competitor_posts=Plural(
            one="{competitor} son {days} günde {n} kez paylaşım yaptı",
            many="{competitor} son {days} günde {n} kez paylaşım yaptı",
        ),
        posts_undated=Plural(
            one="Tarihi bilinmeyen {n} gönderi {topic} hakkında",
            many="Tarihi bilinmeyen {n} gönderi {topic} hakkında",
        ),
        starts_in=Plural(
            one="{campaign} {n} gün sonra, {date} tarihinde başlıyor",
            many="{campaign} {n} gün sonra, {date} tarihinde başlıyor",
        ),
        starts_today="{campaign} bugün, {date} tarihinde başlıyor",
        ends_in=Plural(
            one="{campaign} {date} tarihine kadar sürüyor, {n} gün daha var",
            many="{campaign} {date} tarihine kadar sürüyor, {n} gün daha var",
        ),
        ends_today="{campaign} bugün, {date} tarihinde bitiyor",
        campaign_posts=Plural(
            one="Son {days} günde {n} gönderi buna katıldı",
            many="Son {days} günde {n} gönderi buna katıldı",
        ),
    ),
    in_format={
        Channel.INSTAGRAM: "kaydırmalı bir gönderide",
        Channel.TIKTOK: "kısa bir videoda",
        Channel.YOUTUBE: "bir videoda",
        Channel.LINKEDIN: "bir LinkedIn gönderisinde",
        Channel.X: "bir mesaj dizisinde",
        Channel.NEWSLETTER: "bülteninizde",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bbakis acisi", r"^(?:ben|sen) .*\bken\b", r"\boldugunda\b$"),
        Form.BEFORE_AFTER: (r"\bonces[iı] (?:ve )?sonras[iı]\b", r"\bonce\b.+\bsimdi\b",
            r"\beskiden\b.+\b(?:simdi|artik|art[ıi]k)\b"),
        Form.LIST: (
            r"(?<!\w)(?:\d+|iki|uc|dort|bes|alt[ıi]|yedi|sekiz|on) (?:yol|sey|ipucu|fikir|neden|hata|kural|tarif|yontem"
            r"|oneri|soru|madde)(?!\d)", r"\blistesi\b",
        ),
        Form.HOW_TO: (r"\bad[ıi]m ad[ıi]m\b", r"\bnas[ıi]l (?:yap[ıi]l[ıi]r|\w+l[ıiu]r|\w+[ıiu]n[ıi]r)",
            r"\brehberi?\b", r"\b1\. ad[ıi]m\b",
                      r"\btarifi?\b", r"\byeni baslayanlar\b"),
        Form.REACTION: (r"\btepki", r"\byorumum\b", r"\bbence\b", r"\byan[ıi]t olarak\b"),
    },
    sentences=SENTENCES,
    conjunction=" ve ",
    thousands=".",
    months=(
        "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
        "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
    ),
    day=lambda number, month: f"{number} {month}",
    quotes=("“", "”"),
)  # fmt: skip
