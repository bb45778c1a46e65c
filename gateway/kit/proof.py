"""The password again, in the very form that needs it recent (C8): nothing typed is lost, and no script is needed."""

from typing import Self

from backbone.errors import ReauthenticationNeeded
from contracts.words.messages import M1, M6
from gateway.clients.problem import Problem
from gateway.kit.fields import Secret
from gateway.kit.forms import Form
from gateway.kit.session import prove_again

OF_THE_PASSWORD = (M1.slug, M6.slug)  # as identity answers a proof
OF_ADMINISTRATORS = (
    "Pour votre sécurité, les droits d'administration demandent votre mot de passe, sauf si vous l'avez saisi il y a"
    " moins de cinq minutes."
)
WRONG = "Ce mot de passe est incorrect."  # no address was asked


class Proof(Secret):
    """The field, shown once a service asked for it; `why` is said below it."""

    def __init__(self, why: str = "") -> None:
        super().__init__("Mot de passe", help=why, auto="current-password", sent=False)


class Proven(Form):
    """A form that carries it; its own `mot_de_passe` says why."""

    mot_de_passe = Proof()

    def prove(self) -> None:
        """Prove the password, if the form came with one. Raises Problem."""
        if self.mot_de_passe.typed:
            prove_again(self.mot_de_passe.typed)

    def refuse(self, problem: Problem) -> Self:
        """A refusal about the password goes beside its field, the others beside theirs."""
        wrong = bool(self.mot_de_passe.typed) and problem.code in OF_THE_PASSWORD
        if problem.code != ReauthenticationNeeded.slug and not wrong:
            return super().refuse(problem)
        self.refusal = problem
        self.errors[self.mot_de_passe.name] = WRONG if problem.code == M1.slug else problem.detail
        return self._refused(422 if problem.status == 401 else problem.status)
