"""What can be wrong in a file, each with its level, its verdict and its French sentence.

Syntax and structure make a declaration unreadable; so does a header that does not say which month of which
establishment it is about. Everything else is kept with a warning: a recipient judges, it does not sort out.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How deep a control looks."""

    SYNTAX = "syntax"
    STRUCTURE = "structure"
    LEXICAL = "lexical"
    COHERENCE = "coherence"
    FUND = "fund"


class Status(StrEnum):
    """What became of a declaration at its import."""

    OK = "OK"
    WARN = "WARN"
    REJECTED = "REJECTED"
    QUARANTINED = "QUARANTINED"


@dataclass(frozen=True, slots=True)
class Control:
    """One control: where it belongs, whether it rejects, what it tells."""

    code: str
    level: Level
    rejects: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A control that failed, at a line of the file (1 is the first)."""

    control: Control
    line: int


def _table(level: Level, rejects: bool, **details: str) -> dict[str, Control]:
    return {code: Control(code, level, rejects, detail) for code, detail in details.items()}


CONTROLS: dict[str, Control] = {
    **_table(
        Level.SYNTAX,
        True,
        ligne_illisible="La ligne n'a pas la forme Sgg.Gnn.bb.rrr,'valeur'.",
        ligne_trop_longue="La ligne dépasse 256 caractères.",
        encodage="La ligne contient des caractères étrangers à ISO-8859-1.",
    ),
    **_table(
        Level.SYNTAX,
        False,
        ligne_vide="Une ligne vide est ignorée.",
        marque_ignoree="La marque d'ordre des octets (BOM) est ignorée.",
        signes_ignores="Les espaces autour d'une ligne, ou la forme de ses apostrophes, sont ignorés.",
        libelle_etranger="Un libellé qui n'est pas lu contient des caractères étrangers à ISO-8859-1.",
    ),
    **_table(
        Level.STRUCTURE,
        True,
        hors_declaration="Des lignes se trouvent en dehors de toute déclaration.",
        bloc_orphelin="Un bloc se trouve sans le bloc dont il dépend.",
        bloc_repete="Un bloc unique est présent deux fois.",
        bloc_absent="Un bloc obligatoire est absent.",
        rubrique_en_arriere="Les rubriques d'un bloc ne se suivent pas dans l'ordre.",
        deux_declarations="L'envoi contient plusieurs blocs déclaration (S20.G00.05).",
        fin_absente="Le bloc de fin (S90.G00.90) est absent ou incomplet.",
        total_rubriques="Le nombre de rubriques annoncé (S90.G00.90.001) n'est pas celui du fichier.",
        total_declarations="Le nombre de DSN annoncé (S90.G00.90.002) n'est pas 1.",
    ),
    **_table(
        Level.LEXICAL,
        True,
        envoi_invalide="Le code essai ou réel (S10.G00.00.005) est absent ou inconnu.",
        nature_invalide="La nature de la déclaration (S20.G00.05.001) est absente ou illisible.",
        type_invalide="Le type de la déclaration (S20.G00.05.002) est absent ou inconnu.",
        fraction_invalide="Le numéro de fraction (S20.G00.05.003) est absent ou illisible.",
        ordre_invalide="Le numéro d'ordre (S20.G00.05.004) est absent ou illisible.",
        mois_invalide="Le mois déclaré (S20.G00.05.005) n'est pas le premier jour d'un mois.",
        siret_invalide="Le SIREN ou le NIC de l'établissement déclaré est illisible.",
    ),
    **_table(
        Level.LEXICAL,
        False,
        cle_siret="La clé du SIRET déclaré est fausse.",
        cle_emetteur="Le SIRET de l'émetteur est illisible ou sa clé est fausse.",
        date_invalide="Une date n'existe pas au calendrier.",
        date_future="Une date de dépôt ou de publication est dans l'avenir : elle ne compte pas.",
        norme_inconnue="La version de norme est inconnue.",
    ),
    **_table(
        Level.COHERENCE,
        False,
        neant_avec_individus="La déclaration est sans individu et en contient.",
        sans_individu="La déclaration est normale et ne contient aucun individu.",
        fraction_incoherente="Le numéro de fraction dépasse le nombre de fractions.",
        periode_future="Le mois déclaré n'est pas commencé.",
        norme_periode="La norme n'est pas celle de l'année déclarée.",
        nature_ignoree="La déclaration n'est ni mensuelle ni de substitution (natures 01 et 09) : sans effet.",
        envoi_de_test="L'envoi est un essai.",
        nir_en_double="Un même NIR est présent deux fois.",
        contrat_en_double="Un même numéro de contrat est présent deux fois pour un individu.",
        doublons_non_cherches="Les individus sont trop nombreux pour que tous les doublons soient cherchés.",
        trop_de_corrections="Trop de mois sont corrigés par cette déclaration : les premiers comptent.",
        anciennete_nulle="Une ancienneté est égale à zéro.",
        lot_compte="Le nombre de DSN annoncé par le lot n'est pas celui du fichier.",
    ),
    **_table(
        Level.FUND,
        False,
        sans_code_caisse="Aucun code de caisse de congés payés n'est présent.",
        autre_caisse="Le code de caisse présent n'est pas celui de la caisse de l'établissement.",
        flux_reutilise="Ce flux a déjà été reçu avec un autre contenu ; le premier est conservé.",
        siret_inconnu="L'établissement n'est pas connu de la caisse ; la déclaration est mise en attente.",
        flux_inconnu="La déclaration de ce flux n'est pas connue ; le compte rendu est mis en attente.",
        deja_recue="Déjà reçu : sans effet.",
        nature_crm_ignoree="Ce compte rendu n'est pas celui de la caisse : il ne compte pas.",
        retours_incomplets="Des retours de ce compte rendu sont illisibles : ils ne sont pas gardés.",
    ),
    **_table(
        Level.SYNTAX,
        True,
        crm_illisible="La ligne n'est pas un compte rendu.",
        trop_de_refus="La lecture est arrêtée : trop de déclarations sont refusées. La suite du fichier n'est pas lue.",
    ),
}


# The last line of a report whose file was not read to its end.
STOPPED = "trop_de_refus"


def fault(code: str, line: int) -> Fault:
    """The failure of the control named `code` at `line`."""
    return Fault(CONTROLS[code], line)
