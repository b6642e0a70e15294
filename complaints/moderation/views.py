"""The fresh form token that a kept report asks for before it is sent."""

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from complaints.base.formtoken import new_token


@require_safe
def token(request: HttpRequest) -> JsonResponse:
    response = JsonResponse({"token": new_token(kept=True)})
    patch_cache_control(response, no_store=True)
    return response
