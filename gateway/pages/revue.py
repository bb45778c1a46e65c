"""« Revue des droits d'accès »: garder, réduire ou fermer, many delegations in one form, all or nothing (C10)."""

from typing import Any, Self

from flask import Blueprint, flash, redirect, request

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.clients.requests import ReviewAnswers, ReviewFilters
from gateway.kit.access import Space, in_space
from gateway.kit.answers import Answers
from gateway.kit.catalogue import offered
from gateway.kit.fields import Check
from gateway.kit.forms import Sends, shown
from gateway.kit.labels import is_uuid, plural
from gateway.kit.listing import Listing

blp = Blueprint("revue", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/revue")


class Review(Sends[ReviewAnswers]):
    """The answers; what refuses one is said beside it."""

    corrects = (409, 422)
    answers = Answers(required="Choisissez « Garder », « Réduire » ou « Fermer » pour au moins une délégation.")

    def refuse(self, problem: Problem) -> Self:
        """A refusal names the delegation it is about; its place is the choice of that one."""
        known = {error.field: error.message for error in problem.errors if is_uuid(error.field)}
        if not known:
            return super().refuse(problem)
        self.errors |= {f"{Answers.CHOICE}{id}": message for id, message in known.items()}
        self.general.append(problem.detail)
        return self._refused(problem.status)


class Filters(Sends[ReviewFilters]):
    """What waits for the review, or everything."""

    a_revoir = Check("À revoir seulement")


@blp.get("")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """What is reviewed, by name; filter and page are in the address."""
    return _show(space, Review.blank())


@blp.post("")
@in_space(administrator=True)
def answer(space: Space) -> Any:
    """Everything that was answered is done, or nothing; a delegation without an answer stays as it is."""
    form = Review.posted()
    if form.good:
        with form.refusals():
            clients().delegation.review(space.tier.adherent_id, form.payload())
            done = plural(len(form.answers.value), "délégation revue", "délégations revues")
            flash(f"{done}. Les personnes concernées par un changement en sont informées par courriel.", "succes")
            kept = {"a_revoir": 1} if Filters.asked().a_revoir.value else {"page": _listing().page}
            return redirect(space.url(".page", **kept), 303)
    return _show(space, form)


def _listing() -> Listing:
    return Listing.of(request.args, sorts=("nom",), default_sort="nom", sizes=(10, 25, 50))


def _show(space: Space, form: Review) -> Any:
    listing, filters, asked = _listing(), Filters.asked(), clients().delegation
    found = asked.reviewed(space.tier.adherent_id, listing, filters.payload())
    return shown("revue.html", form, revues=found, filtres=filters, catalogue=offered(), saisi=form.values)
