"""Reports: what customers say about their network, and what must happen with it."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.moderation.models import Reason
from complaints.places.models import Place
from complaints.reports.status import Status

TEXT_LIMIT = 4000


class Problem(models.TextChoices):
    NO_NETWORK = "no-network", _("No network at all")
    NO_OUTGOING = "no-outgoing", _("Outgoing calls do not get through")
    NO_INCOMING = "no-incoming", _("Incoming calls do not arrive")
    DROPPED = "dropped", _("Calls drop")
    SMS = "sms", _("Text messages late or lost")
    DATA_NONE = "data-none", _("Mobile data does not work")
    DATA_SLOW = "data-slow", _("Mobile data is very slow")
    OTHER = "other", _("Something else")
    WORKS = "works", _("Everything works")


BITS = {problem.value: 1 << n for n, problem in enumerate(Problem)}
WORKS_BIT = BITS[Problem.WORKS]
TROUBLE_BITS = WORKS_BIT - 1


class Technology(models.TextChoices):
    G2 = "2g", _("2G (GSM)")
    G3 = "3g", _("3G (UMTS)")
    G4 = "4g", _("4G (LTE)")
    G5 = "5g", _("5G")
    UNKNOWN = "unknown", _("do not know")


class Situation(models.TextChoices):
    INDOORS = "indoors", _("indoors")
    OUTDOORS = "outdoors", _("outdoors")
    CAR = "car", _("in the car")
    TRAIN = "train", _("on the train")


class Frequency(models.TextChoices):
    ONCE = "once", _("once")
    SOMETIMES = "sometimes", _("sometimes")
    OFTEN = "often", _("often")
    ALWAYS = "always", _("always")


class Hotline(models.TextChoices):
    ISOLATED = "isolated", _("“an isolated case”")
    KNOWN = "known", _("the problem is known")
    FIXED_SOON = "fixed-soon", _("it will be fixed soon")
    NO_ANSWER = "no-answer", _("no answer")
    NOT_ASKED = "not-asked", _("did not ask")


class Precision(models.TextChoices):
    """How exactly the place of a report is known."""

    POINT = "point", _("to about 100 m")
    QUARTER = "quarter", _("quarter")
    POSTCODE = "postcode", _("postcode")
    TOWN = "town", _("town")


class Source(models.TextChoices):
    WEB = "web", _("filed here")
    IMPORT = "import", _("imported")
    DEMO = "demo", _("demo")


def bits_of(problems: list[str]) -> int:
    """The bit mask of problem slugs; raises KeyError for an unknown one."""
    mask = 0
    for problem in problems:
        mask |= BITS[problem]
    return mask


def problems_of(mask: int) -> list[Problem]:
    """The problems of a bit mask, in the form's order."""
    return [problem for problem in Problem if mask & BITS[problem]]


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> Self:
        """What visitors may see: not held for a look, neither hidden by the site nor withdrawn by its author."""
        return self.filter(hidden_at=None, withdrawn_at=None, held_at=None)

    def waiting(self) -> Self:
        """What is held until somebody of the site has looked at it."""
        return self.filter(hidden_at=None, withdrawn_at=None, held_at__isnull=False)

    def saying(self, words: str) -> Self:
        """Those whose text has all of the words, in any form; quotes and minus as in a web search."""
        vector, query = (
            SearchVector("text", config="german"),
            SearchQuery(words, config="german", search_type="websearch"),
        )
        return self.annotate(words=vector).filter(words=query)

    def newest(self) -> Self:
        return self.order_by("-number")

    def for_list(self) -> Self:
        """Everything a row of a list shows, in one query."""
        return self.select_related("carrier", "network", "land", "district", "town", "quarter")


