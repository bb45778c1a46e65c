"""An attestation as a PDF: the same words as on its page, and the same bytes each time (decision 61)."""

from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Response
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from gateway.clients.attestations import Attestation
from gateway.kit.attestation import Line, Paper, paper
from gateway.kit.downloads import saved

FONTS = Path(__file__).parent.parent / "fonts"
FILES = {"": FONTS / "DejaVuSans.ttf", "B": FONTS / "DejaVuSans-Bold.ttf"}
NAME, FAMILY = "attestation-de-delegation.pdf", "DejaVu"
LINE, COLUMNS = 5.2, (62, 112)  # millimetres
# What stands for a character that the font has not, and what is then said.
UNPRINTABLE, SAID = "\u25a1", "□ : caractère que ce document ne peut pas imprimer ; la page de l'attestation le montre."


class Sheet(FPDF):
    """A page with the number at its foot, on each sheet."""

    foot_text = ""

    def footer(self) -> None:
        """The number and which sheet it is."""
        self.set_y(-14)
        self.set_font(FAMILY, "", 8)
        self.cell(0, LINE, f"{self.foot_text} – {self.page_no()}/{{nb}}", align="C")


def as_file(one: Attestation) -> Response:
    """The document of `one`, to be saved."""
    return saved(printed(paper(one), one.issued_at), NAME, "application/pdf")


def printed(one: Paper, at: datetime) -> bytes:
    """The document of `one`, issued at `at`."""
    sheet = Sheet()
    sheet.set_creation_date(at)
    sheet.set_lang("fr-FR")
    sheet.set_title(f"{one.title} {one.number}")
    sheet.foot_text = f"{one.title} {one.number}"
    for style, file in FILES.items():
        sheet.add_font(FAMILY, style, file)
    sheet.set_auto_page_break(True, 20)
    sheet.set_margins(18, 16)
    sheet.add_page()
    _text(sheet, one.title, 17, "B")
    _text(sheet, f"N° {one.number}", 12, "B")
    sheet.ln(3)
    _text(sheet, one.intro, 10)
    for section in one.sections:
        sheet.ln(3)
        _text(sheet, section.title, 12, "B")
        _lines(sheet, section.lines)
    sheet.ln(4)
    for said in one.foot:
        _text(sheet, said, 9)
    if _lacks(one):
        _text(sheet, SAID, 9)
    return bytes(sheet.output())


def _text(sheet: FPDF, text: str, size: int, style: str = "") -> None:
    sheet.set_font(FAMILY, style, size)
    sheet.multi_cell(0, LINE * size / 10, _printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _lines(sheet: FPDF, lines: list[Line]) -> None:
    """Beside each other, what and what of it; no line is cut by the end of a sheet."""
    sheet.set_font(FAMILY, "", 9)
    plain = {"borders_layout": "NONE", "first_row_as_headings": False, "text_align": "LEFT", "v_align": "TOP"}
    with sheet.table(col_widths=COLUMNS, line_height=LINE, **plain) as table:
        for line in lines:
            row = table.row()
            row.cell(_printable(line.label), style=FontFace(emphasis="BOLD"))
            row.cell(_printable(line.text))


@cache
def _known() -> frozenset[int]:
    """The characters that both fonts have."""
    regular, bold = (frozenset(TTFont(file, lazy=True).getBestCmap()) for file in FILES.values())
    return regular & bold


def _printable(text: str) -> str:
    return "".join(char if ord(char) in _known() else UNPRINTABLE for char in text)


def _lacks(one: Paper) -> bool:
    said = [one.intro, *(line.text for section in one.sections for line in section.lines)]
    return any(_printable(text) != text for text in said)
