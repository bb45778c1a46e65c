"""The collèges, populations of employees: a delegation covers at least one (G30)."""

OUVRIERS, ETAM, CADRES = "ouvriers", "etam", "cadres"

# In the order people say them (D1).
COLLEGES: dict[str, str] = {OUVRIERS: "Ouvriers", ETAM: "ETAM", CADRES: "Cadres"}
