"""What every service needs and no domain knows: bus, outbox, inbox, unit of work, worker, web, auth, clock, logs."""