class Report(models.Model):
    """A customer's account of a network problem; its public number is the case number.

    Coordinates are WGS84 degrees rounded to 0.001 (about 100 m); `zorder` is their key (complaints/base/zorder.py).
    `problems` is a bit mask in the order of `Problem`. `happened_at` is the customer's clock, `received_at` ours;
    `happened_on` is the day of `happened_at` in the site's time zone. `repeats`: the same device says that it told of
    this network and town before, which is why receipts do not count it once more.
    """

    number = models.BigAutoField(_("case number"), primary_key=True)
    submission = models.UUIDField(_("submission key"))
    carrier = models.ForeignKey(
        Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="reports", db_index=False
    )
    network = models.ForeignKey(
        Carrier, verbose_name=_("network"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    problems = models.PositiveSmallIntegerField(_("problems"))
    technology = models.CharField(_("technology"), max_length=8, choices=Technology.choices, blank=True)
    situation = models.CharField(_("situation"), max_length=8, choices=Situation.choices, blank=True)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency.choices, blank=True)
    hotline = models.CharField(_("what the hotline said"), max_length=10, choices=Hotline.choices, blank=True)
    device = models.CharField(_("device"), max_length=80, blank=True)
    system = models.CharField(_("system version"), max_length=80, blank=True)
    text = models.TextField(_("text"), blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    happened_at = models.DateTimeField(_("happened at"))
    received_at = models.DateTimeField(_("got through at"))
    happened_on = models.DateField(_("happened on"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    precision = models.CharField(_("precision"), max_length=8, choices=Precision.choices, default=Precision.POINT)
    zorder = models.BigIntegerField()
    place_text = models.CharField(_("place as typed"), max_length=120, blank=True)
    land = models.ForeignKey(Place, verbose_name=_("Land"), on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey(
        Place,
        verbose_name=_("Kreis"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    town = models.ForeignKey(
        Place, verbose_name=_("town"), null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    quarter = models.ForeignKey(
        Place,
        verbose_name=_("quarter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=6, choices=Source.choices, default=Source.WEB)
    repeats = models.BooleanField(_("reported before"), default=False, db_default=False)
    echoes = models.PositiveIntegerField(_("echoes"), default=0, db_default=0)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.FILED, db_default=Status.FILED.value
    )
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    held_reason = models.CharField(
        _("why it is held"), max_length=20, choices=Reason.choices, blank=True, db_default=""
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("submission", name="submission_is_one_report"),
            models.CheckConstraint(
                condition=Q(problems__gte=1, problems__lte=TROUBLE_BITS) | Q(problems=WORKS_BIT),
                name="report_has_problems_or_works_alone",
            ),
            models.CheckConstraint(condition=Q(latitude__gte=-90, latitude__lte=90), name="latitude_is_on_earth"),
            models.CheckConstraint(condition=Q(longitude__gte=-180, longitude__lte=180), name="longitude_is_on_earth"),
            models.CheckConstraint(condition=Q(zorder__gte=0, zorder__lt=1 << 48), name="zorder_has_48_bits"),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("received_at")), name="report_happened_before_it_arrived"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(text="", name="", device="", system="", place_text=""),
                name="withdrawn_report_keeps_no_words",
            ),
            models.CheckConstraint(condition=Q(text__length__lte=TEXT_LIMIT), name="report_text_has_a_limit"),
            models.CheckConstraint(condition=Q(held_at=None) | ~Q(held_reason=""), name="held_report_says_why"),
        ]
        indexes = [
            models.Index(
                fields=("zorder", "happened_on"),
                name="reports_near_a_point",
                include=("network", "problems"),
                condition=Q(hidden_at=None, withdrawn_at=None),
            ),
            models.Index(fields=("network", "-number"), name="reports_of_a_network"),
            models.Index(fields=("carrier", "-number"), name="reports_of_a_carrier"),
            models.Index(fields=("happened_on", "-number"), name="reports_of_a_day"),
            models.Index(fields=("town", "-number"), name="reports_of_a_town", condition=Q(town__isnull=False)),
            models.Index(
                fields=("quarter", "-number"), name="reports_of_a_quarter", condition=Q(quarter__isnull=False)
            ),
            models.Index(
                fields=("district", "-number"), name="reports_of_a_district", condition=Q(district__isnull=False)
            ),
            models.Index(fields=("land", "-number"), name="reports_of_a_land"),
            models.Index(
                fields=("town", "network", "happened_on"),
                name="reports_around_a_town",
                include=("problems", "number"),
                condition=Q(hidden_at=None, withdrawn_at=None, town__isnull=False),
            ),
            models.Index(
                fields=("district", "network", "happened_on"),
                name="reports_around_a_district",
                include=("problems", "number"),
                condition=Q(hidden_at=None, withdrawn_at=None, district__isnull=False),
            ),
            models.Index(
                fields=("carrier", "received_at", "number"),
                name="reports_without_an_answer",
                include=("town", "problems"),
                condition=Q(answered_at=None, hidden_at=None, withdrawn_at=None, held_at=None)
                & Q(problems__lt=WORKS_BIT),
            ),
            models.Index(fields=("number",), name="reports_that_wait", condition=Q(held_at__isnull=False)),
            models.Index(fields=("number",), name="reports_of_the_demo", condition=Q(source="demo")),
            GinIndex(SearchVector("text", config="german"), name="reports_by_words"),
        ]

    def __str__(self) -> str:
        return f"Nr. {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=(self.number,))

    @property
    def place_name(self) -> str:
        """The most telling name of where it happened: "Münster", "Kreuzberg (Berlin)"."""
        place = str(self.town or self.district or self.land)
        return f"{self.quarter} ({place})" if self.quarter else place

    @property
    def delay_minutes(self) -> int:
        """Minutes between what happened and its arrival here."""
        return int((self.received_at - self.happened_at).total_seconds() // 60)

    @property
    def works(self) -> bool:
        return self.problems == WORKS_BIT

    @property
    def problem_list(self) -> list[Problem]:
        return problems_of(self.problems)


models.TextField.register_lookup(Length)


class Contact(models.Model):
    """The e-mail address a reporter left; deleted when no longer needed."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="contact", primary_key=True)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="de")
    created_at = models.DateTimeField(auto_now_add=True)
