"""Contact: the messages users send to their caisse, with their files and their consent."""
