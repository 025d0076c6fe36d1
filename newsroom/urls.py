"""Every address of the site. ``articles.tests.test_addresses`` classifies each of them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.readers.urls")),  # last: its final address answers whatever nothing else does
]

handler404 = "articles.readers.http.not_found"
handler500 = "articles.readers.http.server_error"
