"""Pages of guest posts, their pictures, and the promises in them."""

from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from complaints.reports.queries import version
from operators.posts import queries
from operators.posts.forms import PostFilterForm, PromiseFilterForm
from operators.posts.models import PictureSize, Post
from operators.posts.preview import post_of

YEAR = 365 * 24 * 60 * 60


@require_safe
@public_page(version)
def post_list(request: HttpRequest) -> HttpResponse:
    """All posts, newest first, or those of one carrier."""
    form = PostFilterForm(request.GET)
    if not form.is_valid():
        raise Http404(next(iter(form.errors.values()))[0])
    page = queries.list_page(form.carrier, form.page)
    if form.page > 1 and not page.posts:
        raise Http404(_t("The list has no page with this number."))
    return render(request, "operators/posts/list.html", {"page": page, "carrier": form.carrier})


@require_safe
@public_page(version)
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """A post; one that was retracted or hidden keeps its address and says why, with status 410."""
    posts = Post.objects.public().select_related("carrier", "thread")
    found = get_object_or_404(posts, slug=slug)
    context = {"page": queries.post_page(found)}
    return render(
        request, "operators/posts/post.html", context, status=410 if found.retracted_at or found.hidden_at else 200
    )


@require_safe
@public_page(version)
def promise_list(request: HttpRequest) -> HttpResponse:
    """The ledger: all promises of all carriers, how they stand, and how they came to stand so."""
    form = PromiseFilterForm(request.GET)
    if not form.is_valid():
        raise Http404(next(iter(form.errors.values()))[0])
    place, standing = form.cleaned_data["ort"], form.cleaned_data["stand"]
    page = queries.ledger(form.carrier, place, standing, form.page)
    if form.page > 1 and not page.promises:
        raise Http404(_t("The list has no page with this number."))
    kept = {"anbieter": form.carrier and form.carrier.slug, "ort": place and form.data["ort"], "stand": standing}
    context = {"page": page, "carrier": form.carrier, "place": place, "standing": standing}
    context |= {"query": urlencode({name: value for name, value in kept.items() if value})}
    return render(request, "operators/posts/promises.html", context)


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A post as it will look, for whoever holds the link; never kept, never indexed."""
    try:
        number = post_of(key)
    except signing.SignatureExpired as error:
        raise Http404(_t("This preview has expired. Ask for a new link.")) from error
    except signing.BadSignature as error:
        raise Http404(_t("This link does not belong to a preview.")) from error
    found = get_object_or_404(Post.objects.select_related("carrier"), pk=number, hidden_at=None)
    response = render(request, "operators/posts/post.html", {"page": queries.post_page(found), "preview": True})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def picture(request: HttpRequest, key: UUID, width: int) -> HttpResponse:
    """One width of a picture; its content never changes."""
    etag = f'"{key}-{width}"'
    sizes = PictureSize.objects.only("content").filter(picture__post__hidden_at=None)
    size = get_object_or_404(sizes, picture__key=key, width=width)
    response = HttpResponse(bytes(size.content), content_type="image/webp")
    found = get_conditional_response(request, etag=etag, response=response) or response
    found.headers["ETag"] = etag
    patch_cache_control(found, public=True, max_age=YEAR, immutable=True)
    return found
