"""The caisse's referential: a generator of realistic files, and the client that imports one."""
