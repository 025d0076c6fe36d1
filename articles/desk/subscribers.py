"""Subscribers: who gets our stories, at the desk; and the feed that each of them asks for, outside."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt

from articles import fetching, passing_on
from articles.exporting import newsml, ninjs
from articles.exporting.files import WRITERS, archive, write_files
from articles.exporting.markup import to_bytes
from articles.models import Subscriber

from . import shown
from .pick_fields import PickManyField
from .site import DeskAdmin

_SHOWN = 20


class SubscriberForm(forms.ModelForm):
    regions = PickManyField("region", required=False, help_text="Stories from there; none: from everywhere.")
    topics = PickManyField("topic", required=False, help_text="Stories about these; none: about everything.")
    languages = forms.MultipleChoiceField(
        choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple, help_text="None: all."
    )

    class Meta:
        model = Subscriber
        fields = ("name", "format", "languages", "regions", "topics", "country", "hook", "is_active")

    def clean_country(self):
        code = self.cleaned_data["country"].upper()
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise forms.ValidationError("A country is two letters: SY.")
        return code

    def clean_hook(self):
        address = self.cleaned_data["hook"]
        if address:
            try:
                fetching.judge(address)
            except fetching.Forbidden as error:
                raise forms.ValidationError(str(error)) from error
            if not address.startswith("https://"):
                raise forms.ValidationError("What is called carries stories: its address begins with https://.")
        return address


@admin.register(Subscriber)
class SubscriberAdmin(DeskAdmin):
    form = SubscriberForm
    list_display = ("name", "format", "is_active", "hook", "failing_since", "hook_given_up_at")
    search_fields = ("name",)
    change_form_template = "desk/subscriber_form.html"
    fields = SubscriberForm.Meta.fields

    def get_urls(self):
        make = self.admin_site.admin_view(partial(new_keys, site=self.admin_site))
        own = path("<path:object_id>/keys/", make, name="articles_subscriber_keys")
        return [own, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        if "hook" in form.changed_data or "is_active" in form.changed_data:
            obj.failing_since = obj.hook_given_up_at = None
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, f"{obj} is added. Make its keys now, and give them to whoever is to have them.")
        return redirect("admin:articles_subscriber_change", obj.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        subscriber = self.get_object(request, object_id)
        deliveries = subscriber.deliveries.select_related("release")[:_SHOWN] if subscriber else ()
        context = {"deliveries": deliveries, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)


def new_keys(request, object_id, *, site):
    """Make a subscriber's keys anew and show them, this once."""
    if not request.user.has_perm("articles.change_subscriber"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    subscriber = get_object_or_404(Subscriber, pk=object_id)
    token, secret = passing_on.new_keys(subscriber, request.user)
    address = reverse("subscriber_feed", args=[token])
    context = {
        **site.each_context(request),
        "title": f"Keys of {subscriber}",
        "opts": Subscriber._meta,
        "subscriber": subscriber,
        "address": f"{settings.SITE_URL}{address}" if settings.SITE_URL else request.build_absolute_uri(address),
        "token": token,
        "secret": secret,
    }
    # They are in this answer alone, so nothing may keep it.
    return shown.closed(TemplateResponse(request, "desk/subscriber_keys.html", context))


# --- outside ------------------------------------------------------------------------------------------------------


@csrf_exempt
def feed(request, token=""):
    """What a subscriber gets, in its own form. One answer for every token that opens nothing, to the byte.

    The token stands in the address, or in a header: ``Authorization: Bearer …``. ``?since=`` gives what has changed
    since that instant, the oldest first, up to a hundred; ask again with the time of the last one.
    """
    if request.method not in ("GET", "HEAD"):
        return shown.closed(HttpResponseNotAllowed(["GET", "HEAD"]))
    if not token:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
    subscriber = passing_on.find(token)
    if subscriber is None:
        return shown.closed(HttpResponse("There is no such feed.\n", "text/plain; charset=utf-8", status=404))
    since = None
    if words := request.GET.get("since", ""):
        since = _instant(words)
        if since is None:
            answer = "That is no time: write 2026-03-02T09:00:00Z.\n"
            return shown.closed(HttpResponse(answer, "text/plain; charset=utf-8", status=400))
    response = _written(passing_on.feed(subscriber, since), subscriber.format)
    return shown.closed(response)


def _instant(words):
    try:
        at = parse_datetime(words.replace(" ", "+"))
        return at if at is None or timezone.is_aware(at) else timezone.make_aware(at)
    except (ValueError, OverflowError):
        return None


def _written(stories, format) -> HttpResponse:
    """The stories in one answer: a list of ninjs objects, a news message, or an archive of NITF documents."""
    if format == "ninjs":
        body = b"[" + b",\n".join(ninjs.write(story) for story in stories) + b"]"
        return HttpResponse(body, "application/json")
    if format == "newsml":
        return HttpResponse(to_bytes(newsml.message(*stories)), WRITERS[format].content_type)
    response = HttpResponse(content_type="application/zip")
    with archive(response) as put:
        write_files(stories, format, put)
    return response
