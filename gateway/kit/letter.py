"""What one writes to the caisse (G82–G86), as it is sent and as it is kept until then (decision 58)."""

from flask import request

from contracts.words.messages import M14
from gateway.clients import clients, requests
from gateway.clients.contact import Attachment, SentFile
from gateway.kit.access import Space
from gateway.kit.fields import Area, Check, Hidden, Place, Text
from gateway.kit.forms import Sends

ENDED = 409  # the draft of this page was sent or given up meanwhile (decision 70)
UNSHOWN = (400, ENDED, 413, 422, 429, 503)  # of a draft that is not kept: the page itself still holds it


# The labels are the guide's, stars included.
OBJET = Text("Objet*", required="Saisissez l'objet de votre message.", max=200, keep=True)
MESSAGE = Area(
    "Message*", required="Saisissez votre message.", max=5000, keep=True, help="5 000 caractères au maximum."
)


class Words(Sends[requests.DraftWords]):
    """What is kept of it while it is typed."""

    objet, message = OBJET, MESSAGE


class Letter(Sends[requests.Letter]):
    """All of it."""

    objet, message = OBJET, MESSAGE
    consentement = Check(required=M14.sentence, ticked="true")  # its text is the service's
    fichiers = Place("Pièce(s) jointe(s)", help="Choisir un fichier")
    # The files of the draft that the page shows, a comma before each: never empty where a draft is kept.
    pieces = Hidden(sent=False)
    brouillon = Hidden(sent=False)  # the draft that the page shows: nothing is added to the one after it

    def attachments(self) -> list[Attachment]:
        """The files that came with the form itself."""
        return [
            (file.filename, file.stream, file.mimetype or "application/octet-stream")
            for file in request.files.getlist(self.fichiers.name)
            if file.filename
        ]

    def join(self, space: Space) -> list[SentFile]:
        """Add the files that came with the form to the draft; what is refused is said beside them, nothing is lost."""
        files = self.attachments()
        if not files:
            return []
        with self.refusals():
            added = clients().contact.add_files(space.tier.adherent_id, files, self.brouillon.value)
            self.values[self.pieces.name] += "".join(f",{one.file_id}" for one in added.files)
            if added.refused:
                self.errors[self.fichiers.name] = "\n".join(one.message for one in added.refused)
                self.status = 422
            return added.files
        return []

    def keep(self, space: Space) -> None:
        """Keep what is typed so far. Raises Problem."""
        clients().contact.keep_draft(space.tier.adherent_id, Words(self.values).payload(), self.brouillon.value)
