# ruff: noqa: E501, RUF001  (a pattern is one line; letters of several scripts are meant here)
"""By which words posts show their form, per language; matched on folded text without the accents of Latin letters.

`^` is the start of the caption. English patterns are looked for in every language: posts borrow them.
"""

from __future__ import annotations

from collections.abc import Mapping

from kairo.hero.engine.wording.grammar import Form

PATTERNS: Mapping[str, Mapping[Form, tuple[str, ...]]] = {
    "en": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpoint of view\b", r"^when (?:you|your|the|my)\b", r"^me (?:when|trying)\b"),
        Form.BEFORE_AFTER: (
            r"\bbefore (?:and|&|vs\.?|/) after\b", r"\bthen (?:and|vs\.?) now\b", r"\bwent from\b.{1,40}\bto\b",
            r"\b(?:swapped|traded)\b.{1,40}\bfor\b", r"\bi used to\b.{1,60}\bnow\b",
        ),
        Form.LIST: (
            r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)(?: \w+)? (?:ways|things|tips|ideas|reasons|mistakes"
            r"|signs|lessons|rules|myths|facts|habits|tricks|recipes|tools|examples|questions|errors|hacks)\b",
            r"\bchecklist\b", r"\btop \d+\b",
        ),
        Form.HOW_TO: (
            r"\bhow to\b", r"\bhow (?:i|we) \w+", r"\bstep[- ]by[- ]step\b", r"\bstep (?:1|one)\b", r"\btutorial\b",
            r"\bhere(?:'?s| is) how\b", r"\bfor beginners\b", r"\bin (?:\w+ )?\w+ steps\b", r"^recipe\b", r"\brecipe for\b",
            r"\bsurvival kit\b",
        ),
        Form.REACTION: (
            r"\breact(?:ing|ion|s|ed)?\b", r"#(?:duet|stitch)\b", r"\b(?:duet|stitch) with\b", r"\bunpopular opinion\b",
            r"\bhot take\b", r"\brepl(?:y|ying) to\b", r"\bmy (?:honest )?(?:review|take|opinion)\b", r"\bhonest review\b",
        ),
    },
    "es": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunto de vista\b", r"^cuando (?:tu|te|mi|tienes|el)\b", r"^yo cuando\b"),
        Form.BEFORE_AFTER: (r"\bantes y (?:el )?despues\b", r"\bantes\b.+\bahora\b", r"\bpase de\b.+\ba\b"),
        Form.LIST: (
            r"\b(?:\d+|dos|tres|cuatro|cinco|seis|siete|ocho|diez) (?:formas|maneras|cosas|consejos|ideas|razones"
            r"|errores|trucos|senales|reglas|recetas|mitos|lecciones|pasos clave)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )como \w+[aei]r\b", r"\bpaso a paso\b", r"\btutorial\b", r"\bpaso 1\b", r"\breceta de\b",
                      r"\bpara principiantes\b", r"\basi (?:se hace|lo hago|lo hacemos)\b"),
        Form.REACTION: (r"\breaccion", r"\bmi opinion\b", r"\bopinion impopular\b", r"\brespondiendo a\b", r"\bresena sincera\b"),
    },
    "pt": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bponto de vista\b", r"^quando (?:voce|o|a|seu|sua|meu|minha)\b", r"^eu quando\b"),
        Form.BEFORE_AFTER: (r"\bantes e depois\b", r"\bantes\b.+\bagora\b", r"\btroquei\b.+\bpor\b"),
        Form.LIST: (
            r"\b(?:\d+|dois|duas|tres|quatro|cinco|seis|sete|oito|dez) (?:formas|jeitos|maneiras|coisas|dicas|ideias"
            r"|motivos|razoes|erros|truques|sinais|regras|receitas|mitos|licoes)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )como \w+[aei]r\b", r"\bpasso a passo\b", r"\btutorial\b", r"\bpasso 1\b", r"\breceita de\b",
                      r"\bpara iniciantes\b", r"\b(?:e )?assim que (?:se faz|eu faco|fazemos)\b"),
        Form.REACTION: (r"\breag(?:indo|i)\b", r"\breacao\b", r"\bminha opiniao\b", r"\bopiniao impopular\b",
                        r"\brespondendo a\b"),
    },
    "de": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"^wenn (?:du|dein|deine|der|die|das|man|ich)\b", r"\baus (?:der )?sicht\b"),
        Form.BEFORE_AFTER: (r"\bvorher\b.+\bnachher\b", r"\bfruher\b.+\bheute\b", r"\bstatt\b.+\bjetzt\b"),
        Form.LIST: (
            r"\b(?:\d+|zwei|drei|vier|funf|sechs|sieben|acht|zehn)(?: \w+)? (?:wege|dinge|tipps|ideen|grunde|fehler"
            r"|tricks|regeln|rezepte|mythen|anzeichen|fragen|moglichkeiten|arten)\b", r"\bcheckliste\b",
        ),
        Form.HOW_TO: (r"\bschritt fur schritt\b", r"\banleitung\b", r"\btutorial\b", r"\bschritt 1\b", r"\brezept fur\b",
                      r"(?:^|[.!:] )so (?:\w+ )?(?:geht|wird|werden|mache|machst|machen|klappt|\w+st du|\w+e ich)\b",
                      r"(?:^|[.!:] )wie (?:man|du|ich)\b", r"\bfur anfanger\b"),
        Form.REACTION: (r"\breaktion", r"\breagier", r"\bmeine meinung\b", r"\bunpopulare meinung\b", r"\bantwort auf\b"),
    },
    "fr": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpoint de vue\b", r"^quand (?:tu|on|ton|ta|ma|mon|le|la)\b", r"^moi quand\b"),
        Form.BEFORE_AFTER: (r"\bavant\s?[/,&-]?\s?(?:et )?(?:l')?apres\b", r"\bavant\b.+\bmaintenant\b"),
        Form.LIST: (
            r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|dix) (?:facons|choses|conseils|idees|raisons|erreurs|astuces"
            r"|signes|regles|recettes|mythes|lecons|questions|manieres)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )comment \w+(?:er|ir|re)\b", r"\betape par etape\b", r"\bpas a pas\b", r"\btuto(?:riel)?\b",
                      r"\betape 1\b", r"\brecette de\b", r"\bpour debutants?\b", r"\bmode d'emploi\b"),
        Form.REACTION: (r"\breaction", r"\breagi", r"\bmon avis\b", r"\bavis impopulaire\b", r"\breponse a\b"),
    },
    "it": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunto di vista\b", r"^quando (?:il|la|lo|ti|tu|hai|sei|tuo|tua)\b", r"^io quando\b"),
        Form.BEFORE_AFTER: (r"\bprima e (?:il )?dopo\b", r"\bprima\b.+\b(?:adesso|ora)\b", r"\bsono passat[oa] da\b"),
        Form.LIST: (
            r"\b(?:\d+|due|tre|quattro|cinque|sei|sette|otto|dieci) (?:modi|cose|consigli|idee|motivi|ragioni|errori"
            r"|trucchi|segnali|regole|ricette|miti|lezioni|domande)\b",
        ),
        Form.HOW_TO: (r"(?:^|[.!:] )come (?:\w+ )?\w+(?:are|ere|ire|arlo|arla|arsi)\b", r"\bpasso (?:dopo|per) passo\b", r"\btutorial\b",
                      r"\bpasso 1\b", r"\bricetta (?:di|de|per)\b", r"\bper principianti\b", r"\bsi fa cosi\b", r"\becco come\b"),
        Form.REACTION: (r"\breazion", r"\breagi", r"\bla mia opinione\b", r"\bopinione impopolare\b", r"\brispost[ao] a\b"),
    },
    "nl": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"^als (?:je|jij|jouw|de|het|ik)\b", r"^wanneer je\b"),
        Form.BEFORE_AFTER: (r"\bvoor (?:en|&|/) na\b", r"\bvroeger\b.+\bnu\b", r"\bvan\b.+\bnaar\b.+\bin \d+ (?:dagen|weken)\b"),
        Form.LIST: (
            r"\b(?:\d+|twee|drie|vier|vijf|zes|zeven|acht|tien)(?: \w+)? (?:manieren|dingen|tips|ideeen|redenen|fouten"
            r"|trucs|regels|recepten|mythes|signalen|vragen)\b", r"\bchecklist\b",
        ),
        Form.HOW_TO: (r"\bstap voor stap\b", r"\bstappenplan\b", r"\btutorial\b", r"\bstap 1\b", r"\brecept voor\b", r"\bvoor beginners\b",
                      r"(?:^|[.!:] )zo (?:maak|doe|werkt|krijg|\w+ (?:je|ik|we))\b", r"(?:^|[.!:] )hoe (?:je|ik|we)\b"),
        Form.REACTION: (r"\breactie\b", r"\breageer", r"\bmijn mening\b", r"\bimpopulaire mening\b", r"\bantwoord op\b"),
    },
    "pl": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bpunkt(?:u)? widzenia\b", r"^(?:kiedy|gdy) (?:twoj|twoja|masz|ktos|ja|moj)\b"),
        Form.BEFORE_AFTER: (r"\bprzed i po\b", r"\bkiedys\b.+\b(?:teraz|dzis)\b", r"\bzamieni[łl](?:am|em)\b.+\bna\b"),
        Form.LIST: (
            r"\b(?:\d+|dwa|dwie|trzy|cztery|piec|szesc|siedem|osiem|dziesiec)(?: \w+)? (?:sposob\w*|rzeczy|porad\w*|pomys[łl]\w*"
            r"|powod\w*|b[łl]ed\w*|trik\w*|zasad\w*|przepis\w*|mit\w*|pytan\w*)(?!\w)", r"\blista\b",
        ),
        Form.HOW_TO: (r"\bkrok po kroku\b", r"\bporadnik\b", r"\btutorial\b", r"\bkrok 1\b", r"\bprzepis na\b", r"\binstrukcja\b",
                      r"(?:^|[.!:] )jak (?:\w+ )?\w+c\b", r"\bdla poczatkujacych\b"),
        Form.REACTION: (r"\breakcj", r"\bmoja opinia\b", r"\bniepopularna opinia\b", r"\bodpowiedz na\b", r"\bszczera recenzja\b"),
    },
    "tr": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"\bbakis acisi", r"^(?:ben|sen) .*\bken\b", r"\boldugunda\b$"),
        Form.BEFORE_AFTER: (r"\bonces[iı] (?:ve )?sonras[iı]\b", r"\bonce\b.+\bsimdi\b", r"\beskiden\b.+\b(?:simdi|artik|art[ıi]k)\b"),
        Form.LIST: (
            r"(?<!\w)(?:\d+|iki|uc|dort|bes|alt[ıi]|yedi|sekiz|on) (?:yol|sey|ipucu|fikir|neden|hata|kural|tarif|yontem"
            r"|oneri|soru|madde)(?!\d)", r"\blistesi\b",
        ),
        Form.HOW_TO: (r"\bad[ıi]m ad[ıi]m\b", r"\bnas[ıi]l (?:yap[ıi]l[ıi]r|\w+l[ıiu]r|\w+[ıiu]n[ıi]r)", r"\brehberi?\b", r"\b1\. ad[ıi]m\b",
                      r"\btarifi?\b", r"\byeni baslayanlar\b"),
        Form.REACTION: (r"\btepki", r"\byorumum\b", r"\bbence\b", r"\byan[ıi]t olarak\b"),
    },
    "hi": {
        Form.POINT_OF_VIEW: (r"^pov\b", r"^जब (?:आप|तुम|मैं|आपका|आपकी)"),
        Form.BEFORE_AFTER: (r"पहले और बाद", r"पहले .+ अब"),
        Form.LIST: (r"(?:\d+|दो|तीन|चार|पांच|पाँच|छह|सात|आठ|दस) (?:तरीके|बातें|टिप्स|आइडिया|कारण|गलतियां|गलतियाँ|नुस्खे|नियम|रेसिपी)",),
        Form.HOW_TO: (r"स्टेप बाय स्टेप", r"कैसे (?:बनाएं|बनाएँ|करें|बनाये)", r"बनाने का तरीका", r"रेसिपी", r"आसान तरीका"),
        Form.REACTION: (r"रिएक्शन", r"मेरी राय", r"प्रतिक्रिया"),
    },
    "ja": {
        Form.POINT_OF_VIEW: (r"^pov", r"目線", r"あるある"),
        Form.BEFORE_AFTER: (r"ビフォー\s?アフター", r"使用前.*使用後", r"before\s?[/→&]?\s?after", r"以前は.+今は"),
        Form.LIST: (r"\d+\s?(?:選|つの|個の|の方法|のコツ|箇条)", r"[三四五六七八九十]選", r"まとめ", r"チェックリスト"),
        Form.HOW_TO: (r"(?:作り|使い|やり|直し|育て|選び|始め|書き|研ぎ)方", r"手順", r"レシピ", r"初心者(?:向け|さん|でも)", r"ステップ\s?[1１]"),
        Form.REACTION: (r"リアクション", r"反応", r"正直な感想", r"レビュー", r"に返信"),
    },
    "ko": {
        Form.POINT_OF_VIEW: (r"^pov", r"시점", r"할 때 나"),
        Form.BEFORE_AFTER: (r"비포\s?애프터", r"전후", r"before\s?[/&]?\s?after", r"예전엔.+지금은"),
        Form.LIST: (r"\d+\s?(?:가지|선)(?!\w)", r"\d+\s?(?:가지|개의?)\s?(?:방법|팁|이유|실수|아이디어|규칙|추천)", r"(?:두|세|네|다섯|여섯|일곱|열)\s?가지", r"체크리스트", r"모음"),
        Form.HOW_TO: (r"(?:하는|만드는|쓰는|고르는|키우는|담그는|내리는|관리하는|\w는) (?:법|방법)", r"단계별", r"레시피", r"초보자", r"1단계", r"만들기"),
        Form.REACTION: (r"리액션", r"반응", r"솔직\s?(?:후기|리뷰)", r"답글"),
    },
}  # fmt: skip

