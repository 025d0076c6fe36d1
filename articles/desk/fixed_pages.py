"""About, contact, standards, privacy: what they say in each edition. Every text that readers had stays in the log."""

from django import forms
from django.contrib import admin
from django_prose_editor.fields import ProseEditorFormField
from js_asset import Media

from articles import audit, cache_keys, purging, text
from articles.models import FixedPage

from .forms import BODY_EXTENSIONS
from .site import DeskAdmin


class FixedPageForm(forms.ModelForm):
    body = ProseEditorFormField(
        label="Text",
        extensions=BODY_EXTENSIONS,
        sanitize=text.sanitise,
        help_text=FixedPage._meta.get_field("body").help_text,
    )

    class Meta:
        model = FixedPage
        fields = ("slug", "language", "title", "body")

    def clean_body(self):
        body = text.sanitise(self.cleaned_data["body"])
        if not text.plain(body):
            raise forms.ValidationError("Readers would have an empty page: write something.")
        return body


@admin.register(FixedPage)
class FixedPageAdmin(DeskAdmin):
    form = FixedPageForm
    change_form_template = "desk/fixed_page_form.html"
    called = ("page", "Pages")
    list_display = ("title", "slug", "language", "updated_at")
    list_filter = ("language",)
    fields = FixedPageForm.Meta.fields

    def get_readonly_fields(self, request, obj=None):
        return ("slug", "language") if obj else ()

    def render_change_form(self, request, context, **kwargs):
        # The editor's import map stands in the page, which takes a nonce.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        self._before = FixedPage.objects.filter(pk=obj.pk).values("title", "body").first() if change else None
        super().save_model(request, obj, form, change)
        purging.of_keys([cache_keys.page(obj.slug)])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        purging.of_keys([cache_keys.page(obj.slug)])

    def log_addition(self, request, obj, message):
        return audit.log(request.user, "added", obj, text={"title": obj.title, "body": obj.body})

    def log_deletions(self, request, queryset):
        for one in queryset:
            audit.log(request.user, "deleted", one, before={"title": one.title, "body": one.body})

    def log_change(self, request, obj, message):
        now = {"title": obj.title, "body": obj.body}
        changed = [name for name, value in now.items() if not self._before or self._before[name] != value]
        return audit.log(request.user, "changed", obj, fields=changed, text=now, before=self._before)
