"""Tables of identity and the statements that read and change them, one module a family. No rule lives here."""
