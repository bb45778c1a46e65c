"""Pure rules of the DSN service: calendar, NEODeS reading, state of a month, alerts."""
