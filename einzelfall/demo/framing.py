"""What people write around their trouble: where they were, what the hotline said, what they wish for.

The same notation as in trouble.py. A fragment agrees with the field it is keyed by.
"""

SITUATIONS: dict[str, tuple[str, ...]] = {
    "train": (
        "[Sitze|Saß] im Zug bei {town}.",
        "Auf dem Weg zur Arbeit, [in der S-Bahn|im Regionalzug].",
        "Jeden Morgen dieselbe Strecke, jeden Morgen [dasselbe Loch|dieselbe Stelle].",
        "Am Fenster, [Zug steht|volle Fahrt], kurz vor {town}.",
        "Ich pendle [täglich|seit Jahren] mit der Bahn.",
        "Zwischen zwei Bahnhöfen in der Nähe von {town}.",
    ),
    "car": (
        "Unterwegs mit dem Auto [bei|durch] {town}.",
        "Über die Freisprechanlage, [Landstraße|Stadtverkehr].",
        "Stand auf dem Parkplatz in {town}.",
        "Im Stau, [also Zeit genug zum Testen|da merkt man es erst recht].",
        "Ich bin im Außendienst und viel um {town} herum unterwegs.",
    ),
    "indoors": (
        "Bei mir zu Hause in {town}.",
        "Im Büro, [zweiter|dritter|vierter] Stock, am Fenster.",
        "In der Wohnung in {town}, [Hinterhaus|Dachgeschoss|erster Stock].",
        "Ich wohne in {town}, [Altbau|Neubau|Erdgeschoss].",
        "Im Laden, [mitten im Betrieb|die Kunden merken es auch].",
        "Zu Hause auf dem Sofa.",
        "In der [Uni|Bibliothek|Praxis|Werkstatt] in {town}.",
    ),
    "outdoors": (
        "Mitten in {town}, auf der Straße.",
        "Draußen, freie Sicht, [kein Keller, kein Tunnel|nichts, was stören könnte].",
        "Beim Spaziergang in {town}.",
        "An der Bushaltestelle in {town}.",
        "Auf dem [Markt|Spielplatz|Sportplatz] in {town}.",
        "In der Fußgängerzone, [überall Leute|voll wie immer].",
    ),
    "": (
        "Hallo aus {town}.",
        "Es geht um {town}.",
        "Ich melde mich aus {town}.",
        "Hier in {town}:",
        "Gegen {hour} Uhr in {town}.",
        "Am {day} in {town}.",
    ),
}

SPOTS: dict[str, tuple[str, ...]] = {
    "Hauptbahnhof": (
        "Am Hamburger Hauptbahnhof, [Gleis 14|Wandelhalle|Südsteg].",
        "Rund um den Hauptbahnhof in Hamburg.",
        "Hauptbahnhof, [Feierabend|Berufsverkehr], alle mit dem Handy in der Hand.",
    ),
    "Mönckebergstraße": (
        "In der Mönckebergstraße, [zwischen den Läden|beim Einkaufen].",
        "Mönckebergstraße, mitten am Tag.",
        "Mein Büro liegt an der Mönckebergstraße.",
    ),
    "Hackescher Markt": (
        "Am Hackeschen Markt, [draußen|vor dem Café].",
        "Hackescher Markt, S-Bahnhof.",
        "Wir arbeiten am Hackeschen Markt, [das ganze Büro|alle hier] hat dasselbe.",
    ),
    "Innenstadt": (
        "In der Münchner Innenstadt, [zwischen Stachus und Marienplatz|nähe Marienplatz].",
        "Marienplatz, [Untergeschoss und oben|oben auf dem Platz].",
        "In der Innenstadt von München, also nicht auf dem Acker.",
    ),
}

FREQUENCIES: dict[str, tuple[str, ...]] = {
    "once": ("Bisher [einmal|nur dieses eine Mal].", "Das ist mir hier zum ersten Mal passiert."),
    "sometimes": ("Nicht immer, aber [immer wieder|oft genug].", "Mal geht es, mal nicht."),
    "often": (
        "Das passiert [fast täglich|mehrmals die Woche].",
        "Leider keine Ausnahme.",
        "So geht das seit [Wochen|Monaten].",
    ),
    "always": (
        "Und das [immer|rund um die Uhr].",
        "Ohne Unterbrechung.",
        "Seit Monaten, ohne Pause.",
        "Es war nie anders.",
    ),
}

