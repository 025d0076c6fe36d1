"""Every address of the site. ``articles.tests.test_addresses`` classifies each of them."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
