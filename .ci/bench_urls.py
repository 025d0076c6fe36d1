"""The site's addresses behind a bare view: one row through one template, as little as a story can cost with Django."""

from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import include, path

from articles.models import Release

_PAGE = engines["django"].from_string(
    "<!doctype html><html lang=en><title>{{ row.headline }}</title><h1>{{ row.headline }}</h1>"
    "<p>{{ row.standfirst }}</p><p>{{ row.published_at }}</p>{{ row.document.body|safe }}</html>"
)


def bare(request, pk):
    row = Release.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    response = HttpResponse(_PAGE.render({"row": row}))
    response["Cache-Control"] = "public, max-age=0"
    return response


bare.is_public = True

urlpatterns = [path("bare/<int:pk>/", bare), path("", include("newsroom.urls"))]
handler404 = "articles.readers.http.not_found"
handler500 = "articles.readers.http.server_error"