HOTLINES: dict[str, tuple[str, ...]] = {
    "isolated": (
        "Die Hotline sagt, ich sei ein Einzelfall.",
        "„Sie sind der Einzige“, hieß es [am Telefon|bei der Hotline].",
        "Angeblich gibt es in meiner Gegend [keine Störung|nichts Bekanntes].",
        "Laut Kundendienst ein Einzelfall. [Meine Nachbarn haben dasselbe|Die Kollegen lachen].",
        "Ich soll mein Gerät [zurücksetzen|einschicken], bei allen anderen gehe es ja.",
        "Antwort: „Einzelfall, liegt bestimmt am Handy.“ Mit anderer Karte [geht dasselbe Handy|läuft es].",
        "Drei Anrufe, dreimal dieselbe Auskunft: ein Einzelfall.",
        "Am Telefon war man freundlich, aber ich sei „ein Einzelfall“.",
    ),
    "known": (
        "Die Hotline kennt das Problem, mehr [aber|leider] auch nicht.",
        "Immerhin: [Man weiß Bescheid|Das Problem ist bekannt], sagt die Hotline.",
        "„Ist uns bekannt“, hieß es, einen Termin gab es nicht.",
    ),
    "fixed-soon": (
        "Man arbeite daran, hieß es, [vor drei Wochen|vor einem Monat].",
        "Angeblich wird bald [ausgebaut|ein neuer Sender aufgestellt].",
        "Versprochen wurde mir: [in zwei Wochen|bis Monatsende] ist es behoben.",
    ),
    "no-answer": (
        "Auf meine [Mail|Nachricht] kam bis heute keine Antwort.",
        "In der Warteschleife [nach 20 Minuten|nach einer halben Stunde] aufgegeben.",
        "Die Hotline hat sich nie zurückgemeldet.",
    ),
    "not-asked": (
        "Die Hotline rufe ich [gar nicht erst an|deswegen nicht an].",
        "Gefragt habe ich noch niemanden.",
    ),
}

CLOSINGS: dict[str, tuple[str, ...]] = {
    "any": (
        "Ich [zahle|überweise] jeden Monat pünktlich.",
        "So kann das nicht [bleiben|weitergehen].",
        "Schön, dass ich hier nicht allein bin.",
        "Bitte [kümmert euch|tut etwas].",
        "Ich überlege zu wechseln.",
        "Mit einem anderen Netz geht es an derselben Stelle.",
        "Wem geht es hier auch so?",
        "Ich wäre schon froh, wenn jemand sagen würde, wann es besser wird.",
        "Danke für diese Seite!",
        "Sonst bin ich [eigentlich|im Großen und Ganzen] zufrieden.",
        "Der Preis stimmt, das Netz nicht.",
        "Für die Arbeit [brauche ich das|geht das so nicht].",
        "Ich habe [zwei|drei] Geräte probiert, es liegt nicht am Telefon.",
    ),
    "then": (
        "Mein Vertrag läuft noch [ein Jahr|18 Monate|bis 2013].",
        "Vor [einem Jahr|dem Sommer] war das Netz hier richtig gut.",
        "Seit alle ein Smartphone haben, ist das Netz [zu|am Ende].",
        "Früher lief o2 hier [besser|bestens].",
        "Das Update auf das neue System hat auch nichts geändert.",
        "Ein Freund mit D1 sitzt neben mir und [surft|grinst].",
    ),
    "now": (
        "Wir haben {year}.",
        "Und ich zahle für „unbegrenzt“.",
        "WLAN-Telefonie ist keine Lösung, [wenn ich unterwegs bin|unterwegs nützt sie nichts].",
        "Im Urlaub im Ausland ist es besser.",
        "eSIM neu geladen, [hat nichts gebracht|ohne Erfolg].",
        "Meine [Tochter|Partnerin] hat einen anderen Anbieter, bei ihr geht es.",
    ),
    "works": ("Danke!", "Weiter so.", "Mehr wollte ich nicht sagen.", "Bin mit {brand} hier gut bedient."),
}

# fmt: off
FIRST_NAMES = (
    "Anja", "Andreas", "Aylin", "Ben", "Birgit", "Carsten", "Christine", "Daniel", "Deniz", "Dirk", "Elena",
    "Emre", "Eva", "Felix", "Frank", "Gabi", "Georg", "Hanna", "Heike", "Henning", "Ina", "Ines", "Jan", "Jana",
    "Jens", "Jonas", "Jule", "Karin", "Katrin", "Kemal", "Klaus", "Lars", "Laura", "Lea", "Lena", "Leyla", "Lisa",
    "Lukas", "Maja", "Malte", "Manuela", "Marco", "Maren", "Markus", "Martina", "Mehmet", "Mia", "Michael",
    "Milan", "Miriam", "Nadine", "Nils", "Nina", "Olaf", "Ole", "Paul", "Petra", "Philipp", "Ralf", "Rike",
    "Sabine", "Samira", "Sandra", "Sebastian", "Silke", "Sofia", "Stefan", "Steffi", "Susanne", "Sven", "Tanja",
    "Thomas", "Thorsten", "Tim", "Timo", "Tobias", "Ulrike", "Ute", "Uwe", "Vera", "Volker", "Yasemin",
)
# fmt: on
INITIALS = "ABCDEFGHIJKLMNOPRSTVWZ"
