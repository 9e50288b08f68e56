"""Hindi."""

from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

HINDI = Sentences(
    language="hi",
    matches=Plural(
        one="{n} में से {matched} पोस्ट स्तंभ {pillar} से मेल खाती है{found}।",
        many="{n} में से {matched} पोस्ट स्तंभ {pillar} से मेल खाती हैं{found}।",
    ),
    matches_only="इसकी अकेली पोस्ट स्तंभ {pillar} से मेल खाती है{found}।",
    watched="कोई स्तंभ मेल नहीं खाता; ब्रांड इस प्रतिस्पर्धी पर नज़र रखता है।",
    own_campaign="कोई स्तंभ मेल नहीं खाता; अभियान ब्रांड का अपना है।",
    feedback="ऐसे विचारों पर आपके फ़ैसले ({causes}): {points}।",
    pinned="{n} पिन किए",
    ignored="{n} छोड़े",
    burst="{days} दिनों में {n} लोग, जहाँ {expected} की उम्मीद थी; संभावना {chance}।",
    less_than="{n} में 1 से कम",
    about="{n} में लगभग 1",
    share="अब तक सहेजी गई {total} पोस्टों में {n} लोग; तुलना के लिए पहले का कुछ नहीं है।",
    competitor_fresh=Plural(
        one="इसकी {total} में से {n} पोस्ट पिछले {days} दिनों की है।", many="इसकी {total} में से {n} पोस्ट पिछले {days} दिनों की हैं।"
    ),
    campaign_runs="अभियान चल रहा है।",
    campaign_starts=Plural(one="अभियान {n} दिन में शुरू होगा।", many="अभियान {n} दिनों में शुरू होगा।"),
    newest_hours=Plural(one="सबसे नई पोस्ट {n} घंटा पुरानी है।", many="सबसे नई पोस्ट {n} घंटे पुरानी है।"),
    newest_days=Plural(one="सबसे नई पोस्ट {n} दिन पुरानी है।", many="सबसे नई पोस्ट {n} दिन पुरानी है।"),
    undated="किसी पोस्ट की तारीख नहीं है।",
    lasting="{days} दिनों में {n} लोग; टिकाऊ विषय को {all} में से ज़्यादा से ज़्यादा {most} अंक मिलते हैं।",
    speaks="{persona} के लिए{found}",
    speaks_to_none="किसी पर्सोना के लिए नहीं",
    engagement="जुड़ाव अपने प्लेटफ़ॉर्म की {percent}% पोस्टों से ऊपर",
    engagement_unknown="जुड़ाव पता नहीं",
    authors=Plural(one="{n} व्यक्ति", many="{n} लोग"),
    seen=Plural(one="{n} में से {seen} पोस्ट {platform} की है", many="{n} में से {seen} पोस्ट {platform} की हैं"),
    seen_only="इसकी अकेली पोस्ट {platform} की है",
    itself="{where}, यही चैनल है।",
    carried="{where}, इन्हें {channel} पर लाना है।",
    matching=Plural(one="{n} पोस्ट मेल खाती है", many="{n} पोस्ट मेल खाती हैं"),
    ideas=Plural(one="{n} विचार", many="{n} विचार"),
    with_ideas="{found}, {authors}: {ideas}।",
    too_few="{found}, {authors}, {needed} चाहिए।",
    without="{found}, {authors}। {reason}",
    no_shared_phrase="कोई वाक्यांश कई लोगों में साझा नहीं है।",
    no_type_fits="इसका कोई विषय अभी विचार नहीं बनता।",
)
