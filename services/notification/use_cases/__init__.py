"""What notification does: order deliveries, send those that are due, tidy up."""
