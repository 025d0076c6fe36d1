"""What stories name: regions, topics, sources, authors and desks. Whoever renames one keeps its old address."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms.models import BaseInlineFormSet
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from articles import audit, renaming, text
from articles.models import Author, ConfidentialSource, Desk, DeskMember, Region, Source, Topic, User

from .pick_fields import PickField, PickManyField
from .picking import Known, also_called
from .site import DeskAdmin
from .word_fields import WordListField, WordsByLanguageField


class ReferenceAdmin(DeskAdmin):
    """A thing with an address of its own."""

    kind = ""
    change_form_template = "desk/reference_form.html"

    def save_model(self, request, obj, form, change):
        before = type(obj).objects.values_list("slug", flat=True).get(pk=obj.pk) if change else ""
        super().save_model(request, obj, form, change)
        if change:
            renaming.renamed(self.kind, obj, before, request.user)
        else:
            renaming.keep_address(self.kind, "", obj.code, now_at=obj.slug)


class AliasesSearched:
    """A list whose search knows the other names of things, too."""

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if words := text.clean_line(search_term):
            named, condition = also_called(queryset, words)
            found = queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=named.filter(condition).values("pk")))
        return found, may_repeat


class RegionForm(forms.ModelForm):
    parent = PickField("region", required=False)
    members = PickManyField("region", required=False, help_text="Of a grouping: what it lists.")
    aliases = WordsByLanguageField(help_text="Other names.")
    demonyms = WordsByLanguageField()
    capital = WordsByLanguageField(single=True)
    towns = WordsByLanguageField()

    class Meta:
        model = Region
        fields = ("name", "name_fr", "name_ar", "display_name", "kind", "parent", "slug", "code", "members")
        fields += ("aliases", "demonyms", "capital", "towns", "latitude", "longitude")

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        region = Region(
            pk=self.instance.pk, kind=data["kind"], slug=data["slug"], parent=data["parent"], code=self.instance.code
        )
        is_root = data["kind"] in (Region.Kind.WORLD, Region.Kind.GROUPING)
        if is_root != (data["parent"] is None):
            raise forms.ValidationError(
                "The world and a grouping stand beneath nothing." if is_root else "Choose what the region lies in."
            )
        try:
            renaming.planned_paths(region)
        except renaming.Clash as error:
            self.add_error("slug", str(error))
        return data


@admin.register(Region)
class RegionAdmin(AliasesSearched, DeskAdmin):
    form = RegionForm
    change_form_template = "desk/reference_form.html"
    list_display = ("place", "kind", "code", "path", "name_ar")
    list_filter = ("kind",)
    search_fields = ("name", "display_name", "name_fr", "name_ar", "code", "path")
    ordering = ("path",)
    list_per_page = 200
    fieldsets = (
        (
            None,
            {"fields": ("name", ("name_fr", "name_ar"), "display_name", "kind", "parent", "slug", "code", "members")},
        ),
        ("How copy names it", {"fields": ("aliases", "demonyms", "capital", "towns")}),
        ("On the map", {"fields": (("latitude", "longitude"),)}),
    )

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()

    @admin.display(description="region", ordering="path")
    def place(self, obj):
        depth = obj.path.count("/") + (obj.kind not in ("world", "grouping"))
        return format_html('<span class="depth depth-{}">{}</span>', min(depth, 5), obj.name)

    def save_model(self, request, obj, form, change):
        renaming.save_region(obj, request.user)

    def save_related(self, request, form, formsets, change):
        before = set(form.instance.members.values_list("code", flat=True))
        super().save_related(request, form, formsets, change)
        renaming.moved("region", before ^ set(form.instance.members.values_list("code", flat=True)))


class TopicForm(forms.ModelForm):
    parent = PickField("topic", required=False)
    keywords = WordsByLanguageField(help_text="Words that suggest this topic.")

    class Meta:
        model = Topic
        fields = ("name", "name_fr", "name_ar", "slug", "parent", "description", "keywords")

    def clean_name(self):
        name = text.clean_line(self.cleaned_data["name"])
        key = text.fold(name)
        if not key:
            raise forms.ValidationError("A topic's name needs letters.")
        if other := Topic.objects.filter(fold_key=key).exclude(pk=self.instance.pk).first():
            raise forms.ValidationError(f"That is the topic “{other.name}” already.")
        return name

    def clean_parent(self):
        parent = above = self.cleaned_data["parent"]
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise forms.ValidationError("A topic cannot stand beneath itself.")
            above = above.parent
        return parent


class MergeForm(forms.Form):
    into = PickField("topic", label="Merge it into")


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin):
    kind = "topic"
    form = TopicForm
    change_form_template = "desk/topic_form.html"
    list_display = ("name", "parent", "name_ar", "slug", "code")
    list_select_related = ("parent",)
    search_fields = ("name", "name_fr", "name_ar", "slug", "code")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", ("name_fr", "name_ar"), "slug", "parent", "description", "keywords")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "parent" in form.changed_data:
            renaming.moved("topic", [obj.code])

    def get_urls(self):
        run = self.admin_site.admin_view(partial(merge, site=self.admin_site))
        return [path("<int:pk>/merge/", run, name="articles_topic_merge"), *super().get_urls()]


def merge(request, pk, *, site):
    """Make one topic of two. What it will touch is said first."""
    if not (request.user.has_perm("articles.change_topic") and request.user.has_perm("articles.delete_topic")):
        raise PermissionDenied
    topic = Topic.objects.filter(pk=pk).first()
    if topic is None:
        raise Http404("There is no such topic.")
    form = MergeForm(request.POST or None)
    form.fields["into"].use(Known(request.user))
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            stories = renaming.merge_topics(topic, into, request.user)
        except renaming.Clash as error:
            form.add_error("into", str(error))
        else:
            messages.success(request, f"“{topic.name}” is now part of “{into.name}”, with {stories} stories.")
            return redirect("admin:articles_topic_change", into.pk)
    context = {**site.each_context(request), "title": f"Merge “{topic.name}”", "topic": topic, "form": form}
    context |= {"stories": topic.links.count(), "opts": Topic._meta}
    return TemplateResponse(request, "desk/merge.html", context)


class SourceForm(forms.ModelForm):
    region = PickField("region", required=False)
    website = forms.URLField(required=False, assume_scheme="https")
    aliases = WordListField(help_text="Other spellings, as printed, in any language. One a line.")

    class Meta:
        model = Source
        fields = ("name", "short_name", "name_ar", "slug", "kind", "aliases", "credit", "region", "website")
        fields += ("description",)


@admin.register(Source)
class SourceAdmin(AliasesSearched, ReferenceAdmin):
    kind = "source"
    form = SourceForm
    list_display = ("name", "short_name", "kind", "region", "credit")
    list_select_related = ("region",)
    list_filter = ("kind",)
    search_fields = ("name", "short_name", "name_ar", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = (
        ("name", "short_name"),
        "name_ar",
        "slug",
        "kind",
        "aliases",
        "credit",
        "region",
        "website",
        "description",
    )


@admin.register(ConfidentialSource)
class ConfidentialSourceAdmin(DeskAdmin):
    """Known by code and by what readers may be told. Who it is takes a permission, and each reading is an event."""

    list_display = ("code", "described_as", "created_at")
    search_fields = ("code", "described_as")
    fields = ("described_as", "identity")

    def get_fields(self, request, obj=None):
        # Who adds a source knows who it is; afterwards it takes the permission.
        may_read = obj is None or request.user.has_perm("articles.read_identity")
        return ("described_as", "identity") if may_read else ("described_as",)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_confidentialsource")

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.user.has_perm("articles.read_identity") else found.defer("identity")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_read = request.user.has_perm("articles.read_identity") and self.has_view_permission(request)
        if may_read and (source := self.get_object(request, object_id)):
            audit.log(request.user, "identity_read", source)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Author)
class AuthorAdmin(ReferenceAdmin):
    kind = "author"
    list_display = ("name", "role", "name_ar", "user")
    list_select_related = ("user",)
    search_fields = ("name", "name_ar", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "name_ar"), "slug", "role", "about", "user")


class MemberFormSet(BaseInlineFormSet):
    """In a row of a table nothing has a label of its own: each says by itself what it is."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, words in (("user", "Member"), ("role", "Role"), ("DELETE", "Take this member out")):
            if name in form.fields:
                form.fields[name].widget.attrs["aria-label"] = words


class MemberInline(admin.TabularInline):
    """Who belongs to the desk, and in which role. Whoever may change a desk may change these."""

    model = DeskMember
    formset = MemberFormSet
    extra = 1
    verbose_name, verbose_name_plural = "member", "Members"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "desk").order_by("user__username")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = User.objects.filter(is_active=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:  # staff are chosen here, and looked after on a page of their own
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_desk")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("articles.change_desk")

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Desk)
class DeskTeamAdmin(DeskAdmin):
    list_display = ("name", "code", "people")
    search_fields = ("name", "code")
    fields = ("name", "code")
    inlines = (MemberInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("members")

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()

    @admin.display(description="members")
    def people(self, obj):
        return ", ".join(str(user) for user in obj.members.all()) or "–"
