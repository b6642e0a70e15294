"""What was booked, in the words of the workplace: what is bought, and where it is shown."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from complaints.base.tags import number
from complaints.reports.models import problems_of
from operators.ads.models import Campaign, State

NEXT = {
    State.DRAFT: _("Nobody but you sees it. Submitted, it waits for the site, which looks at every ad."),
    State.SUBMITTED: _("The site looks at it. Its answer stands below; until it is approved, nothing runs or costs."),
    State.APPROVED: _(
        "It begins by itself on its first day, at once where that is past. A fixed price is charged by the day from "
        "then on."
    ),
    State.REJECTED: _("The reason stands below. Change it and submit it again."),
    State.RUNNING: _("It ends by itself after its last day."),
    State.PAUSED: _(
        "Nothing is shown. A fixed price goes on, since the period stays booked; a price for views or clicks costs "
        "nothing meanwhile."
    ),
    State.ENDED: _("It is over. What it cost stands in the report and, after the end of the month, in a statement."),
}
"""What follows from a state, by itself or by somebody."""


def terms(campaign: Campaign) -> list[str]:
    """What is bought and every limit of a booking, one sentence each; at most two queries."""
    return [*_bought(campaign), *_limits(campaign), *_pages(campaign)]


def _bought(campaign: Campaign) -> list[str]:
    if campaign.booked_views:
        words = ngettext(
            "%(count)s view, spread over the period", "%(count)s views, spread over the period", campaign.booked_views
        )
        return [words % {"count": number(campaign.booked_views)}]
    if campaign.exclusive:
        return [_t("alone in its slots")]
    if campaign.share:
        return [_t("%(share)s per cent of the views of its slots") % {"share": campaign.share}]
    return [_t("takes turns with others, weight %s") % campaign.weight]


def _limits(campaign: Campaign) -> list[str]:
    found = []
    if campaign.daily_cap:
        found.append(_t("at most %s views a day") % number(campaign.daily_cap))
    if campaign.total_cap:
        found.append(_t("at most %s views in all") % number(campaign.total_cap))
    if campaign.excludes_rivals:
        found.append(_t("not beside rivals"))
    return found


def _pages(campaign: Campaign) -> list[str]:
    chosen = {
        _t("networks and brands"): [carrier.name for carrier in campaign.carriers.all()],
        _t("places"): [place.name for place in campaign.places.all()],
        _t("trouble"): [str(problem.label) for problem in problems_of(campaign.problems)],
        _t("language"): [campaign.get_language_display()] if campaign.language else [],
        _t("device"): [campaign.get_device_display()] if campaign.device else [],
    }
    found = [f"{what}: {', '.join(names)}" for what, names in chosen.items() if names]
    return [_t("only %s") % one for one in found] or [_t("on all pages that have these slots")]
