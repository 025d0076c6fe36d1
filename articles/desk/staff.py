"""The people who work here, and the groups that say what they may do. For administrators."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission

from articles import audit
from articles.models import User

from .site import DeskAdmin


@admin.register(User)
class StaffAdmin(DeskAdmin, UserAdmin):
    """Someone who leaves is made inactive: bylines, revisions and log keep their name."""

    list_display = ("username", "get_full_name", "email", "teams", "member_of", "is_active")
    list_filter = ("is_active", "groups", "desks")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    sortable_by = ("username",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Since", {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "desks")

    def get_readonly_fields(self, request, obj=None):
        fixed = ("last_login", "date_joined")
        if request.user.is_superuser:
            return fixed
        # Nobody makes more of themselves than they are.
        mine = ("is_active", "is_staff", "groups") if obj == request.user else ()
        return (*fixed, "is_superuser", *mine)

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def log_change(self, request, obj, message):
        # A change of the password comes as a sentence, not as a list of fields.
        fields = message if isinstance(message, list) else [{"changed": {"fields": ["password"]}}]
        return super().log_change(request, obj, fields)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, help_text="")

    @admin.display(description="name")
    def get_full_name(self, obj):
        return audit.staff_name(obj)

    @admin.display(description="desks")
    def teams(self, obj):
        return ", ".join(desk.name for desk in obj.desks.all()) or "–"

    @admin.display(description="groups")
    def member_of(self, obj):
        return ", ".join(group.name for group in obj.groups.all()) or "–"


@admin.register(Group)
class GroupsAdmin(DeskAdmin, GroupAdmin):
    list_display = ("name",)
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kept = Permission.objects.filter(content_type__app_label__in=["articles", "auth"])
        return PermissionsField(
            kept.select_related("content_type").order_by("content_type__model", "name"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return obj.name
