"""Libraries behind the ports that use cases name: argon2, phonenumbers, zxcvbn, joserfc. Given by `app.py`."""
