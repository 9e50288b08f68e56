# ruff: noqa: RUF001  (Cyrillic and Devanagari letters are meant here, however they look)
"""Words that carry no topic, per language, folded and without accents."""

from __future__ import annotations

_WORDS = {
    "en": """
        a about above across after again against ago all almost along already also although always am an and another
        any anyone anything are aren't around as at away back be became because become been before behind being below
        best better between big both but by came can cannot can't come comes could couldn't day days did didn't do does
        doesn't doing done don't down during each either else enough even ever every everybody everyone everything few
        find first for forget from full gave get gets getting give go goes going gone gonna good got great had has have
        haven't having he her here here's hers herself hey hi him himself his how however i i'd if i'll i'm in instead
        into is isn't it it's its itself i've just keep keeps kept know known last later least less let let's like
        little long look lot lots made make makes making many maybe me mean mine more most much must my myself need
        needs never new next no nobody none nor not nothing now of off often oh ok okay old on once one ones only onto
        or other others our ours out over own part people per perhaps please put quite rather real really right said
        same save saw say says see seen she should shouldn't show since so some somebody someone something sometimes
        soon still stop such sure take takes tell than thank thanks that that's the their theirs them themselves then
        there there's these they they're thing things think this those though three through thus time times tip tips to
        today together told tomorrow too took toward try trying turn two under until up upon us use used uses using
        very via want wants was wasn't way ways we week weeks well went were we're what whatever what's when where
        which while who whole whom whose why will with within without won't work works would wouldn't yes yesterday
        yet you you'd you'll your you're yours yourself you've vs here im dont doesnt cant thats youre ive isnt four
        five six seven eight nine ten hundred thousand half year years month months hour hours minute minutes second
        seconds ft feat start starts started ignore disregard previous
    """,
    "es": """
        a al algo algun alguna algunas alguno algunos ante antes aqui asi aun aunque bajo bien cada casi como con
        contra cosa cosas cual cuales cuando cuanto de debe del desde despues dia dias donde dos el ella ellas ellos
        en entre era eran eres es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy fue fueron
        gran ha hace hacemos hacer hacia hago han hasta hay haz hemos hoy igual ir la las le les lo los mas me mejor
        menos mi mis mientras mismo mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestras nuestro
        nuestros nunca o os otra otras otro otros para pero poco por porque pues que quien quieres se sea segun ser si
        siempre sin sobre solo somos son soy su sus tambien tan tanto te tener tengo ti tiene tienen todo toda todas
        todos tras tres tu tus un una unas uno unos usted va vamos ver vez voy y ya yo semana semanas ano anos hora
        horas minuto minutos nueva nuevo primera primer puede puedes
    """,
    "pt": """
        a ao aos agora ainda algo alguem algum alguma algumas alguns ali ano anos antes ao apenas aqui as assim ate bem
        boa bom cada coisa coisas com como contra da das de dela dele deles depois desde deste dia dias do dois dos duas
        e ela elas ele eles em entre era essa essas esse esses esta estao estar estas este estes estou eu faz fazer fez
        foi foram gente ha hoje hora horas isso isto ja la lhe mais mas me melhor menos mesmo meu meus minha minhas
        minuto minutos muita muitas muito muitos na nada nao nas nem nenhum no nos nossa nossas nosso nossos nova novo
        num numa nunca o onde os ou outra outras outro outros para pela pelas pelo pelos per pode por porque pra pro
        qual quando que quem se seja sem sempre semana semanas ser seu seus si sim so sob sobre sua suas tambem tao te
        tem tenho ter teu teus toda todas todo todos tres tu tua tudo um uma umas uns vai vamos ver vez voce voces vou
    """,
    "de": """
        ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bald bei beim bin bis bist da
        dabei dafur damit danach dann das dass dein deine deinem deinen deiner dem den denn der des dessen dich die
        dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einfach einmal
        er es etwas euch euer eure fur gab ganz geht gegen gerade gibt gut habe haben hat hatte hatten heute hier hin
        hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jahr jahre jede jedem jeden jeder
        jedes jetzt kann kannst kein keine keinem keinen keiner konnen konnte lang lass machen macht mal man mehr mein
        meine meinem meinen meiner mich mir mit muss musst mussen nach nicht nichts nie noch nun nur ob oder ohne oft
        paar schon sehr sein seine seinem seinen seiner seit sich sie sind so soll sollte sondern sonst stunde stunden
        tag tage uber um und uns unser unsere unserem unseren unter viel viele vom von vor wann war waren warum was
        weil wenn wer werde werden wie wieder will wir wird wirst wo woche wochen wollen wurde zu zum zur zwar zwei
        zwischen drei minute minuten neue neuer neues
    """,
    "fr": """
        a ai alors apres as au aucun aussi autre autres aux avant avec avoir avons bien c ca car ce ceci cela celle
        celles celui ces cet cette ceux chaque chez chose choses comme comment contre d dans de deja depuis des deux
        dit donc dont du elle elles en encore entre es est et etait etaient ete etes etre eu eux faire fait faites faut
        fois font ici il ils j je jour jours jusqu juste l la le les leur leurs lui m ma mais me meme memes mes mieux
        moi moins mon n ne ni non nos notre nous on ont ou par parce pas pendant peu peut plus pour pourquoi qu quand
        que quel quelle quelles quels quelque qui quoi s sa sans se sera ses si son sont sous sur t ta tes toi ton
        toujours tous tout toute toutes tres trois trop tu un une unes va voici voila vos votre vous vraiment y
        semaine semaines heure heures minute minutes an ans annee annees nouveau nouvelle c'est j'ai qu'il n'est d'un
        d'une l'on cest jai
    """,
    "it": """
        a ad ai al alla alle allo anche ancora avere bene c che chi ci cio co col come con contro cosa cosi cui da dai
        dal dalla dalle degli dei del della delle dello di dopo dove due e ed era essere fa fare fatto fino fra gia gli
        ha hai hanno ho i il in io la le lei lo loro lui ma mai me meglio meno mi mia mie miei mio molto ne nei nel
        nella nelle no noi non nostra nostro nulla o ogni ora per perche pero piu poco poi prima puo qua quando quanto
        quasi quella quelle quelli quello questa queste questi questo qui se sei sempre senza si sia siamo solo sono
        sopra sta stato su sua sue sui sul sulla suo suoi te ti tra tre tu tua tuo tutta tutti tutto un una uno vi via
        voi settimana settimane giorno giorni ore minuti anno anni nuovo nuova
    """,
    "nl": """
        aan al alle alleen als altijd ben bent bij dan dat de deze die dit doen door dus een elke en er geen gewoon
        goed had hebben heb heeft het hier hij hoe ik in is je jij jouw jullie kan keer kun maar me meer mee met mijn
        moet na naar niet niets nog nooit nu of om omdat onder ons onze ook op over pas per te tegen toch tot twee u
        uit van veel voor waar waarom want was wat we weer wel welke wie wij worden wordt zal ze zelf zich zij zijn zo
        zonder dag dagen jaar uur week weken drie minuten nieuw nieuwe
    """,
    "hi": """
        अगर अपना अपनी अपने अब आज आप आपका आपकी आपके आपको इस इसका इसकी इसके इसको इसमें इससे इसे इन उन उस उसका उसकी उसके
        उसको उसे एक एवं ऐसा ऐसी ऐसे और कई कब कभी कम कर करके करता करती करते करना करने करें करो का काम कि किया किस किसी की
        कुछ के केवल को कोई कौन क्या क्यों गया गयी गए चाहिए जब जाए जाता जाती जाते जाना जाने जिस जो जैसे ज्यादा तक तब तरह
        तो था थी थे दिन दिया दे देख देखें दो द्वारा न नहीं ना ने पर पहले फिर बस बहुत बाद बार बिना बना बनाये बनाने भी में
        मैं मेरा मेरी मेरे यदि यह यहाँ यही या ये रहा रही रहे लिए लिये ली लें लेकिन वह वहाँ वही वाला वाली वाले वे व
        सब सबसे सभी समय सा साथ सी से सो हम हमारा हमारी हमारे हर ही हुआ हुई हुए है हैं हो होगा होता होती होते
    होना होने हूँ
        इतने कैसे पूछें पूछेंगे ऐसे
    """,
    "ja": "今日 明日 昨日 今回 自分 最近 本当 時間 場合 一番 動画 投稿 紹介 方法 今週 先週 毎日",
    "zh": "我们 你们 他们 这个 那个 一个 什么 怎么 今天 可以 没有 就是 不是 还是 大家 真的 因为 所以 但是 如果 视频",
    "ru": """
        а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если
        есть еще же за здесь и из или им их к как ко когда кто ли либо мне может мы на над надо наш не него нее нет ни
        них но ну о об однако он она они оно от очень по под при с со так также такой там те тем то того тоже той
        только том ты у уже хотя чего чей чем что чтобы эта эти это этот я
    """,
}

STOPWORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WORDS.items()}

# What posts on every platform say whatever they are about, and words of the calendar.
_BOILERPLATE = """
    instagram tiktok linkedin youtube twitter facebook reels reel story stories shorts short post posts posting video
    videos vlog vlogs blog podcast episode episodes ep part pt link links bio comment comments follow follower followers
    following like likes share shares shared subscribe subscriber subscribers channel channels watch watching click
    swipe     dm dms tag tags hashtag viral fyp foryou foryoupage foru parati pourtoi trending trend trends
    explore explorepage
    explorar content creator creators influencer repost reposted giveaway unboxing grwm pov ootd asmr official trailer
    clip clips highlights live stream instagood instadaily photooftheday picoftheday love reelsinstagram reelitfeelit
    edition season series subscribe subs amp http https www com html
    monday tuesday wednesday thursday friday saturday sunday weekend weekday morning afternoon evening night tonight
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter
    lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre
    octubre noviembre diciembre
    segunda terca quarta quinta sexta janeiro fevereiro marco abril maio junho julho setembro outubro novembro dezembro
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli oktober dezember
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre
    lunedi martedi mercoledi giovedi venerdi sabato domenica gennaio febbraio aprile maggio giugno luglio agosto
    settembre ottobre novembre dicembre
    quote quotes motivation inspo inspiration goals vibes mood life lifehack lifehacks hack hacks guide checklist
    template free easy simple favorite favourite ultimate amazing awesome
"""
BOILERPLATE: frozenset[str] = frozenset(_BOILERPLATE.split())

# Feasts keep their capital, however hurriedly they are written.
FEASTS: frozenset[str] = frozenset(
    {
        "advent", "carnival", "christmas", "diwali", "easter", "eid", "halloween", "hanukkah", "holi", "kwanzaa",
        "lent", "navratri", "onam", "passover", "pongal", "purim", "ramadan", "thanksgiving", "vesak",
    }
)  # fmt: skip
