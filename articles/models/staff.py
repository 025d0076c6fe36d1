"""The people who work here."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Someone who leaves is made inactive, never deleted: their name stays in the record."""

    class Meta(AbstractUser.Meta):
        verbose_name = "member of staff"
        verbose_name_plural = "staff"
