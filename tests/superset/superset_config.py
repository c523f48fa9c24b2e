"""Settings of the Superset that the test starts: SQLite in a temporary folder, no forms."""

import os

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.environ['SUPERSET_HOME']}/superset.db"
# The API is asked with a token, from this machine.
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
