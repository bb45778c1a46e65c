"""What the contact service can be told, beside what every service can."""

from dataclasses import dataclass

from backbone.shape.config import BaseSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Settings of contact."""

    files_folder: str = setting("Folder of the files that users send; its API and its worker share it.")
    sealing_public_key: str = setting("Public JSON Web Key that seals link tokens for the notification service.")
    caisses_file: str = setting("CSV of the caisses (code;nom;courriel); empty: the fictional one.", default="")
    antivirus_url: str = setting("Where clamd judges files before the caisse gets them, tcp://host:3310.", default="")
    max_files: int = setting("Files one message may have (G83).", default=20)
    max_bytes: int = setting("Bytes of all files of one message together (G83).", default=40 * 1024 * 1024)
    dossier_days: int = setting("Days the caisse can open the files of a message.", default=30)
    quota_messages: int = setting("Messages one account may send in 24 hours.", default=30)
    quota_bytes: int = setting("Bytes of files one account may send in 24 hours.", default=200 * 1024 * 1024)
    draft_days: int = setting("Days a draft is kept after its last change.", default=7)
    draft_bytes: int = setting("Bytes of files all drafts of one account may hold.", default=200 * 1024 * 1024)
