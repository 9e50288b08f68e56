# ruff: noqa: E501, RUF001  (word lists; the letters of other scripts are intended)
"""Stop words by language, folded and without accents."""

from __future__ import annotations

from kairo.core.platforms import PLATFORMS
from kairo.hero.text.folding import strip_accents

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
        num numa nunca ninguem tempo leva quanto quantos o onde os ou outra outras outro outros para pela pelas pelo pelos per pode por porque pra pro
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
        nessuno quanti tempo ecco cosi settimana settimane giorno giorni voi ore minuti anno anni nuovo nuova
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
    "pl": """
        a aby ale albo ani az bardzo bez bo by byc byl byla bylo byly bym byłby być był była było byli były chyba ci ciebie
        co cos cię dla do dobrze dobry dzien dzis dziś dzień dni gdy gdzie go i ich ile im inny innych ja jak jaka jakie
        jako je jeden jednak jedna jedno jego jej jest jestem jesli jeśli jeszcze juz już kazdy każdy kiedy kilka kto ktora
        która ktore które ktory który lub ma mam mamy mi mnie moge mogę moj moja moje mozna mozesz możesz można może moze
        musi musisz my na nad nam nas nasz nasza nasze nawet nic nie nich niego niej nigdy nim no o od on ona one oni ono
        oraz po pod podczas potem przed przez przy rok roku raz sa są sam sie się sobie sposob swoj swoja swoje ta tak takie
        tam te tego tej ten teraz tez też to tobie tu tutaj twoj twoja twoje ty tych tylko tym u w was wasz we wiec więc
        wiele wszystkie wszystko z za zawsze ze zeby żeby że znowu trzy dwa dwie godzin minut tydzien tydzień tygodni nowy
        nowa nowe czy czym czego jezeli jeżeli mial miał miala miała bedzie będzie beda będą jaki tyle
    """,
    "tr": """
        acaba ama ancak artik artık aslinda aslında az bana bazi bazı ben beni benim beri bile bir biraz biri birkac birkaç
        birsey biz bize bizi bizim boyle böyle bu buna bunda bundan bunlar bunu bunun burada butun bütün cok çok cunku çünkü
        da daha de degil değil diye dolayi en fakat gibi gore göre gün gun hala hâlâ hangi hatta hem henuz henüz hep hepsi
        her hic hiç icin için iki ile ilk ise iste işte kadar karsi karşı kendi kez ki kim kimse kisi kişi mi mı mu mü nasil
        nasıl ne neden nedir nerede niye o olan olarak oldu olduğu oldugu olmak olmus olsa olur ona ondan onlar onlarin onu
        onun orada oysa pek sadece sana sanki sen senin sey şey siz size sizi sizin sonra su şu suna şuna şunu tarafından
        tarafindan tum tüm uc üç uzere üzere var ve veya veyahut ya yani yeni yerine yine yok yoksa zaman zaten olan
        gunu gunler boyunca sonunda ayni aynı dakika saat hafta yil yıl bugun bugün dun dün simdi şimdi onceki once önce yapmak yap et eder ediyor oluyor
    """,
    "ko": """
        그 그것 그냥 그래서 그러나 그런 그런데 그리고 나 나는 내 내가 너무 는 다 다시 더 또 또는 많이 매우 모두 모든 무엇 뭐 및 바로 반드시
        보통 사실 새 수 아니 아주 안 어느 어떤 어떻게 언제 없는 없다 없이 여기 여러 역시 오늘 요즘 우리 왜 이 이것 이거 이런 이렇게 이번 이제 있는
        있다 있어요 있습니다 자주 잘 저 저는 저도 정말 제 제가 제일 조금 좀 중 지금 진짜 참 처음 하나 하는 하면 한 한번 할 함께 항상 해 해서 해요 했어요
        합니다 하고 하지만 같은 같이 것 거 걸 게 때 때문에 전 후 뒤 안에 위해 대해 대한 두 세 네 다섯 번 개 분 시간 일 주 달 년 어제 내일 매일 이유 방법
    """,
    "sv": """
        alla allt att av bara blev bli blir da dag dagar de dem den denna deras dess det detta dig din dina dit ditt du där
        dar då efter ej eller en er ett fick fran från för for forsta gör gor ha hade han har hela hem hon honom hur här har
        i in ingen inget inte ju jag kan kommer kunde man med mellan men mer mig min mina mitt mot mycket många manga måste
        maste nu nar när någon nagon något nagot och ocksa också om oss på pa sa så sedan sig sin sina själv som ska skulle
        till under upp ut utan vad var vara vart vi vid vill vilken är ar år över ni nya ny vecka veckor tack lang langt lång långt två tva tre timmar länge lange
    """,
    "da": """
        af alle alt at bare blev blive bliver da dag dage de dem den denne der deres det dette dig din dine dit du efter
        eller en end er et fik for fra få ham han har havde hele hende her hun hvad hvem hvis hvor hvordan hvorfor i ikke
        ind ingen intet ja jeg jer jo kan kom kommer kun kunne lige man mange med meget mellem men mere mig min mine mit
        mod må nar når nej nogle noget nogen nu ny nye næste når også ogsa om op os over på sa sadan sig sin sine sit skal
        skulle som sådan så tog blevet givet fået gør væk disse af lang længe ti til ud uden under var ved vi vil ville vores være været uge uger år
    """,
    "no": """
        alle alt at av bare ble bli blir da dag dager de dem den denne der deres det dette deg din dine ditt du eller en
        enn er et etter fikk for fra få ham han har hadde hele henne her hun hva hvem hvis hvor hvordan hvorfor i ikke inn
        ingen jeg kan kom kommer kun kunne man mange med meg mellom men mer min mine mitt mot mye må ma nar når nei noe noen
        nå na ny nye og også ogsa om opp oss over på pa sa seg selv sin sine sitt skal skulle som så til ut uten under var
        ved vi vil ville vår var være vært uke uker år skjer lang lenge tok gitt blitt fått gjør bort disse dette dere
    """,
    "fi": """
        aina ajan ei eika eikä ennen enemman enemmän en eri että etta hän han he heidan hyvä hyva hyvin itse ja jo joka jolla
        jonka jos jossa joten jotka juuri kaikki kanssa kerran koko koska kuin kuinka kun kuten kyllä kylla me mihin mika mikä
        miksi mille mina minä minun minulla minut missa missä mita mitä moni monta mutta muu myos myös nama nämä ne nyt ni
        niin niiden noin nyt ole olemme olen olet oli olin olisi olivat olla on onko ovat paljon pitää pitaa sama se sen
        sekä seka sellainen siella siellä siihen siina siinä sille silloin sina sinä sinun sitten sitä sita taas tai tama
        tämä tämän taman tassa tässä te tule tulee tuo tässä täällä vaan vaikka vain vasta viela vielä voi voit vuoden
        vuotta paiva päivä viikko viikon uusi kuinka eilen tanaan tänään
    """,
    "ar": """
        في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن أنا انا أنت انت كان كانت يكون تكون ليس لا
        ما لم لن قد كل بعض غير بعد قبل عند حتى إذا اذا لكن ثم أو او و أن ان إن كما أيضا ايضا بين فقط كيف متى أين اين لماذا
        ماذا هل يا أي اي اليوم جدا الآن الان منذ خلال حول هنا هناك شيء مثل أكثر اكثر
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

STOPWORDS: dict[str, frozenset[str]] = {
    language: frozenset(strip_accents(word) for word in words.split()) for language, words in _WORDS.items()
}

# Words of social posts on any topic, and calendar words.
_BOILERPLATE = """
    facebook reels reel story stories shorts short post posts posting video
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
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus oktober
    poniedzialek wtorek sroda czwartek piatek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca sierpnia
    wrzesnia pazdziernika listopada grudnia pazartesi sali carsamba persembe cuma cumartesi pazar ocak subat nisan mayis
    haziran temmuz agustos eylul ekim kasim aralik filmik rolka rolki wpis gonderi paylasim abone 영상 댓글 구독 좋아요 팔로우
    quote quotes motivation inspo inspiration goals vibes mood life lifehack lifehacks hack hacks guide checklist
    template free easy simple favorite favourite ultimate amazing awesome
"""
BOILERPLATE: frozenset[str] = frozenset(
    [*_BOILERPLATE.split(), *(word for platform in PLATFORMS.values() for word in platform.stopwords)]
)

# Holidays, which are capitalised even in careless posts.
FEASTS: frozenset[str] = frozenset(
    {
        "advent", "carnival", "christmas", "diwali", "easter", "eid", "halloween", "hanukkah", "holi", "kwanzaa",
        "lent", "navratri", "onam", "passover", "pongal", "purim", "ramadan", "thanksgiving", "vesak",
    }
)  # fmt: skip
