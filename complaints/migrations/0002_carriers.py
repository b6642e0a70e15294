"""The German networks and the best known brands that run on them (operators' own publications, as of 2026)."""

from datetime import date

from django.db import migrations

# slug, name, runs on, colour number, closed on
NETWORKS = [
    ("o2", "O2", 1, None),
    ("telekom", "Telekom", 2, None),
    ("vodafone", "Vodafone", 3, None),
    ("1und1", "1&1", 4, None),
    ("e-plus", "E-Plus", 5, date(2016, 2, 3)),
]
BRANDS = [
    ("aldi-talk", "Aldi Talk", "o2"),
    ("blau", "Blau", "o2"),
    ("fonic", "Fonic", "o2"),
    ("tchibo", "Tchibo Mobil", "o2"),
    ("netzclub", "netzclub", "o2"),
    ("whatsapp-sim", "WhatsApp SIM", "o2"),
    ("ay-yildiz", "Ay Yildiz", "o2"),
    ("congstar", "congstar", "telekom"),
    ("klarmobil", "klarmobil", "telekom"),
    ("penny-mobil", "Penny Mobil", "telekom"),
    ("ja-mobil", "ja! mobil", "telekom"),
    ("norma-connect", "Norma Connect", "telekom"),
    ("edeka-smart", "Edeka smart", "telekom"),
    ("otelo", "otelo", "vodafone"),
    ("lidl-connect", "Lidl Connect", "vodafone"),
    ("sim-de", "SIM.de", "1und1"),
    ("winsim", "winSIM", "1und1"),
    ("drillisch", "Drillisch", "1und1"),
]


def fill(apps, schema_editor):
    Carrier = apps.get_model("complaints", "Carrier")
    known = {}
    for slug, name, tone, closed_on in NETWORKS:
        known[slug] = Carrier.objects.create(slug=slug, name=name, tone=tone, closed_on=closed_on)
        known[slug].runs_on = known[slug]
        known[slug].save()
    for slug, name, host in BRANDS:
        Carrier.objects.create(slug=slug, name=name, tone=known[host].tone, runs_on=known[host])


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
