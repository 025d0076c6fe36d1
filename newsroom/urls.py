"""Every address of the site. ``test_permissions`` says of each of the desk's who may open it."""

from django.contrib import admin
from django.urls import include, path

from articles.desk import sharing, subscribers

urlpatterns = [
    path("admin/", admin.site.urls),
    # For people without an account, by an address that they were given.
    path("preview/<str:token>/", sharing.show, name="preview"),
    path("preview/<str:token>/pictures/<slug:public_id>/", sharing.picture, name="preview_picture"),
    # For subscribers, by a token that they were given.
    path("subscribers/feed/", subscribers.feed, name="subscriber_feed_by_header"),
    path("subscribers/feed/<str:token>/", subscribers.feed, name="subscriber_feed"),
    path("", include("articles.readers.urls")),  # last: its final address answers whatever nothing else does
]

handler404 = "articles.readers.http.not_found"
handler500 = "articles.readers.http.server_error"
