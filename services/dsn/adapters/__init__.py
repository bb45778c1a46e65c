"""What dsn needs from outside, made with libraries."""
