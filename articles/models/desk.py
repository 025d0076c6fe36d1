"""Desks: the teams a story belongs to."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from .fields import LineField


class DeskManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Desk(models.Model):
    """A team (Middle East, Africa, Photo …). A story belongs to one; its members work on it."""

    code = models.SlugField(max_length=40, unique=True, help_text="Short and lasting, such as “middle-east”.")
    name = LineField(max_length=80)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="desks", blank=True)

    objects = DeskManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="desk_name_unique")]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)
