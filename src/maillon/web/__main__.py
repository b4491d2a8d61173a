"""``python -m maillon.web COMMAND``: Django's commands with the settings of this application."""

import os
import sys

from django.core.management import execute_from_command_line

from maillon.web.secret import keep_secret

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillon.web.settings")
    keep_secret()
    execute_from_command_line(["maillon-web", *sys.argv[1:]])
