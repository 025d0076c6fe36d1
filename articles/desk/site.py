"""The desk's admin site."""

from django.contrib import admin


class DeskSite(admin.AdminSite):
    site_header = "Newsroom"
