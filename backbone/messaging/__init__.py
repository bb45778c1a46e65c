"""Nothing lost, nothing doubled: the unit of work, the outbox and its relay, the inbox and its listeners."""
