"""schema.org descriptions of what a page shows, for machines. Built from the same data as the page and nothing else."""

import json

from django.utils.html import _json_script_escapes
from django.utils.safestring import mark_safe


def script(data):
    """The description as it may stand inside a script element: no character in it can end the element."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(words.translate(_json_script_escapes))  # <, > and & are escaped


def organisation(site_name, home):
    return {"@type": "NewsMediaOrganization", "name": site_name, "url": home}


def article(release, document, *, url, images, authors, site_name, home):
    """NewsArticle. ``authors`` are (name, absolute address or empty), ``images`` absolute addresses."""
    publisher = organisation(site_name, home)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": release.headline,
        "inLanguage": document["language"],
        "datePublished": release.published_at.isoformat(),
        "dateModified": max(release.live_from, release.published_at).isoformat(),
        "isAccessibleForFree": True,
        "wordCount": document["words"],
        "publisher": publisher,
        "author": [
            {"@type": "Person", "name": name, "url": address} if address else {"@type": "Organization", "name": name}
            for name, address in authors
        ]
        or [publisher],
    }
    if release.standfirst:
        data["description"] = release.standfirst
    if images:
        data["image"] = images
    if document["dateline"]:
        data["dateline"] = document["dateline"]
    if document["topics"]:
        data["articleSection"] = document["topics"][0]["name"]
        data["keywords"] = [topic["name"] for topic in document["topics"]]
    if document["regions"]:
        data["contentLocation"] = [{"@type": "Place", "name": region["name"]} for region in document["regions"]]
    corrections = [note for note in document["corrections"] if note["kind"] == "correction"]
    if corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": note["note"], "datePublished": note["at"]} for note in corrections
        ]
    return data


def breadcrumb(steps):
    """BreadcrumbList. ``steps`` are (name, absolute address), the outermost first."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }
