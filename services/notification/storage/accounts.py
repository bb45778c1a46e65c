"""The accounts, as identity says them: where to write to, and how to address."""

from backbone.messaging.projections import Projection
from contracts.events.stated import ACCOUNT_STATED
from services.notification.storage.tables import account

ACCOUNTS = Projection("identity", "accounts", account, "account_id", stated=ACCOUNT_STATED.type)
