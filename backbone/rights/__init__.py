"""Who somebody is and what he may do today: tokens, grants, the access projection, how old it is."""
