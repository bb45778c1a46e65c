"""Identity, delegation and notification together: one bus carried by hand, one clock."""
