"""`make new WHAT=… NAME=…`: writes the files of an event, a use case, a page or a message, and says what is left."""
