"""The photo desk: pictures in the admin, files taken in, and those that stories still await."""

from functools import partial

from django import forms
from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html

from articles import access
from articles.models import Photo

from . import darkroom
from .pick_fields import PickField
from .site import DeskAdmin
from .story_list import BoundedPaginator, short_time
from .times import NewsroomTimeField


class PhotoForm(forms.ModelForm):
    agency = PickField("source", required=False)
    region = PickField("region", required=False)
    taken_at = NewsroomTimeField(required=False, help_text="Newsroom time.")
    usable_until = NewsroomTimeField(required=False, help_text=Photo._meta.get_field("usable_until").help_text)
    focal_x = forms.FloatField(
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": 0.01}),
        help_text="0 the left edge, 1 the right.",
    )
    focal_y = forms.FloatField(
        min_value=0, max_value=1, widget=forms.NumberInput(attrs={"step": 0.01}), help_text="0 the top, 1 the bottom."
    )

    class Meta:
        model = Photo
        fields = ("caption", "alt_text", "photographer", "credit", "is_file_photo", "agency", "rights_holder")
        fields += ("usage_terms", "usable_until", "region", "taken_at", "focal_x", "focal_y")
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
        }


class AwaitingFilter(admin.SimpleListFilter):
    title, parameter_name = "in stories", "used"

    def lookups(self, request, model_admin):
        return [("yes", "used"), ("no", "not used")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(pk__in=Photo.objects.filter(uses__isnull=False).values("pk"))
        return queryset.filter(uses=None) if self.value() == "no" else queryset


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    called = ("picture", "pictures")
    form = PhotoForm
    change_form_template = "desk/photo_form.html"
    change_list_template = "desk/photo_list.html"
    list_display = ("thumb", "words", "credit", "photographer", "rights", "added")
    list_display_links = ("thumb", "words")
    list_filter = (AwaitingFilter, "is_file_photo")
    search_fields = ("caption", "alt_text", "credit", "photographer", "original_name", "public_id")
    paginator = BoundedPaginator
    sortable_by = ()
    readonly_fields = ("facts",)
    fieldsets = (
        (None, {"fields": ("caption", "alt_text", ("photographer", "credit"), "is_file_photo")}),
        ("Rights", {"fields": ("agency", "rights_holder", "usage_terms", "usable_until")}),
        ("The picture", {"fields": ("region", "taken_at", ("focal_x", "focal_y"), "facts")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "region").defer("metadata")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_photo") or request.user.has_perm("articles.change_photo")

    def add_view(self, request, form_url="", extra_context=None):
        return darkroom.upload(request, site=self.admin_site)

    @admin.display(description="picture")
    def thumb(self, obj):
        address = reverse("admin:articles_photo_thumb", args=[obj.pk])
        return format_html(
            '<img class="thumb" src="{}" alt="{}" loading="lazy">', address, obj.alt_text or "No alternative text"
        )

    @admin.display(description="caption")
    def words(self, obj):
        return format_html('<bdi dir="auto">{}</bdi>', str(obj))

    @admin.display(description="rights")
    def rights(self, obj):
        return format_html("until {}", short_time(obj.usable_until)) if obj.usable_until else "no end"

    @admin.display(description="added")
    def added(self, obj):
        return short_time(obj.created_at)

    @admin.display(description="file")
    def facts(self, obj):
        return f"{obj.original_name or 'unnamed'}, {obj.width} × {obj.height} pixels, id {obj.public_id}"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        photo = self.get_object(request, object_id)
        more = {"used_in": darkroom.used_in(photo, request.user)} if photo else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def get_deleted_objects(self, objs, request):
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        stories = access.visible_articles(request.user).filter(captions__photo__in=objs).distinct()
        if protected:
            protected = [f"the story “{story}”" for story in stories] or ["a story that is not open to you"]
        return deleted, counts, needed, protected

    def get_urls(self):
        def address(route, view, name):
            run = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(route, run, name=f"articles_photo_{name}")

        own = [
            address("<int:pk>/thumb/", darkroom.thumb, "thumb"),
            address("wide/<slug:public_id>/", darkroom.wide, "wide"),
            address("<int:pk>/original/", darkroom.original, "original"),
            address("awaited/", darkroom.awaited, "awaited"),
            address("awaited/<int:pk>/", darkroom.fulfil, "fulfil"),
        ]
        return own + super().get_urls()
