"""Two pages for people who change this site: its parts in all their states, and how it speaks."""

import re
from dataclasses import dataclass
from functools import cache

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.base.chart import bar_chart
from complaints.base.ratescale import steps
from operators.members.queries import is_site_staff

WEEKS = 13
STANDINGS = ("open", "due-soon", "moved", "overdue", "kept", "broken")
GROUPS = (
    ("Farben", re.compile(r"^(paper|surface|ink|ink-soft|line|accent|accent-wash|good|warn|bad)$")),
    ("Farben der Netze, nur in Daten", re.compile(r"^tone-\d$")),
)


@dataclass(frozen=True)
class Token:
    """A custom property of the style sheet, as it stands there for light pages."""

    name: str
    value: str


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", max_length=40, required=False)
    place = forms.CharField(label="Ort")
    carrier = forms.ChoiceField(label="Anbieter", choices=[("o2", "O2"), ("telekom", "Telekom")])
    since = forms.DateField(label="Von", required=False, widget=forms.DateInput({"type": "date"}))
    text = forms.CharField(label="Was ist passiert?", required=False, widget=forms.Textarea({"rows": 3}))
    shut = forms.CharField(label="Gerade nicht zu ändern", required=False, disabled=True, initial="Nr. 8124")
    frequency = forms.ChoiceField(
        label="Wie oft?",
        required=False,
        choices=[("once", "einmal"), ("daily", "jeden Tag")],
        initial="daily",
        widget=forms.RadioSelect,
    )
    problems = forms.MultipleChoiceField(
        label="Was ist das Problem?",
        choices=[("sms", "SMS"), ("dropped", "Gespräche brechen ab")],
        widget=forms.CheckboxSelectMultiple,
    )


@cache
def tokens() -> list[Token]:
    """The tokens of the style sheet's first block, in its order."""
    css = (settings.BASE_DIR / "static" / "base.css").read_text()
    block = css.partition(":root {")[2].partition("\n}")[0]
    return [Token(name, value) for name, value in re.findall(r"--([\w-]+): ([^;]+);", block)]


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """/intern/gestaltung/: tokens and components with their states, for the site's own staff."""
    if not is_site_staff(request.user):
        raise Http404
    all_tokens = tokens()
    weeks = [(f"Woche {n + 1}", (n * 37) % 61 + 4) for n in range(WEEKS)]
    context = {
        "colours": [(title, [token for token in all_tokens if kind.match(token.name)]) for title, kind in GROUPS],
        "others": [token for token in all_tokens if not any(kind.match(token.name) for _title, kind in GROUPS)],
        "form": SampleForm(initial={"name": "Katja", "carrier": "o2"}, prefix="frei"),
        "wrong": SampleForm({"falsch-text": "Ich stand am Bahnsteig."}, prefix="falsch"),
        "chart": bar_chart(weeks),
        "steps": steps(5.9),
        "standings": [{"standing": standing} for standing in STANDINGS],
        "icons": sorted(path.stem for path in (settings.BASE_DIR / "static" / "icons").glob("*.svg")),
    }
    return admin.site.admin_view(render)(request, "pages/parts.html", context)


@require_safe
def tone(request: HttpRequest) -> HttpResponse:
    """/intern/tonfall/: how the site speaks, for everybody who writes here."""
    return admin.site.admin_view(render)(request, "pages/tone.html")
