"""The link that replaces a forgotten password (G57, C4): one hour, one live, at most three mails an hour (AA5)."""

from contracts.rules.windows import HOUR, Window

PER_ACCOUNT = (Window(HOUR, 3),)
