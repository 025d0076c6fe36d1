"""Permissions that came with an upgrade reach the groups that are there already, each once.

What a group has been offered is remembered. So a permission that an administrator took from a group is not given back,
and one that the group has never been offered is given with the next ``load_reference``.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission

from articles import audit
from articles.models import OfferedPermission


def offer(group: Group, keys: Iterable) -> list[str]:
    """Give that group those of the permissions that it was never offered. Gives the names of what it did not have.

    ``keys`` are natural keys as fixtures have them: codename, application, model. What this newsroom does not know
    cannot be given. Where it is not known what a group was offered, all was: it came with an older backup.
    """
    wanted = {tuple(key) for key in keys}
    known = Permission.objects.select_related("content_type").filter(codename__in=[key[0] for key in wanted])
    offered = set(OfferedPermission.objects.filter(group=group).values_list("permission_id", flat=True))
    new = [one for one in known if one.natural_key() in wanted and one.pk not in offered]
    held = set(group.permissions.values_list("pk", flat=True))
    given = [one for one in new if one.pk not in held] if offered else []
    group.permissions.add(*given)
    OfferedPermission.objects.bulk_create(OfferedPermission(group=group, permission=one) for one in new)
    names = sorted(one.codename for one in given)
    if names:
        audit.log(None, "permissions_given", group, permissions=names)
    return names


def remember(group: Group) -> None:
    """That group has been offered what it holds: it was made with that."""
    OfferedPermission.objects.bulk_create(
        (OfferedPermission(group=group, permission=one) for one in group.permissions.all()), ignore_conflicts=True
    )
