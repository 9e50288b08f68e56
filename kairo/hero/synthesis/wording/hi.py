"""Hindi."""

from kairo.core.enums import OpportunityType as Type
from kairo.hero.synthesis.wording.grammar import Grammar, Plural

HINDI = Grammar(
    language="hi",
    titles={
        Type.TREND: (
            "{Topic}: अचानक इतनी चर्चा क्यों",
            "{Topic}: शुरुआत कहाँ से करें",
            "{Topic} और {detail}: पहले क्या आज़माएँ",
            "{Topic} पर हमारी राय",
            "{Topic}: इस समय क्या नया है",
        ),
        Type.EVERGREEN: (
            "{Topic}: ज़रूरी बातें",
            "{Topic}: आसान गाइड",
            "{Topic}, एक-एक कदम",
            "{Topic} और {detail}: पहले क्या देखें",
            "{Topic}: शुरू करने से पहले जानें",
        ),
        Type.COMPETITIVE: (
            "{competitor} को हमारा सीधा जवाब",
            "{competitor} और {detail}: हमारा पक्ष",
            "{competitor} या {brand}: कैसे चुनें",
            "{competitor} देख रहे हैं? पहले यह मिलाएँ",
        ),
        Type.CAMPAIGN: (
            "{campaign}: कैसे जुड़ें",
            "{campaign}, पहला कदम: {detail}",
            "{campaign}: सबसे पहले क्या करें",
            "{campaign}, {brand} के साथ",
        ),
    },
    openers={
        Type.TREND: (
            "जब तक रुचि ताज़ा है, बताइए कि {topic} में नया क्या है।",
            "एक सच्चे उदाहरण से {topic} दिखाइए।",
            "बताइए कि {topic} में क्या काम का है और क्या नहीं।",
            "{topic} का एक आसान पहला रूप दीजिए।",
        ),
        Type.EVERGREEN: (
            "{topic} पर ऐसी सामग्री बनाइए जिसे लोग सहेज कर रखें।",
            "{topic} पर इन पोस्टों के पीछे के सवाल का जवाब आसान कदमों में दीजिए।",
            "{topic} को एक छोटी जाँच-सूची बना दीजिए।",
            "{topic} में सही और गलत तरीका साथ-साथ दिखाइए।",
        ),
        Type.COMPETITIVE: (
            "साफ़ कहिए कि आपका तरीका {competitor} से कैसे अलग है, किसी पर हमला किए बिना।",
            "{competitor} का वादा लीजिए और उसी नतीजे तक अपना रास्ता दिखाइए।",
            "दोनों तरीकों की ईमानदारी से तुलना कीजिए।",
            "पोस्ट में {competitor} का नाम न लें; असली ज़रूरत का जवाब दीजिए।",
        ),
        Type.CAMPAIGN: (
            "{campaign} में ऐसे काम से बुलाइए जो उसी दिन हो सके।",
            "{campaign} को पहले से आखिरी दिन तक दिखाइए।",
            "{campaign} में जुड़ने का सबसे छोटा तरीका दिखाइए।",
            "बताइए कि {campaign} किस लिए है, और लोगों से उनके तरीके पूछिए।",
        ),
    },
    not_for_names=frozenset(),
    lead="{lead} ने जो दिखाया, उस पर अपनी बात रखिए।",
    details="इन पोस्टों की बात भी लीजिए: {details}।",
    persona="किसके लिए: {persona}।",
    pain="उनकी रुकावट पर बात कीजिए: {pain}।",
    authors_recent=Plural(
        one="पिछले {days} दिनों में {n} व्यक्ति ने {topic} पर पोस्ट किया",
        many="पिछले {days} दिनों में {n} लोगों ने {topic} पर पोस्ट किया",
    ),
    earlier=Plural(
        one="उससे पहले के {days} दिनों में {n} पोस्ट थी",
        many="उससे पहले के {days} दिनों में {n} पोस्ट थीं",
    ),
    views="इन पोस्टों को कुल {n} बार देखा गया",
    authors_long=Plural(
        one="पिछले {days} दिनों में {n} व्यक्ति {topic} पर लौटा",
        many="पिछले {days} दिनों में {n} लोग {topic} पर लौटे",
    ),
    span=Plural(
        one="और उनकी पोस्टों में {n} दिन का अंतर है",
        many="और उनकी पोस्टों में {n} दिनों का अंतर है, यानी रुचि बनी हुई है",
    ),
    competitor_posts=Plural(
        one="{competitor} ने पिछले {days} दिनों में {n} बार पोस्ट किया",
        many="{competitor} ने पिछले {days} दिनों में {n} बार पोस्ट किया",
    ),
    posts_undated=Plural(
        one="बिना तारीख की {n} पोस्ट {topic} पर है",
        many="बिना तारीख की {n} पोस्ट {topic} पर हैं",
    ),
    starts_in=Plural(
        one="{campaign} {date} को शुरू होगा, {n} दिन में",
        many="{campaign} {date} को शुरू होगा, {n} दिनों में",
    ),
    starts_today="{campaign} आज, {date} को शुरू होता है",
    ends_in=Plural(
        one="{campaign} {date} तक चलेगा, {n} दिन और",
        many="{campaign} {date} तक चलेगा, {n} दिन और",
    ),
    ends_today="{campaign} आज, {date} को समाप्त होता है",
    campaign_posts=Plural(
        one="पिछले {days} दिनों में {n} पोस्ट इससे जुड़ी",
        many="पिछले {days} दिनों में {n} पोस्ट इससे जुड़ीं",
    ),
    conjunction=" और ",
    thousands=",",
    months=(
        "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून",
        "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
    ),
    day=lambda number, month: f"{number} {month}",
)  # fmt: skip
