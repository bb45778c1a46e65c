"""What notification reaches the world with: templates, SMTP, files, SMPP. Only the composition root imports them."""
