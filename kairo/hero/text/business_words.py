"""Words of company names that people omit: legal forms, trades and articles."""

from __future__ import annotations

_WORDS = """
    ab ag as bv co company corp corporation ev gbr gmbh inc incorporated kg limited llc llp ltd nv oy plc pte pty sa
    sarl sas sl spa srl sro the der die das la le el il lo les los las i gli de het and und et y e og och agency
    agentur association bakery bank banka banque banca banco bar bicycles bikes books boutique brewery brewing bros
    brothers cafe caffe care center centre chocolate clinic clothing club coffee collective consulting cosmetics
    credit union cycles dental design digital energy entertainment family farm farms fashion finance financial fitness
    food foods foundation furniture games gaming garden gardens global group gym health holding home hotel hotels
    house insurance interactive international jewelry kitchen lab labs law learning logistics market media motors
    museum music network nutrition online optics organic outdoor outdoors partners pharmacy pizza press print
    productions records restaurant roaster roasters roastery school services shop skincare society software solutions
    sons sports store strength studio studios supply systems tea tech technologies technology theatre tools toys
    travel university ventures watches wear wine wines winery works workshop world yoga apotheke backerei brauerei
    buchhandlung dienst fabrik gartnerei genossenschaft gesellschaft handel hof imkerei kaffee konditorei laden
    manufaktur markt metzgerei molkerei mode rosterei schule sparkasse stiftung verein verlag versand volksbank
    weingut werkstatt werke atelier boulangerie brasserie brulerie chocolaterie domaine editions ecole epicerie
    fromagerie groupe librairie maison patisserie savonnerie cantina caseificio editrice enoteca forno gelateria
    gruppo libreria officina officine oleificio panificio pasticceria pastificio torrefazione trattoria osteria bodega
    bodegas cafeteria cerveceria escuela farmacia fundacion grupo heladeria hermanos panaderia pasteleria taller
    tienda tostadores cervejaria escola padaria torrefacao vinicola livraria loja bakkerij brouwerij koffiebranderij
    slagerij winkel uitgeverij browar drukarnia grupa kawiarnia ksiegarnia palarnia piekarnia sklep szkola wydawnictwo
    firini grubu kahve kahvesi kitabevi magazasi okulu pastanesi dairy cheese butcher florist florists nursery seeds
    garage clinica clinicas clinique cliniques klinik klinika kliniken ospedale hospital veterinaria taberna
    restaurante estudio estudios casa
"""

BUSINESS_WORDS: frozenset[str] = frozenset(_WORDS.split())
"""Folded, without accents: legal forms, trades, articles and "and", in the languages of most names."""
