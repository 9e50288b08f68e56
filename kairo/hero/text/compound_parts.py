"""Frequent parts of German, Dutch and Scandinavian compounds.

A compound with a short part is recognised by its other part: "substrat" makes "Torfsubstrat" a compound of "Torf",
whereas "rau" in "Torfrau" is no noun ("Tor" and "Frau"). Longer parts need no list.
"""

from __future__ import annotations

from kairo.hero.text.spellings import spellings

_GERMAN = """
    abbau abend abfall abgabe abteil achse acker alarm album alter amt analyse anbau anbieter angabe angebot angriff
    angst anlage anteil antrag anwalt apfel apparat arbeit arbeiter archiv arm arme armut art arten artig artikel arzt
    asche ast auftrag auge ausgabe auto automat bach bad baden bahn bake balken ball ballen band bande bank bar bau
    bauer baum beere beet beihilfe bein beitrag bereich berg bericht beruf beschwerde besitz bestand betrieb bett
    beute beutel beweis bezirk biene bier bild bildung binder birne bissen blase blatt blech blick blitz block blume
    blut bläser boden bogen bohne bohrer boot brand braten brauer brei breit brief brille bringer brot bruch bruder
    brunnen brust brücke buch bude bund burg bus busch butter börse büchse bühne bündel bürger büro creme dach dampf
    darm datei daten dauer decke deckel denkmal deponie dicht dieb dienst ding dorf dose draht dreck druck duft durst
    dünger ecke ei eimer einsatz eis eisen ende energie ente entzug erbe erde ernte ersatz erzeugung essen essig
    etikett extrakt fabrik fach faden fahne fahrer fahrt fahrzeug fall falle familie fang farbe farm faser fass feder
    fehler feier feind feld fell fels fenster ferien fest fett feuer figur film filter finder finger firma fisch
    flamme flasche fleck fleisch fliege fliese flocke flucht flug flur fluss flut fläche flöte flügel folge folie form
    forscher forschung frage frau frauen frei freiheit freude freund freundin frist frosch frost frucht fund funk
    futter fuß fähre führer führung für gabe gabel gang gans garten gas gasse gast gebiet gebot gebrauch gebäude
    gebühr gefahr gefäß gegner gehalt geist geld gelenk gemisch gemüse gericht geruch gerät geschenk geschichte
    geschirr geschäft gesetz gesicht gespräch gestell gewicht gewinde gewinn gewinnung gift glas glocke glück gold
    graben grad gras grenze griff grill grube gruppe gurt gut gürtel haar hafen haft hahn haken halle hals halter
    haltig hand handel handy hang hase haube haufen haupt haus haut hebel heft heim held helfer hemd herd herr
    hersteller herstellung herz hilfe himmel hitze hobby hof holz honig horn hose hotel huhn hund hut händler höhe
    höhle hülle hütte idee industrie insel jacke jagd jahr junge jäger kabel kabine kaiser kalk kamin kammer kampf
    kanal kanne kante kappe karte kasse kasten kater katze kauf keim keks keller kern kerze kessel kette kind kino
    kirche kiste klage klammer klang klasse kleid klima klinge klinik kloster klub knochen knolle knopf koch kochen
    koffer kohle konsum kontrolle konzern kopf korb korn kost kosten kraft kran kranz kraut krebs kreis kreuz krieg
    krise krone krug kuchen kugel kuh kultur kunde kunst kur kurs kurve kuss käfer käfig käufer könig körper küche
    küste labor lack laden lage lager lampe land lappen last laster lauf leben leber leder lehm lehre lehrer leiche
    leim leine leiste leiter leitung licht liebe lied lieferant liege liga linie liste loch lohn los luft lust länder
    länge lärm läufer löffel lösung magen magnet mal maler mangel mann mantel mappe marke markt masche maschine maske
    mass masse mast material mauer maus maß medizin meer mehl meister melder menge mensch menschen menü messe messer
    metall meter miete milch minute mischung mittel mode modell monat mond moor moos mord motor mulch mull mund
    muschel museum musik muskel muster mut mutter mädchen männer mühle münze nacht nadel nagel nahrung name nase natur
    nebel nest netz niere nord not note nudel nummer nuss nutzer nutzung nähe ofen ohr oper opfer orden ordnung ort
    paar pack packung palast papier pappe park partei partner party pass paste pause pelz perle person pfanne pfeife
    pfeil pferd pflanze pflaster pflege pflicht pfosten pfütze pille pilz platte platz politik polster post preis
    probe produkt produktion programm projekt prozess prämie prüfung pulver pumpe punkt puppe quelle quote rad rahmen
    rand rasen raserei rasse rat raub rauch raum rausch recht regal regel regen reich reif reife reihe reise reiter
    reiz rente reserve rest rezept riegel rind ring rinne risiko ritter rock rohr rolle rose rost ruder ruf ruhe runde
    rübe rücken saal sache sack saft saison salat salbe salz samen sammler sand satz schaden schaf schale schalter
    schande schar schau schaum scheibe schein schenke schere scherz schicht schiff schild schinken schirm schlacht
    schlag schlamm schlange schlauch schleier schlinge schlitten schloss schlüssel schmerz schmied schmuck schmuggel
    schnee schneider schnitt schnur schrank schraube schrei schreiber schrift schritt schuh schuld schule schulter
    schuppen schuss schutz schwamm schwanz schwein schwelle schwert schwester schüler schürze schüssel see seele segel
    seife seil seite sekt sender senf serie sessel sicht siegel signal silber sitz socke sohle sohn soldat sommer
    sonne sorge sorte soße spaß speck speise sperre spiegel spiel spieler spitze sport sprache spray spritze spruch
    sprung spur staat stab stadt stall stamm stand stange staub stechen stecher stein stelle stempel stern steuer
    stich stiefel stiel stift stimme stirn stock stoff stolz strafe strand strasse strauch strauß straße strecke
    streich streit strick stroh strom studie stufe stuhl stunde sturm stätte stück stütze substrat suche sucht suppe
    säge säule säure süchtig süd tabak tablette tafel tag tal tank tanz tasche tasse tat taube taxi team technik tee
    teer teich teil teller tempel teppich termin test text theater tier tisch tochter tod ton topf tor torte tour
    tracht traum treffen treppe tresen trinken tritt trocken tropfen träger tränke tuch turm typ tür ufer uhr umsatz
    unfall unternehmen urlaub vater verband verbot verbrauch verein verfahren vergiftung verkauf verkäufer verlag
    verlust vermögen versand verschmutzung versicherung vertrag verzicht vieh vogel volk vorrat waage wache waffe
    wagen wahl wald wand wanne wappen ware wasser watte weber wechsel weg weib wein weise weiß welle welt werbung
    werfer werk wert wesen wetter wiese wild wind winkel winter wirkung wirt wirtschaft wissen woche wohnung wolf
    wolke wolle wort wunde wunder wunsch wurf wurm wurst wurzel wärme würfel wüste zahl zahn zange zaun zeichen zeile
    zeit zeitung zelle zelt zentrum zettel zeug ziege ziel zigarette zimmer zins zone zoo zucht zucker zug zunge
    zusatz zweig zwiebel öl überschuss
"""
_DUTCH = """
    aanbieder aanbod aarde afval alarm appel arbeid arm arts auto baan baas bad bak bakker bal band bank bar bedrijf
    been beer bericht beroep bier bij blad blik bloed bloem boek boer bom boom boon boot bord borg borst bos brand
    brief broek brood brug bruin buik buis bus dag dak dal deeg deel deur dienst dier ding dochter dood doos dorp
    draad drank droom drugs druk eend eigenaar eind emmer erf eten fabriek feest fiets film fles fruit garage gas gast
    gat gebied gebruik geel geld geluid gerecht gezicht gif gist glas god goed golf goud gras grens groen groep grond
    haar hals hand handel haven heer hek held hemd hemel hert hoed hoek hof hok hond honing hoofd hotel hout huis huur
    ijs jaar jacht jager jas jeugd jongen kaart kaas kachel kalf kamer kans kant kap kast kat kelder kerk ketel keuken
    kind klas kleed klok kluis knoop koe koek koffer koffie kok koning koop kop korf korst kraan kracht kring kruid
    krul kunst kus kust laag laars lade lamp land lap last leer les leven lezer licht lied lijn lijst loon loop lucht
    maal maan maand maat machine man mand mantel markt meel meer meester melk mens merk mes meter middel mist moeder
    molen mond motor munt muur naald naam nacht nagel net neus noot olie oog oor oorlog paard paddenstoel pak paleis
    pan papier park pas peer pers pijl pijp plaat plaats plank plant plein plek plicht poort pop post pot prijs prik
    proces product raad raam rand recept recht regen reis rek ring rit rivier rok rol rook roos rug ruimte saus schaal
    schaap schade schap scherm schijf schip schoen school schot schrift schuld schuur slag slang slot smaak sneeuw
    snoer soep soort spel speler spiegel spijs spoor sport spul staal staat stad stal stam stand steen stem ster stoel
    stof stok stoom straat strand streek stroom stuk suiker tafel tak tand tang tas team teelt tekst thee tijd toerist
    toestel ton toren touw trap trein tuin turf vaart vader val vat veen veld verbod verbruik verf verkoop verslaafd
    verslaving vet veulen vis vlag vlees vloer vlucht voer vogel volk voorraad vorm vraag vrij vrouw vrucht vuil vuur
    waar wagen wand water week weer weg wereld werk werker wet wiel wijn wind winkel winst wol wolf wond woord wortel
    zaad zaak zak zand zee zeep zeil zetel ziekte zon zone zoon zout zuivel zus
"""
_SCANDINAVIAN = """
    aften aktie and anlegg anläggning apparat arbeid arbejde arbete arm avfall avgift avl avtal bad bakke bank barn
    berg besøg bil bild billede biskop björn bjørn blad blod blomma blomst bly bo bog bok boks bord borg bot brand
    brann bransch bred brev bro bror brug bruk bryggeri bröd brød burk busk butik butikk by bygd byrå bär båd båt bær
    dag dal del djur drikk drikke dryck dräkt duk dyr dörr dør eld ende energi fabrik fabrikk fald fall familj far
    farge farve fat fejl fel fest figur film finger fisk fjell fjord fjäll flagga flaska flaske flod fly flyg fod folk
    fond forbrug forbruk forbud forretning fot fotball fotboll frakk frakke fri frost frugt frukt fugl fyr färg färja
    fågel förbrukning förbud gang gas gass gata gate gave gift glas glass grav gren gris grund grupp gruppe guld gull
    gård gårdsbruk hage haj hals halt hamn hand handel handske hanske hatt hav havn hest hjelp hjort hjul hjälp hode
    holm hop hopp hoved hud hue hund hus huvud hylla hylle hytte häst hånd hår industri is jacka jakke jeger jord jul
    jägare jæger kaffe kage kaka kake kamp kant kappa kar karl kart karta kassa kasse kast kat katt kirke kjeller
    kjole kjøkken kjøp kjøtt klass klasse klub klubb kläder klær kniv knopp kock kokk konge konst kopp kort kost kraft
    krage krave krig krop kropp kruka krydda krydder kulde kung kunst kurs kvinde kvinna kvinne kyrka källare kåpe kök
    köp kött køb køber kød køkken lag lampa lampe land led leder legetøj lek leke lim linje lista liste liv ljus lov
    lue luft lust lys lyst läder lås lær lök lön løg løk lønn mad marked marknad mask maskin maskine mat mel melk
    menneske merke mester metal metall middag miljö miljø minne mjölk mor mord morgen morgon mose mosse motor mur
    museum musik musikk mynt myr människa märke mål månad måne måned mælk möbel mössa möte møbel mønt møte namn nat
    natt navn näring nål næring nöt nøtt odling olie olja olje område opdræt oppdrett ord orm ost ovn panna panne
    papir papper park pengar penge penger pil pipa pipe plads plan planta plante plass plast plate plats platta plikt
    plugg politik politikk post pot potte pris process produkt program projekt prosjekt prov prøve pulver pung punkt
    rad ram ramme rand regel regn reise rejse reklam reklame rensning resa rest ret rett ring ris rom rot rum rätt rök
    rör røg rør røyk saft sag sak salat salg salt samling sand sang sats sekk selger seng serie sida side sild sill
    sit skab skada skade skap skat skatt skepp skib skind skinn skip skiva skive skjorta skjorte sko skog skola skole
    skov skrift skuld skyld skåp slag slang slange slot slott smag smak smör smør sne snö snø socker sol son soppa
    sorg sort spel spelare spil spill sprog språk stad stat stav sted stein stell sten stjerne stjärna stof stoff stol
    stolpe strand ström strøm studie stycke stykke ställe stövel støvel støvle substrat sukker suppe syra syre system
    säck säljare säng sång såpe sæbe sæk sælger sönn søn tag tak tal tand tang tann tavla tavle te teater tekst teppe
    text tid tidning ting tjeneste tjänst tobak tobakk ton torg torv torvtak tre träd tråd træ tur tæppe tømmer
    udvinding uge ugn uke uld ull ulv utslipp utsläpp utvinning vagn vagt vakt vand vann vara vare varg vatten vecka
    ved vegg vei vej verk vers vin vind vinter vogn vold volk väg vägg våld vår væg værk værn öga öl öre ø øje øl øre
"""


def _expanded(*lists: str) -> frozenset[str]:
    return frozenset(spelling for words in lists for word in words.split() for spelling in spellings(word))


PARTS: frozenset[str] = _expanded(_GERMAN, _DUTCH, _SCANDINAVIAN)
LONGEST_PART = max(map(len, PARTS))
