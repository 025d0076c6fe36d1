"""What the newsroom does with what a source sends, and where its copy is fetched from: plain forms."""

import re

from django import forms
from django.contrib import admin

from articles import arrivals
from articles.models import Desk, FeedPoint, WireRule

from ..pick_fields import PickField, PickManyField
from ..site import DeskAdmin

_SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,79}")


def _desks(empty):
    # Declared here, it comes without the marks with which Django leads to another form.
    return forms.ModelChoiceField(Desk.objects.all(), required=False, empty_label=empty)


class RuleForm(forms.ModelForm):
    source = PickField("source")
    desk = _desks("The wire desk")
    topics = PickManyField("topic", required=False, help_text="Given to each of its stories.")
    regions = PickManyField("region", required=False, help_text="Given to each of its stories.")

    class Meta:
        model = WireRule
        fields = (
            *("source", "desk", "urgency", "topics", "regions", "replacements", "keep_words", "drop_words"),
            *("keep_categories", "drop_categories", "obeys_kills", "kill_note", "silent_after"),
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 4, "dir": "auto"})
            for name in ("replacements", "keep_words", "drop_words", "keep_categories", "drop_categories")
        }

    def clean_replacements(self):
        lines = self.cleaned_data["replacements"]
        for number, line in enumerate(lines.splitlines(), start=1):
            if line.strip() and not any(arrow in line for arrow in ("→", "=>")):
                raise forms.ValidationError(f"Line {number} has no arrow: write “find → put”, or “find => put”.")
        return lines

    def clean(self):
        data = super().clean()
        if data.get("obeys_kills") and not data.get("kill_note", "").strip():
            self.add_error("kill_note", "Say what readers are told when a kill takes a story from them.")
        return data


@admin.register(WireRule)
class WireRuleAdmin(DeskAdmin):
    called = ("rule for a source", "rules for sources")
    form = RuleForm
    change_form_template = "desk/reference_form.html"
    list_display = ("source", "desk", "urgency", "obeys_kills", "silent_after")
    list_select_related = ("source", "desk")
    search_fields = ("source__name",)
    autocomplete_fields = ()
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("source", "desk", "urgency", "topics", "regions")}),
        ("Words", {"fields": ("replacements", "keep_words", "drop_words")}),
        ("What it is filed under", {"fields": ("keep_categories", "drop_categories")}),
        ("Kills and silence", {"fields": ("obeys_kills", "kill_note", "silent_after")}),
    )


class FeedForm(forms.ModelForm):
    source = PickField("source")
    desk = _desks("As the rules for the source say, or the wire desk")
    format = forms.ChoiceField(help_text="Only where it cannot be told by the content.")

    class Meta:
        model = FeedPoint
        fields = (
            *("source", "kind", "address", "login", "secret_name", "format", "desk", "waits"),
            *("is_active", "every", "silent_after"),
        )

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.fields["format"].choices = arrivals.format_choices()

    def clean_secret_name(self):
        name = self.cleaned_data["secret_name"].strip()
        if name and not _SECRET_NAME.fullmatch(name):
            raise forms.ValidationError("The name of an environment variable, AFP_PASSWORD say: never a password.")
        return name

    def clean_every(self):
        if self.cleaned_data["every"] < 1:
            raise forms.ValidationError("At least a minute.")
        return self.cleaned_data["every"]

    def clean(self):
        data = super().clean()
        address, kind = data.get("address", ""), data.get("kind")
        wanted = {"web": ("https://", "http://"), "folder": ("/",), "mailbox": ("imaps://",)}.get(kind, ())
        if address and wanted and not address.startswith(wanted):
            self.add_error("address", f"It begins with {' or '.join(wanted)}.")
        if "@" in address.partition("://")[2].partition("/")[0]:
            self.add_error("address", "Leave names and passwords out of the address: they have fields of their own.")
        return data


@admin.register(FeedPoint)
class FeedPointAdmin(DeskAdmin):
    called = ("feed", "feeds")
    form = FeedForm
    change_form_template = "desk/reference_form.html"
    list_display = ("source", "kind", "address", "is_active", "last_item_at", "failures", "last_error")
    list_select_related = ("source",)
    search_fields = ("source__name", "address")
    readonly_fields = ("looked_at", "last_item_at", "next_at", "failures", "last_error")
    fields = (*FeedForm.Meta.fields, *readonly_fields)
