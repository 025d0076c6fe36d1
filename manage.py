#!/usr/bin/env python
"""Django's command-line door."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # a variable is missing or malformed: its sentence says which
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
