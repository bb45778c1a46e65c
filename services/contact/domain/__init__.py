"""What a message to the caisse may be: words, files, consent, reference, quota, draft. Pure rules."""
