"""The DSN service: says what is late or wrong in the monthly declarations of the sites déclarants."""
