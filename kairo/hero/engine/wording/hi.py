# ruff: noqa: E501  (a pattern is one line)
"""Hindi."""

from kairo.core.enums import Channel
from kairo.core.enums import OpportunityType as Type
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.hi import HINDI as SENTENCES

HINDI = Grammar(
    language="hi",
    titles=Titles(
        topic=(
            "{persona} के लिए {topic}: शुरुआत कहाँ से करें",
            "{topic} और {gap}: आपस का नाता",
            "{topic}, {gap} को ध्यान में रखकर",
            "{topic} और {detail}: हमने आज़माया",
            "{topic}: {brand} में यह कैसे होता है",
            "{topic}: क्या मिलता है, क्या लगता है",
            "{topic}: जिन गलतियों से बचा जा सकता है",
            "{topic}: हम क्या छोड़ देते",
            "{pillar}: {topic} पर हमारे नोट्स",
            "{topic}, बिना अंदाज़े के",
            "{topic}: शुरू करने से पहले की सूची",
            "{topic}: हमारी सच्ची राय",
            "{topic} को क़रीब से देखें",
            "{topic}: क्या ज़रूरी है और क्या नहीं",
            "{topic}: पुराने सवाल का हमारा जवाब",
            "{topic}: जो कोई नहीं दिखाता",
            "{topic}, सीधे शब्दों में",
            "{topic}: हमारे अनुभव के नोट्स",
            "{topic}: लोग कहाँ अटकते हैं",
        ),
        trend=(
            "सब {topic} की बात कर रहे हैं: हमारा नज़रिया",
            "{topic}: क्या काम करता है और क्या नहीं",
            "{topic}: क्या इतना जोश सही है?",
            "{topic}: लहर गुज़रने पर क्या बचेगा",
        ),
        evergreen=(
            "{topic}: सहेजकर रखने वाली गाइड",
            "{topic}, शुरू से समझिए",
            "{topic}: सही तरीक़ा क्या है",
            "{topic}: बार-बार लौटने वाले सवाल",
        ),
        competitive=(
            "{detail}: हम क्या अलग करते हैं",
            "{detail}: कब काम आता है और कब नहीं",
            "{detail}: किसे चाहिए और किसे नहीं",
            "{detail} या हमारा तरीक़ा",
            "{pillar}: हमारा तरीक़ा, खुलकर",
            "{pillar}: हम क्या वादा करते हैं और क्या नहीं",
        ),
        named=(
            "{competitor} या {brand}: कैसे चुनें",
            "{competitor} और {brand}: निष्पक्ष तुलना",
            "{competitor} पर नज़र है? पहले यह मिलाइए",
        ),
        campaign=(
            "{campaign}: कैसे जुड़ें",
            "{campaign}: दिन-ब-दिन हमारी योजना",
            "{campaign}, शुरुआत {detail} से",
            "{persona} के लिए {campaign} की योजना",
            "{brand} के साथ {campaign}: क्या तैयारी करें",
            "{campaign}: कौन साथ है?",
        ),
    ),
    angles=Angles(
        hooks=(
            "{author} इसे यूँ कहते हैं: {quote}",
            "{author} की बात से शुरू कीजिए: {quote}",
            "{author} के शब्दों में: {quote}",
            "जिस पोस्ट का जवाब देना है, वह {author} की है: {quote}",
            "{author} इस बात से ध्यान खींचते हैं: {quote}",
            "{author} ने जो लिखा, उसे आगे बढ़ाइए: {quote}",
            "{author} का कहना है: {quote}",
            "{author} को उद्धृत करके जवाब दीजिए: {quote}",
        ),
        rival_hooks=(
            "प्रतिस्पर्धी का वादा: {quote}",
            "प्रतिस्पर्धी का कहना है: {quote}",
            "जिस पेशकश से आपकी तुलना होती है: {quote}",
            "ग्राहक कहीं और यह सुन रहे हैं: {quote}",
        ),
        forms={
            Form.LIST: "सूचियाँ",
            Form.HOW_TO: "कदम-दर-कदम तरीक़े",
            Form.POINT_OF_VIEW: "निजी नज़रिए की कहानियाँ",
            Form.BEFORE_AFTER: "पहले और बाद की कहानियाँ",
            Form.QUESTION: "लोगों से सवाल",
            Form.REACTION: "प्रतिक्रियाएँ",
        },
        most=(
            "इनमें से {n} पोस्ट {form} हैं",
            "नीचे की पोस्टों में {n} {form} हैं",
            "आम रूप यही है: {n} पोस्ट {form} हैं",
        ),
        every=(
            "ये सभी पोस्ट {form} हैं",
            "रूप हर जगह वही है: सब पोस्ट {form} हैं",
            "बिना अपवाद ये पोस्ट {form} हैं",
        ),
        questions=(
            "बार-बार लौटता सवाल: {quote}",
            "जवाब कम हैं, सवाल ज़्यादा: {quote}",
            "कई लोग यही पूछते हैं: {quote}",
        ),
        gaps=(
            "जिसका ज़िक्र इनमें से किसी पोस्ट में नहीं: {gap}",
            "इन सब पोस्टों में जो छूट गया: {gap}",
            "यहाँ कोई इस पर नहीं बोलता: {gap}",
            "सबने इसे छोड़ दिया: {gap}",
            "अब तक अनछुआ: {gap}",
            "जो विषय कहीं नहीं है: {gap}",
        ),
        audiences=(
            "किसके लिए: {persona}",
            "इनसे बात कीजिए: {persona}",
            "पाठक कौन है: {persona}",
            "लिखते समय इन्हें ध्यान में रखिए: {persona}",
        ),
        pains=(
            "किसके लिए: {persona}। उनकी रुकावट पर बात कीजिए: {pain}",
            "{persona} यह मुश्किल जानते हैं: {pain}",
            "पाठक कौन है: {persona}। दुखती रग: {pain}",
            "इनसे बात कीजिए: {persona}। जानी-पहचानी चिंता: {pain}",
        ),
        own_posts=(
            "{topic} पर आपने अभी-अभी पोस्ट किया है; अब इसका दूसरा पहलू दिखाइए",
            "आपकी ताज़ा पोस्टें {topic} पर ही हैं: जो छूट गया था, वह जोड़िए",
        ),
        form_tasks={
            Form.LIST: (
                "जहाँ दूसरे गिनाते हैं, वहाँ गहराई में जाइए: {topic} की सबसे ज़रूरी बात चुनिए और {in_format} दिखाइए",
                "नई सूची के बदले {topic} के बारे में कही गई बात {in_format} साबित कीजिए",
            ),
            Form.HOW_TO: (
                "कदम सब जानते हैं: {topic} में क्या बिगड़ता है और कैसे सँभलता है, {in_format} दिखाइए",
                "कदम छोड़िए और {in_format} दिखाइए कि {topic} में अच्छा और बुरा कैसे पहचानें",
            ),
            Form.POINT_OF_VIEW: (
                "निजी नज़रिए के साथ तथ्य रखिए: {topic} क्या करता है और क्या नहीं, {in_format} दिखाइए",
                "वे माहौल दिखाते हैं; आप {topic} के पीछे की मेहनत {in_format} दिखाइए",
            ),
            Form.BEFORE_AFTER: (
                "पहले और बाद के बीच जो छूटता है, यानी {topic} में लगने वाली मेहनत, {in_format} दिखाइए",
                "{topic} के साथ औरों से देर तक रहिए और {in_format} दिखाइए कि क्या टिकता है",
            ),
            Form.QUESTION: (
                "वे पूछते हैं, तो जवाब दीजिए: {topic} की अपनी मिसाल से {in_format} बात साफ़ कीजिए",
                "{topic} पर जिस साफ़ जवाब का इंतज़ार है, वह {in_format} दीजिए",
            ),
            Form.REACTION: (
                "प्रतिक्रिया से आगे जाइए और {topic} असल में कैसा है, {in_format} दिखाइए",
                "वे टिप्पणी करते हैं; आप {topic} शुरू से अंत तक {in_format} करके दिखाइए",
            ),
        },
        gap_tasks=(
            "{topic} और {gap} को {in_format} साथ लाइए",
            "{topic} का {gap} से क्या नाता है, {in_format} दिखाइए",
        ),
        question_tasks=(
            "इसका जवाब {topic} की असली मिसाल के साथ {in_format} दीजिए",
            "जवाब को ही पूरी सामग्री बनाइए, {in_format}, और {topic} पर कुछ भी अधूरा न छोड़िए",
        ),
        tasks={
            Type.TREND: (
                "{topic} और {detail} साथ में कैसे बैठते हैं और आप क्या रखेंगे, {in_format} दिखाइए",
                "{topic} का अपना अनुभव गलतियों समेत {in_format} दिखाइए",
                "{topic} में से क्या अपनाएँगे और क्या छोड़ेंगे, {in_format} बताइए",
            ),
            Type.EVERGREEN: (
                "{topic} के जवाब {in_format} इकट्ठा कीजिए, ताकि लोग सहेजें",
                "{topic} को शुरू से अंत तक {in_format} समझाइए",
                "{topic} और {detail} का आपसी नाता {in_format} दिखाइए",
            ),
            Type.COMPETITIVE: (
                "किसी का नाम लिए बिना {in_format} दिखाइए कि आप उसी नतीजे तक कैसे पहुँचते हैं",
                "इसके पीछे की ज़रूरत ({detail}) का जवाब {in_format} अपने तरीक़े से दीजिए, किसी पर तंज़ किए बिना",
                "{detail} में कितना पैसा और मेहनत लगती है और आपके तरीक़े में कितनी, {in_format} दिखाइए",
                "आपका तरीक़ा किसके लिए सही है और किसके लिए नहीं, {in_format} बताइए",
            ),
            Type.CAMPAIGN: (
                "{campaign} में {in_format} बुलाइए और उसी दिन हो सकने वाला काम बताइए",
                "{campaign} में जुड़ने का सबसे आसान रास्ता {in_format} दिखाइए",
                "{campaign} को शुरुआत से समापन तक {in_format} दिखाइए",
                "लोगों से {in_format} कहिए कि वे {campaign} में अपनी भागीदारी दिखाएँ",
            ),
        },
        named_tasks=(
            "{competitor} से {in_format} निष्पक्ष तुलना कीजिए: कब उनका रास्ता सही है और कब आपका",
            "किसी पर हमला किए बिना {in_format} बताइए कि आप {competitor} से कैसे अलग हैं",
            "{competitor} का वादा लीजिए और उसी नतीजे तक अपना रास्ता {in_format} दिखाइए",
        ),
    ),
    claims=Claims(
        authors_recent=Plural(
            one="पिछले {days} दिनों में {n} व्यक्ति ने {topic} पर पोस्ट किया",
            many="पिछले {days} दिनों में {n} लोगों ने {topic} पर पोस्ट किया",
        ),
        earlier=Plural(
            one="उससे पहले के {days} दिनों में {n} पोस्ट थी",
            many="उससे पहले के {days} दिनों में {n} पोस्ट थीं",
        ),
        authors_share=Plural(
            one="{n} व्यक्ति ने {topic} पर पोस्ट किया",
            many="{n} लोगों ने {topic} पर पोस्ट किया",
        ),
        window_posts=Plural(
            one="अब तक सहेजी गई {n} पोस्ट में",
            many="अब तक सहेजी गई {n} पोस्टों में",
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
    ),
    in_format={
        Channel.INSTAGRAM: "कैरोसेल में",
        Channel.TIKTOK: "छोटे वीडियो में",
        Channel.YOUTUBE: "वीडियो में",
        Channel.LINKEDIN: "लिंक्डइन पोस्ट में",
        Channel.X: "थ्रेड में",
        Channel.NEWSLETTER: "न्यूज़लेटर में",
    },
    form_patterns={
        Form.POINT_OF_VIEW: (r"^pov\b", r"^जब (?:आप|तुम|मैं|आपका|आपकी)"),
        Form.BEFORE_AFTER: (r"पहले और बाद", r"पहले .+ अब"),
        Form.LIST: (r"(?:\d+|दो|तीन|चार|पांच|पाँच|छह|सात|आठ|दस) (?:तरीके|बातें|टिप्स|आइडिया|कारण|गलतियां|गलतियाँ|नुस्खे|नियम|रेसिपी)",),
        Form.HOW_TO: (r"स्टेप बाय स्टेप", r"कैसे (?:बनाएं|बनाएँ|करें|बनाये)", r"बनाने का तरीका", r"रेसिपी",
            r"आसान तरीका"),
        Form.REACTION: (r"रिएक्शन", r"मेरी राय", r"प्रतिक्रिया"),
    },
    sentences=SENTENCES,
    conjunction=" और ",
    thousands=",",
    months=(
        "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून",
        "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
    ),
    day=lambda number, month: f"{number} {month}",
    quotes=("“", "”"),
    stop="।",
    joins=True,
)  # fmt: skip
