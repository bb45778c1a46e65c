"""Why what a page offers on a delegation cannot be done, in the words that stand beside the greyed button."""

from contracts.words.messages import M7

OWN_CHANGE = "Personne ne modifie sa propre délégation : un autre administrateur peut le faire."
OWN_ANSWER = "Personne ne confirme sa propre délégation : un autre administrateur peut le faire."
FOUNDER = "L'Administrateur Entreprise est nommé par la caisse, qui seule peut le remplacer."
PENDING = "Une délégation en attente peut être consultée ou fermée, mais pas modifiée."
SUSPENDED = "Une délégation suspendue peut être reprise ou fermée, mais pas modifiée."
OWN_SUSPENSION = "Personne ne suspend sa propre délégation : un autre administrateur peut le faire."
NOT_OPEN_YET = "Une délégation à venir n'est pas encore ouverte : modifiez plutôt sa date d'effet."
ALONE = f"{M7.sentence} Nommez-en un autre avant de suspendre cette délégation."
LAST = f"{M7.sentence} Nommez-en un autre avant de fermer cette délégation."
