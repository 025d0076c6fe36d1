"""What a browser is given to keep: the site's name and icon for its home screen, and the last pages for no network."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from articles import text
from articles.readers import addresses, http, styles, words

# What the page without network needs to look like the site.
_FIRST = [
    *("theme.js", "story.js", "digits.js"),
    *("fonts/newsreader-display.woff2", "fonts/newsreader-semibold.woff2", "fonts/newsreader-regular.woff2"),
]


@http.public()
def offline(request, language):
    """What somebody reads who has no network, of a page that their browser has not kept."""
    return http.Page(
        "readers/offline.html",
        at=timezone.now(),
        other=addresses.offline(addresses.other_edition(language)),
        noindex=True,
    )


@http.public()
def worker(request, language):
    """The script that keeps pages. It stands at the root, for it answers for everything beneath its address."""
    script = render_to_string(
        "readers/sw.js",
        {
            "build": http.build(),
            "desk": reverse("admin:index"),
            "static_prefix": settings.STATIC_URL,
            "first": [*styles.addresses(), *(static(f"readers/{name}") for name in _FIRST)],
        },
    )
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@http.public()
def manifest(request, language):
    """The site as an application (W3C Web Application Manifest)."""
    home = addresses.home(language)
    name = words.site_name()
    icons = [
        {"src": static(f"readers/icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    maskable = {"src": static("readers/icons/maskable-512.png"), "sizes": "512x512", "type": "image/png"}
    described = {
        "id": home,
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": text.direction(language),
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [*icons, {**maskable, "purpose": "maskable"}],
    }
    return HttpResponse(
        json.dumps(described, ensure_ascii=False, indent=1), content_type="application/manifest+json; charset=utf-8"
    )
