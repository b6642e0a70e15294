"""What the source of the gazetteer gets wrong about the larger German places, by GeoNames number."""

CITY_STATES = {
    "04": frozenset({2944388, 2944368}),  # Bremen, Bremerhaven
    "02": frozenset({2911298}),  # Hamburg
    "11": frozenset({2950159}),  # Berlin
}

# English, outdated, shortened or decorated names.
NAMES = {
    "Munich": "München",
    "Nuremberg": "Nürnberg",
    "Freiburg": "Freiburg im Breisgau",
    "Mülheim": "Mülheim an der Ruhr",
    "Offenbach": "Offenbach am Main",
    "Esslingen": "Esslingen am Neckar",
    "Hanau am Main": "Hanau",
    "Marburg an der Lahn": "Marburg",
    "Universitäts- und Hansestadt Greifswald": "Greifswald",
    "Ibbenbueren": "Ibbenbüren",
    "Hansestadt Stade": "Stade",
    "Hansestadt Salzwedel": "Salzwedel",
    "Eisleben Lutherstadt": "Lutherstadt Eisleben",
    "Wittenberg": "Lutherstadt Wittenberg",
    "Meissen": "Meißen",
    "Fürstenwalde": "Fürstenwalde/Spree",
    "Schwandorf in Bayern": "Schwandorf",
    "Heppenheim an der Bergstrasse": "Heppenheim (Bergstraße)",
    "Nieder-Ingelheim": "Ingelheim am Rhein",
    "Haldensleben I": "Haldensleben",
    "Ottobrunn bei München": "Ottobrunn",
    "Buchen in Odenwald": "Buchen (Odenwald)",
    "Burg bei Magdeburg": "Burg",
    "Dessau": "Dessau-Roßlau",
    "Altstadt Sud": "Altstadt Süd",
}
ALIASES_FROM = 9_000  # inhabitants; the names below are meant for the well-known bearer of each name

# What people type besides: English names, short forms, names of yesterday.
ALIASES = {
    "München": ("Munich",),
    "Nürnberg": ("Nuremberg",),
    "Köln": ("Cologne", "Kölle"),
    "Hannover": ("Hanover",),
    "Braunschweig": ("Brunswick",),
    "Frankfurt am Main": ("Ffm", "Frankfurt M", "Mainhattan"),
    "Frankfurt (Oder)": ("Frankfurt an der Oder", "Frankfurt O"),
    "Halle (Saale)": ("Halle an der Saale", "Halle S"),
    "Freiburg im Breisgau": ("Freiburg i. Br.", "Freiburg Brsg"),
    "Mönchengladbach": ("M'gladbach",),
    "Düsseldorf": ("Ddorf",),
    "Chemnitz": ("Karl-Marx-Stadt",),
    "Lutherstadt Wittenberg": ("Wittenberg",),
    "Lutherstadt Eisleben": ("Eisleben",),
    "Dessau-Roßlau": ("Dessau",),
    "Ingelheim am Rhein": ("Ingelheim", "Nieder-Ingelheim"),
    "Aachen": ("Aix-la-Chapelle",),
    "Bautzen": ("Budyšin",),
    "Cottbus": ("Chóśebuz",),
}

# Against the rule of complaints/base/quarters.py: None is a town of its own, a number the town it belongs to.
TOWNS = frozenset(
    {
        2857807,
        2858738,
        3336892,
        2809984,
        12188617,
        2917412,
        2922230,
        2917221,
        2826861,
        2828685,
        2852939,
        2914064,
        2948598,
        2828737,
        2912159,
        2906530,
        2810706,
        2864750,
        2864303,
        2864869,
        2950340,
        2851567,
        2927347,
        2948287,
        2948290,
        2885540,
        2882237,
        2902235,
        2905070,
        2930500,
        11669886,
        2810109,
        2929506,
        2851262,
        2959140,
        2885412,
        2866694,
        2919935,
        2862737,
        2834086,
        2820736,
        2942147,
        2818229,
    }
)
BELONGS_TO: dict[int, int | None] = dict.fromkeys(TOWNS) | {
    2814055: 2844588,  # Warnemünde, Rostock
    2942056: 2921466,  # Buer, Gelsenkirchen
    2857185: 2878234,  # Opladen, Leverkusen
    2864072: 2874545,  # Neue Neustadt, Magdeburg
    2844654: 2937959,  # Roßlau, Dessau-Roßlau
    2930394: 2946447,  # Endenich, Bonn
    2892488: 2809346,  # Mainz-Kastel, Wiesbaden
    2871963: 2886242,  # Mengenich, Köln
    2914796: 2879139,  # Großzschocher, Leipzig
    2932871: 2821164,  # Ehrang, Trier
    2826749: 2945024,  # Stöckheim, Braunschweig
    2924398: 2946447,  # Friesdorf, Bonn
    2906837: 2935022,  # Hellerau, Dresden
    2931779: 2864475,  # Einfeld, Neumünster
    2839258: 2891122,  # Schilksee, Kiel
    2924491: 2891122,  # Friedrichsort, Kiel
    8642861: 2864054,  # Lachen-Speyerdorf, Neustadt an der Weinstraße
    2917726: 2886242,  # Gremberghoven, Köln
}

# Inhabitants that cannot be true (a district's or a copied figure): unknown instead.
POPULATION_UNKNOWN = frozenset({2911287, 2864072})  # Hamburg-Marienthal 287,101; Magdeburg-Neue Neustadt 226,851
