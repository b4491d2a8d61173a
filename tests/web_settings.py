"""The settings of the application in tests: mails kept in memory, quick hashes, a database of its own."""

import os
import tempfile

os.environ.setdefault("MAILLON_SECRET_KEY", "tests-only-" + "0123456789abcdef" * 4)
os.environ["MAILLON_EMAIL_URL"] = "memory://"
os.environ["MAILLON_HOME"] = tempfile.mkdtemp(prefix="maillon-tests-")
os.environ["MAILLON_DATABASE_URL"] = os.environ.get(
    "MAILLON_TEST_DATABASE_URL", f"sqlite:///{os.environ['MAILLON_HOME']}/tests.sqlite3"
)

from maillon.web.settings import *  # noqa: F403 - the environment is read at import
from maillon.web.settings import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(
    exist_ok=True
)  # where files would be collected: empty here, and whitenoise warns where it is missing

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
