"""Phrases in which a language model mentions itself or introduces its answer. Folded, without accents.

A search tries every expression at each word, which takes a third of a millisecond a sentence. Every matching text
contains one of REQUIRED_SUBSTRINGS, so that callers can test these first.
"""

from __future__ import annotations

import re

from kairo.hero.text.folding import fold
from kairo.hero.text.spellings import unaccented

_BEGINS = r"(?:^|[.!?:;\n\u3002] ?|\u2026 ?)"
_LATIN = (
    # English
    r"\bas an? (?:large |helpful )?(?:ai|a\.i\.|artificial intelligence|language model|llm)\b",
    r"\bi(?:'m| am) (?:just |only )?an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b",
    rf"{_BEGINS}i (?:cannot|can't|can not|am unable to|am not able to|won't be able to|do not have access"
    rf"|don't have access)\b",
    rf"{_BEGINS}(?:i'm|i am) (?:sorry|unable|not able)\b|\bi apologi[sz]e (?:for|but)\b",
    rf"{_BEGINS}(?:(?:sure|certainly|of course|absolutely|okay|ok)[,!.]? )?here(?:'s| is| are) (?:your|the"
    rf"|a|an|some|my|one)"
    r" (?:\w+ )?(?:titles?|angles?|ideas?|drafts?|suggestions?|versions?|rewrites?|responses?|answers?"
    r"|posts?|json|headlines?)\b",
    rf"{_BEGINS}(?:sure|certainly|absolutely)[,!] (?:here|i)\b",
    r"\bmy (?:training data|knowledge cut-?off|last update)\b|\bas of my (?:last|knowledge)\b",
    r"\bi hope this helps\b|\blet me know if you(?:'d| would)? (?:need|want|like)\b|\bfeel free to ask\b",
    r"\bignore (?:all |any |the )?(?:previous|above|prior) (?:instructions|prompts)\b|\bsystem prompt\b",
    rf"{_BEGINS}(?:assistant|system|user) ?: ",
    r"\bi (?:cannot|can't|can not|am unable to) (?:help|assist|provide|fulfil|comply|create|answer|browse|access)\b",
    r"\bhere(?:'s| is| are) your (?:\w+ )?(?:titles?|angles?|ideas?|drafts?|response|answer|post|headlines?)\b",
    # Spanish
    r"\bcomo (?:un |una )?(?:modelo de lenguaje|ia|inteligencia artificial|asistente (?:virtual|de ia))\b",
    r"\bsoy (?:un |una )?(?:modelo de lenguaje|ia|inteligencia artificial|asistente virtual)\b",
    rf"{_BEGINS}(?:lo siento, (?:pero )?)?no puedo (?:ayudar|proporcionar|generar|cumplir|ofrecer|crear|responder)\b",
    rf"{_BEGINS}(?:claro[,!] )?aqui (?:tienes|esta|te dejo) (?:el|la|tu|un|una|los|las)\b",
    # Portuguese
    r"\bcomo (?:um |uma )?(?:modelo de linguagem|ia|inteligencia artificial|assistente virtual)\b",
    r"\bsou (?:um |uma )?(?:modelo de linguagem|ia|inteligencia artificial|assistente virtual)\b",
    rf"{_BEGINS}(?:desculpe, (?:mas )?)?nao posso (?:ajudar|fornecer|gerar|cumprir|oferecer|criar|responder)\b",
    rf"{_BEGINS}(?:claro[,!] )?aqui esta(?:o)? (?:o|a|seu|sua|um|uma|os|as)\b",
    # German
    r"\bals (?:ki|ki-(?:modell|sprachmodell|assistent)|sprachmodell|kunstliche intelligenz|grosses sprachmodell)\b",
    r"\bich bin (?:nur )?(?:eine ki|ein sprachmodell|eine kunstliche intelligenz|ein ki-\w+)\b",
    rf"{_BEGINS}(?:es tut mir leid, (?:aber )?)?ich kann (?:dir|ihnen|das|diese|dabei|leider|keine?n?)"
    rf" (?:\w+ ){{0,4}}nicht\b",
    rf"{_BEGINS}(?:gerne?[,!] |naturlich[,!] )?hier (?:ist|sind) (?:dein|ihr|der|die|das|ein)e? (?:titel"
    rf"|entwurf|vorschlag|idee|text)\w*",
    # French
    r"\ben tant qu(?:e |')(?:modele de langage|ia|intelligence artificielle|assistant virtuel"
    r"|un modele de langage|une ia)\b",
    r"\bje suis (?:un |une )?(?:modele de langage|ia|intelligence artificielle|assistant virtuel)\b",
    rf"{_BEGINS}(?:desole, (?:mais )?)?je ne peux pas (?:vous |t')?(?:aider|fournir|generer|repondre|creer)\b",
    rf"{_BEGINS}(?:bien sur[,!] )?voici (?:votre|ton|le|un|une) (?:titre|angle|idee|proposition|reponse|texte)\b",
    # Italian, Dutch
    r"\b(?:come|in quanto) (?:un )?(?:modello linguistico|modello di linguaggio|ia"
    r"|intelligenza artificiale|assistente virtuale)\b",
    r"\bsono (?:un |un')?(?:modello linguistico|intelligenza artificiale|assistente virtuale)\b",
    rf"{_BEGINS}(?:mi dispiace, (?:ma )?)?non posso (?:aiutare|aiutarti|fornire|generare|rispondere|creare)\b",
    rf"{_BEGINS}(?:certo[,!] )?ecco (?:il|la|un|una) (?:tuo |tua )?(?:titolo|idea|proposta|risposta|testo)\b",
    r"\bals (?:een )?(?:ai(?:-(?:model|assistent))?|taalmodel|kunstmatige intelligentie|ai-taalmodel)\b",
    r"\bik ben (?:een )?(?:ai|taalmodel|kunstmatige intelligentie|virtuele assistent)\b",
    rf"{_BEGINS}(?:sorry, (?:maar )?)?ik kan (?:je|u|dit|daar|hier) (?:\w+ ){{0,3}}niet\b",
    rf"{_BEGINS}(?:natuurlijk[,!] )?hier is (?:je|de|het|een|uw) (?:titel|idee|voorstel|antwoord|tekst)\b",
    # Polish, Turkish
    r"\bjako (?:model jezykowy|sztuczna inteligencja|ai|duzy model jezykowy|wirtualny asystent)\b",
    r"\bjestem (?:modelem jezykowym|sztuczna inteligencja|wirtualnym asystentem)\b",
    rf"{_BEGINS}(?:przepraszam, (?:ale )?)?nie moge (?:pomoc|udzielic|wygenerowac|odpowiedziec|stworzyc)\b",
    rf"{_BEGINS}oto (?:twoj|twoja|tytul|propozycja|pomysl)\b",
    r"\b(?:bir )?(?:yapay zeka|dil modeli)(?: dil modeli| asistani)? olarak\b|\bben bir (?:yapay zeka|dil modeli)",
    rf"{_BEGINS}(?:uzgunum, )?(?:bu konuda )?yardimci olam[ai]\w+|{_BEGINS}iste (?:basligin\w*|oner\w+|fikr\w+)",
)
_OTHERS = (
    r"(?:एक )?(?:एआई|ai|भाषा मॉडल|कृत्रिम बुद्धिमत्ता)(?: भाषा)?(?: मॉडल)? के (?:रूप में|तौर पर|नाते)",
    r"मैं (?:एक )?(?:एआई|ai|भाषा मॉडल)|मैं (?:इसमें |आपकी )?मदद नहीं कर|यह रहा आपका (?:शीर्षक|उत्तर)",
    r"(?:ai|人工知能|言語モデル|大規模言語モデル)(?:言語モデル|アシスタント)?として(?:は|、|の)",
    r"私は(?:ai|人工知能|言語モデル)|申し訳(?:ありません|ございません)が|(?:お手伝い|お答え|提供|生成)(?:する(?:こと)?が|は)?できません",
    r"(?:こちらが|以下が)(?:タイトル|提案|回答)",
    r"(?:ai|인공지능|언어 ?모델)(?: ?언어 ?모델)?(?:로서|으로서)|저는 (?:ai|인공지능|언어 ?모델)",
    r"(?:죄송하지만|도와드릴 수 없|제공할 수 없|답변할 수 없)|(?:다음은|여기) (?:제목|제안|답변)(?:입니다|이 있습니다)",
)

# Of each expression above, letters of which a match has at least one. They stand in the order of the expressions.
_SUBSTRINGS = (
    # English
    " a ai", " an ai", "large ai", "helpful ai", "a.i.", "artificial intelligence", "language model", "llm",
    "virtual assistant", "i cannot", "i can't", "i can not", "i am unable", "i am not able", "i won't be able",
    "i do not have access", "i don't have access", "i'm sorry", "i'm unable", "i'm not able", "i am sorry",
    "i apologi", "here's ", "here is ", "here are ", "sure,", "sure!", "certainly,", "certainly!", "absolutely,",
    "absolutely!", "my training data", "my knowledge cut", "my last update", "as of my ", "i hope this helps",
    "let me know if you", "feel free to ask", " instructions", " prompts", "system prompt", "assistant:", "assistant :",
    "system:", "system :", "user:", "user :",
    # Spanish, Portuguese
    "modelo de lenguaje", "inteligencia artificial", "asistente virtual", "asistente de ia", "como ia", "soy ia",
    " un ia", " una ia", "no puedo ", "aqui tienes", "aqui esta", "aqui te dejo", "modelo de linguagem",
    "assistente virtual", "sou ia", " um ia", " uma ia", "nao posso ",
    # German, French
    "als ki", "sprachmodell", "kunstliche intelligenz", "eine ki", "ein ki-", "ich kann ", "hier ist ", "hier sind ",
    "en tant qu", "modele de langage", "intelligence artificielle", "assistant virtuel", "suis ia", " une ia",
    "je ne peux pas ", "voici ",
    # Italian, Dutch
    "modello linguistico", "modello di linguaggio", "intelligenza artificiale", "come ia", "in quanto ia",
    "non posso ", "ecco ", "taalmodel", "kunstmatige intelligentie", "als ai", " een ai", "virtuele assistent",
    "ik ben ai", "ik kan ", "hier is ",
    # Polish, Turkish
    "model jezykowy", "modelem jezykowym", "sztuczna inteligencja", "wirtualny asystent", "wirtualnym asystentem",
    "jako ai", "nie moge ", "oto t", "oto p", "yapay zeka", "dil modeli", "yardimci olam", "iste ba", "iste oner",
    "iste fikr",
    # Hindi, Japanese, Korean
    "के रूप में", "के तौर पर", "के नाते", "मैं ", "यह रहा आपका", "として", "私は", "申し訳", "できません", "こちらが",
    "以下が", "로서", "저는 ", "죄송하지만", "도와드릴 수 없", "제공할 수 없", "답변할 수 없", "다음은 ", "여기 ",
)  # fmt: skip

EXPRESSIONS = (*_LATIN, *(unaccented(fold(pattern)) for pattern in _OTHERS))
MODEL_SPEECH = re.compile("|".join(EXPRESSIONS))
REQUIRED_SUBSTRINGS = tuple(unaccented(fold(substring)) for substring in _SUBSTRINGS)
"""Every text that MODEL_SPEECH matches contains at least one of these."""
