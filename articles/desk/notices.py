"""What somebody has been told: the list behind the bell, the way to what a notice is about, and what to be told."""

from functools import partial

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from articles import notices
from articles.models import Mute, Notice

from .site import DeskAdmin
from .story_list import BoundedPaginator

SHOWN = 50


@admin.register(Notice)
class NoticeAdmin(DeskAdmin):
    """Its place in the admin; every screen is one of the functions below, and shows one's own notices alone."""

    def has_module_list(self, request):
        return False

    def get_urls(self):
        def address(route, view, name):
            run = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(route, run, name=f"articles_notice_{name}")

        return [
            address("", listing, "changelist"),
            address("read/", read, "read"),
            address("settings/", settings, "settings"),
            address("<int:pk>/", open_notice, "open"),
        ]


def listing(request, *, site):
    """One's notices, newest first."""
    shown = notices.shown_to(request.user).select_related("article").defer("article__body")
    page = BoundedPaginator(shown, SHOWN).get_page(request.GET.get("page"))
    context = {**site.each_context(request), "title": "Notices", "opts": Notice._meta, "page": page}
    return TemplateResponse(request, "desk/notices.html", context)


def open_notice(request, pk, *, site):
    """Mark a notice as read, and go to what it is about."""
    notice = notices.shown_to(request.user).filter(pk=pk).first() or _by_mail_alone(request.user, pk)
    if notice is None:
        raise Http404("There is no such notice.")
    notices.mark_read(request.user, pk)
    return redirect(notices.leads_to(notice) or "admin:articles_notice_changelist")


def _by_mail_alone(user, pk):
    """A notice that is muted on the desk: the mail leads here, too."""
    return Notice.objects.filter(recipient=user, pk=pk, by_mail=True).first()


@require_POST
def read(request, *, site):
    """Mark one notice as read (``notice=12``), or all."""
    wanted = request.POST.get("notice", "")
    if wanted and not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 19):
        raise Http404("There is no such notice.")
    notices.mark_read(request.user, int(wanted) if wanted else None)
    return redirect("admin:articles_notice_changelist")


def settings(request, *, site):
    """What to be told, and how: each reason on the desk, by e-mail, both or neither."""
    every = [(reason.value, channel.value) for reason in Notice.Reason for channel in Mute.Channel]
    if request.method == "POST":
        wanted = set(request.POST.getlist("tell"))
        notices.set_mutes(request.user, {one for one in every if "-".join(one) not in wanted})
        messages.success(request, "Kept. It holds from now on.")
        return redirect("admin:articles_notice_settings")
    muted = notices.mutes_of(request.user)
    rows = [
        (reason.label, [(f"{reason}-{way}", way.label, (reason, way) not in muted) for way in Mute.Channel])
        for reason in Notice.Reason
    ]
    context = {**site.each_context(request), "title": "What you are told", "opts": Notice._meta, "rows": rows}
    context |= {"channels": [channel.label for channel in Mute.Channel]}
    return TemplateResponse(request, "desk/notice_settings.html", context)
