"""identity: accounts, passwords, sessions, certified addresses and numbers, keys, machine clients."""
