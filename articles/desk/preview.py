"""The story as readers would see it, made from the working copy: for the people of its desk, and for an hour.

The address is signed. It names the story, the version that it shows and the person it was made for, so it is dead as
soon as the hour is over, the story is saved or moved, or that person may no longer see the story.
"""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import documents, guards, text, writing

from . import releases, story

LASTS = timedelta(hours=1)
_SALT = "articles.desk.preview"


def token_for(article, user) -> str:
    return signing.TimestampSigner(salt=_SALT).sign_object([article.public_id, article.version, user.pk])


def open_preview(request, object_id, *, site):
    """Make an address and go there."""
    article = story.find(request, object_id)
    return redirect("admin:articles_article_preview_signed", article.pk, token_for(article, request.user))


def show(request, object_id, token, *, site):
    """The preview itself; an address that has run out says so, and offers a new one."""
    article = story.find(request, object_id)
    try:
        named = signing.TimestampSigner(salt=_SALT).unsign_object(token, max_age=LASTS)
    except signing.BadSignature:
        named = None
    if named != [article.public_id, article.version, request.user.pk]:
        context = {**site.each_context(request), "title": "This preview has run out", "article": article}
        return _closed(TemplateResponse(request, "desk/preview_gone.html", context, status=HTTPStatus.GONE))
    content = writing.snapshot(article)
    now = timezone.now()
    readable = documents.build(
        article,
        content,
        published_at=now,
        photos=guards.photos_of(content),
        corrections=documents.corrections_of(article),
    )
    context = {
        **site.each_context(request),
        **_as_readers_see(article, readable.document, now),
        "title": article.headline,
        "article": article,
        "missing": guards.between_story_and_readers(article),
        "until": now + LASTS,
    }
    return _closed(TemplateResponse(request, "desk/preview.html", context))


def _as_readers_see(article, document, now) -> dict:
    """What ``readers/_story.html`` asks for. Templates are shared, code is not: it is said anew here."""
    language = documents.edition(document["language"])
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"

    def link(name, path, key):
        return {"name": name, "address": f"{prefix}/{path}/{key}/" if key else ""}

    pictures = [_picture(picture) for picture in document["pictures"]]
    regions = [link(region["name"], "regions", region["path"]) for region in document["regions"]]
    return {
        "headline": document["headline"],
        "standfirst": document["standfirst"],
        "language": language,
        "direction": text.direction(language),
        "story_language": document["language"],
        "story_direction": document["direction"],
        "breaking": article.breaking,
        "kicker": regions[0] if regions else None,
        "bylines": [link(line["name"], "authors", line["slug"]) for line in document["bylines"]],
        "published_at": now,
        "minutes": document["minutes"],
        "lead": pictures[0] if pictures else None,
        "pieces": [{"html": document["body"]}, *({"picture": picture} for picture in pictures[1:])],
        "sources": [
            {**link(source["name"], "sources", source["slug"]), "kind": source["kind"], "use": ", ".join(source["use"])}
            for source in document["sources"]
        ],
        "notes": [{**note, "at": parse_datetime(note["at"])} for note in document["corrections"]],
        "regions": regions,
        "topics": [link(topic["name"], "topics", topic["slug"]) for topic in document["topics"]],
        "url": f"{settings.SITE_URL}{releases.public_address(article)}",
    }


def _picture(picture):
    """A picture with the address that the desk shows it under: its public files are not named before a release."""
    return {
        **picture,
        "src": reverse("admin:articles_photo_wide", args=[picture["id"]]),
        "jpeg": "",
        "avif": "",
        "focus": "",
    }


def _closed(response):
    """Nobody keeps it, nobody lists it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
