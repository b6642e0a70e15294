"""What every page may show about the site itself."""

from django.http import HttpRequest

from complaints.reports.queries import has_demo_data


def site(request: HttpRequest) -> dict[str, object]:
    return {"site_is_demo": has_demo_data()}
