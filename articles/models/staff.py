"""The people who work here, how they got in, and what their groups have been offered."""

from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import models


class User(AbstractUser):
    """A member of staff. Someone who leaves is made inactive, never deleted: their name stays in the record."""

    class Meta(AbstractUser.Meta):
        verbose_name = "member of staff"
        verbose_name_plural = "staff"


class SignIn(models.Model):
    """Somebody tried to sign in: with a wrong password, or they got in. Kept for a while, to slow down who guesses.

    ``account`` is a keyed hash of what was typed as the name: people type passwords there by mistake.
    """

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()
    got_in = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()  # no screen shows it
        indexes = [models.Index(fields=["address", "at"]), models.Index(fields=["at"])]

    def __str__(self):
        return f"{self.address} at {self.at:%H:%M}"


class OfferedPermission(models.Model):
    """A group was offered that permission once. What an administrator takes from it is not offered again."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    permission = models.ForeignKey(Permission, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["group", "permission"], name="offeredpermission_once")]

    def __str__(self):
        return f"{self.group}: {self.permission.codename}"
