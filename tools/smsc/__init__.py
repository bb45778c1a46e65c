"""An SMS centre for development and tests: it takes SMS over SMPP and shows them, as MailDev does for mail."""
