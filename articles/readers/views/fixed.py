"""The fixed pages: about, contact, standards, privacy. Written at the desk, in each edition by itself."""

from django.http import Http404
from django.utils import timezone

from articles import cache_keys, text
from articles.models import FixedPage
from articles.readers import addresses, http, jsonld, sharing, words


@http.public(http.PAGE)
def page(request, language, slug):
    editions = {one.language: one for one in FixedPage.objects.filter(slug=slug)}
    here = editions.get(language)
    if here is None:
        raise Http404("Nobody has written it.")
    address = addresses.fixed(language, slug)
    other = addresses.other_edition(language)
    opening = text.paragraphs(here.body)[:1]
    return http.Page(
        "readers/fixed.html",
        {"name": here.title, "body": here.body, "updated_at": here.updated_at},
        at=timezone.now(),
        other=addresses.fixed(other, slug) if other in editions else "",
        share=sharing.Share(f"{here.title} – {words.site_name()}", opening[0] if opening else ""),
        keys=[cache_keys.page(slug)],
        described=[jsonld.breadcrumb([(here.title, addresses.absolute(request, address))])],
    )
