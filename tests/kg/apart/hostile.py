"""Files that are made to take all memory or time, each a few kilobytes to a few hundred."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TOLD = 1000  # bytes
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: Iterable[str]) -> bytes:
    """A .docx whose body is these pieces of XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0"?><w:document {_W}><w:body>'.encode())
            for piece in body:
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")
    return made.getvalue()


def docx_of_many_elements() -> bytes:
    """290 MB of XML, just below what a package may unpack to: a reader makes 6 GB of it."""
    return docx("<w:p/>" * 1_000_000 for _ in range(48))


def docx_of_cells(cells: int) -> bytes:
    """A table of that many cells, ten a row."""
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>市司法局</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>"
    return docx(["<w:tbl>", *(row for _ in range(cells // 10)), "</w:tbl>"])


def docx_that_lies(megabytes: int, *, well: bool = False) -> bytes:
    """Its package says that the document is 1 kB; it unpacks to so many megabytes. `well`: the checksum is that of the 1 kB."""
    made = bytearray(_of_megabytes(megabytes))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        part = package.getinfo("word/document.xml")
        with package.open(part) as unpacked:
            begins = unpacked.read(_TOLD)
    told = [(part.file_size, _TOLD)] + ([(part.CRC, zlib.crc32(begins))] if well else [])
    for true, false in told:
        assert struct.pack("<I", true) in made
        made = made.replace(struct.pack("<I", true), struct.pack("<I", false))
    return bytes(made)


@cache
def _of_megabytes(megabytes: int) -> bytes:
    return docx("<w:p/>" * 100_000 + " " * 400_000 for _ in range(megabytes))


def pdf(pages: list[bytes], forms: dict[str, bytes] | None = None) -> bytes:
    """A PDF of pages with these content streams, which may draw the named forms."""
    forms = forms or {}
    first = 4 + len(forms)
    named = " ".join(f"/{name} {4 + n} 0 R" for n, name in enumerate(forms))
    resources = f"<< /Font << /F 3 0 R >> /XObject << {named} >> >>".encode()
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources " + resources
    objects.extend(_stream(content, form) for content in forms.values())
    for n, content in enumerate(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {first + 2 * n + 1} 0 R /Resources "
        objects += [page.encode() + resources + b" >>", _stream(content)]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, written in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + written + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n" % (len(packed), entries)
    return head + packed + b"\nendstream"


def pdf_that_draws_itself() -> bytes:
    """A page whose form draws itself twice, and so on."""
    return pdf([b"/A Do BT /F 12 Tf 50 700 Td (Hello hello hello) Tj ET"], {"A": b"/A Do /A Do"})


def pdf_of_doublings(depth: int) -> bytes:
    """Each of `depth` forms draws the next one twice: no form draws itself, and there are 2 ** depth lines."""
    forms = {f"A{n}": f"/A{n + 1} Do /A{n + 1} Do".encode() for n in range(depth)}
    forms[f"A{depth}"] = b"BT /F 12 Tf 50 700 Td (Hello) Tj ET 0 0 m 100 100 l S"
    return pdf([b"/A0 Do"], forms)


def pdf_of_characters(characters: int, pages: int) -> bytes:
    """So many characters in all, those of a page on one line."""
    words = b"(" + b"ab " * 10_000 + b") Tj "  # no program takes longer strings
    return pdf([b"BT /F 1 Tf 50 700 Td " + words * (characters // pages // 30_000) + b"ET"] * pages)


def pdf_of_pages(pages: int) -> bytes:
    return pdf([b"BT /F 12 Tf 50 700 Td (Hello) Tj ET"] * pages)


def html_of_attributes(attributes: int) -> bytes:
    """One element with so many."""
    named = " ".join(f"a{n}=1" for n in range(attributes))
    return f"<html><body><p {named}>长治市人民政府关于工作的通知</p></body></html>".encode()
