"""The password again, in the very form that needs it recent (C8): nothing typed is lost, and no script is needed."""

from backbone.errors import ReauthenticationNeeded
from gateway.clients.problem import Problem
from gateway.kit.forms import Form
from gateway.kit.session import prove_again

FIELD = "mot_de_passe"
OF_THE_PASSWORD = ("identifiants_incorrects", "trop_de_tentatives")  # M1 and M6, as identity answers a proof


def prove_typed(form: Form) -> None:
    """Prove the password, if the form came with one. Raises Problem."""
    if form[FIELD]:
        prove_again(form[FIELD])


def refuse(form: Form, problem: Problem) -> int:
    """Put a refusal into the form, one about the password beside its field; the status of the page that shows it.

    What no form can correct is raised again.
    """
    wrong = bool(form[FIELD]) and problem.code in OF_THE_PASSWORD
    if problem.code == ReauthenticationNeeded.slug or wrong:
        form.errors[FIELD] = problem.detail
    else:
        form.refuse(problem)
    return 422 if problem.status == 401 else problem.status