# Calls to do something, greetings and thanks: they open many posts and say nothing of the topic.
GREETINGS = (
    r"^(?:hi|hey|hello|hiya|yo|good (?:morning|evening)|guys|happy \w+day|hola|buenos dias|buenas|oi|ola|bom dia|hallo"
    r"|hej|moin|guten (?:morgen|tag|abend)|bonjour|salut|coucou|ciao|buongiorno|buonasera|goedemorgen|hoi|czesc|hejka"
    r"|dzien dobry|witajcie|merhaba|selam|gunaydin|guten|привет|नमस्ते|こんにちは|おはよう|こんばんは|안녕)(?!\w)",
    r"\b(?:link in (?:my |the )?(?:bio|comments)|enlace en (?:la |mi )?bio|link na bio|lien en bio|link(?:s)? in (?:der )?bio"
    r"|link in bio|link w (?:bio|opisie)|link bioda|profilde|프로필 링크)(?!\w)",
    r"プロフィールのリンク|リンクはプロフィール|프로필\s?링크|바이오\s?링크|बायो में लिंक|लिंक बायो",
    r"\b(?:save this|follow (?:me|us|for)|subscribe|comment below|tag (?:a|your) (?:friend|someone)|dm (?:me|us)|swipe"
    r"|screenshot (?:it|this)|trust me|who(?:'s| is) in|guardalo|siguenos|salva ai|salve|segue|speicher|folg(?:t|e)|abonn"
    r"|enregistre|abonne|salva il post|seguimi|sla dit op|volg|zapisz|obserwuj|kaydet|takip et)(?!\w)",
    r"保存して|フォローして|저장해|팔로우",
)
