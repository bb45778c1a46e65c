"""Who may do what, on which adhérent, on which day: the delegation service."""
