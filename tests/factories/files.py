"""Writers of spreadsheet files, legitimate and hostile, by raw XML and raw zip where no library would."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"


def worksheet(cells: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part around the rows given as XML."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheetData>{cells}</sheetData>{after}</worksheet>"
    )


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def number_cell(reference: str, value: object, style: int | None = None) -> str:
    styled = "" if style is None else f' s="{style}"'
    return f'<c r="{reference}"{styled}><v>{value}</v></c>'


#: Two ordinary rows, so that a hostile part stands beside something worth reading.
ORDINARY = row(1, text_cell("A1", "Désignation"), text_cell("B1", "Qté")) + row(
    2, text_cell("A2", "Vis"), number_cell("B2", 4)
)


def workbook_parts(
    sheets: Mapping[str, str],
    *,
    shared: str | None = None,
    styles: str | None = None,
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> dict[str, str | bytes]:
    """The parts of an ``.xlsx`` whose sheets are given as worksheet XML by name."""
    listed, relations, types = [], [], []
    for number, name in enumerate(sheets, start=1):
        state = f' state="{states[name]}"' if states and name in states else ""
        listed.append(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append(_relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        types.append(_override(f"/xl/worksheets/sheet{number}.xml", "worksheet"))
    if shared is not None:
        relations.append(_relation("rIdS", "sharedStrings", "sharedStrings.xml"))
        types.append(_override("/xl/sharedStrings.xml", "sharedStrings"))
    if styles is not None:
        relations.append(_relation("rIdT", "styles", "styles.xml"))
        types.append(_override("/xl/styles.xml", "styles"))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + _override("/xl/workbook.xml", "sheet.main")
        + "".join(types)
        + "</Types>",
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        + _relation("rId1", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(relations)
        + "</Relationships>",
    }
    for number, content in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = content
    if shared is not None:
        parts["xl/sharedStrings.xml"] = shared
    if styles is not None:
        parts["xl/styles.xml"] = styles
    return parts


def shared_texts(texts: Iterable[str], *, announced: int | None = None) -> str:
    items = [f"<si><t>{text}</t></si>" for text in texts]
    count = len(items) if announced is None else announced
    return f'{DECLARATION}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{"".join(items)}</sst>'


def style_sheet(cell_formats: Iterable[tuple[int, int]], codes: Mapping[int, str] | None = None) -> str:
    """A style part: ``cell_formats`` are (number format, indent) of each cell style."""
    numbers = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in (codes or {}).items()
    )
    formats = "".join(
        f'<xf numFmtId="{number}" applyNumberFormat="1"><alignment indent="{indent}"/></xf>'
        for number, indent in cell_formats
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>'
    )


def relations_part(*relations: tuple[str, str, str], external: bool = True) -> str:
    """The relations of a part: (identifier, kind, target)."""
    mode = ' TargetMode="External"' if external else ""
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(_relation(*relation, mode=mode) for relation in relations)
        + "</Relationships>"
    )


def write_zip(path: Path, parts: Mapping[str, str | bytes], *, stored: Iterable[str] = ()) -> Path:
    """Write the parts as a deflated zip."""
    plain = set(stored)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=method)
    return path


def write_xlsx(path: Path, sheets: Mapping[str, str] | str, **options: object) -> Path:
    """Write an ``.xlsx`` of these worksheets; one text is one sheet named ``Feuil1``."""
    named = {"Feuil1": sheets} if isinstance(sheets, str) else sheets
    extra = options.pop("extra", {})
    assert isinstance(extra, Mapping)
    parts = workbook_parts(named, **options)  # type: ignore[arg-type]  # the options are those of workbook_parts
    return write_zip(path, {**parts, **extra})


class RawZip:
    """A zip written entry by entry, any field of which may lie."""

    def __init__(self) -> None:
        self._data = io.BytesIO()
        self._directory: list[bytes] = []

    def add(
        self,
        name: str,
        content: bytes,
        *,
        declared: int | None = None,
        offset: int | None = None,
        flags: int = 0,
        attributes: int = 0,
        deflated: bytes | None = None,
    ) -> None:
        """Add an entry; ``declared`` is the size that it claims, ``offset`` where it claims to begin."""
        packed = _deflate(content) if deflated is None else deflated
        size = len(content) if declared is None else declared
        start = self._data.tell() if offset is None else offset
        facts = (20, flags, 8, 0, 0x21, zlib.crc32(content), len(packed), size, len(name.encode()), 0)
        if offset is None:
            self._data.write(struct.pack("<4s5H3I2H", b"PK\x03\x04", *facts) + name.encode() + packed)
        self._directory.append(
            struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 0x314, *facts, 0, 0, 0, attributes, start)
            + name.encode()
        )

    def write(self, path: Path) -> Path:
        start, directory, count = self._data.tell(), b"".join(self._directory), len(self._directory)
        end = struct.pack(
            "<4s4H2IH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), start, 0
        )
        path.write_bytes(self._data.getvalue() + directory + end)
        return path


def raw_workbook(sheet: str = "") -> RawZip:
    """An ordinary workbook as a raw zip, ready for one hostile entry more."""
    archive = RawZip()
    for name, content in workbook_parts({"Feuil1": sheet or worksheet(ORDINARY)}).items():
        archive.add(name, content.encode() if isinstance(content, str) else content)
    return archive


def deflated_zeros(mebibytes: int, around: tuple[bytes, bytes] = (b"", b""), fill: bytes = b" ") -> bytes:
    """Deflate ``mebibytes`` of one repeated byte between two texts, without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [packer.compress(around[0])]
    block = fill * (1 << 20)
    pieces += [packer.compress(block) for _ in range(mebibytes)]
    pieces += [packer.compress(around[1]), packer.flush()]
    return b"".join(pieces)


def deflated_repeats(block: bytes, times: int, around: tuple[bytes, bytes]) -> tuple[bytes, int]:
    """Deflate one block many times between two texts; return it and its unpacked size."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    pieces = [packer.compress(around[0])]
    pieces += [packer.compress(block) for _ in range(times)]
    pieces += [packer.compress(around[1]), packer.flush()]
    return b"".join(pieces), len(block) * times + sum(map(len, around))


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound (OLE) file of 512-byte sectors that holds these streams, each of at least 4,096 bytes."""
    sectors: list[bytes] = []
    table: list[int] = []
    places: dict[str, tuple[int, int]] = {}

    def chain(content: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(content) // 512))
        for number in range(count):
            sectors.append(content[512 * number : 512 * number + 512].ljust(512, b"\0"))
            table.append(first + number + 1 if number < count - 1 else 0xFFFFFFFE)
        return first

    for name, content in streams.items():
        places[name] = (chain(content.ljust(4096, b"\0")), max(4096, len(content)))
    entries = [_directory_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1 if places else -1)]
    for number, (name, place) in enumerate(places.items(), start=1):
        following = number + 1 if number < len(places) else -1
        entries.append(_directory_entry(name, 2, *place, right=following))
    directory = chain(b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0"))
    first_table = len(sectors)
    table_sectors = 1
    while (len(sectors) + table_sectors) * 4 > table_sectors * 512:
        table_sectors += 1
    table += [0xFFFFFFFD] * table_sectors
    packed = struct.pack(f"<{len(table)}I", *table).ljust(512 * table_sectors, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, table_sectors, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    places_of_table = [first_table + number for number in range(table_sectors)]
    header += struct.pack("<109I", *(places_of_table + [0xFFFFFFFF] * (109 - table_sectors)))
    return header + b"".join(sectors) + packed


def write_ods(
    path: Path, tables: str, *, manifest: str = "", extra: Mapping[str, str | bytes] | None = None
) -> Path:
    """Write an ``.ods`` whose tables are given as XML."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'{DECLARATION}<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{space}">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        f"{manifest}</manifest:manifest>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": listed,
    }
    return write_zip(path, {**parts, **(extra or {})}, stored=("mimetype",))


def ods_table(name: str, rows: str) -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def ods_text(text: str, attributes: str = "") -> str:
    start = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{start}<text:p>{text}</text:p></table:table-cell>"


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def xlsb_record(kind: int, content: bytes) -> bytes:
    """One record of a binary workbook: type and size in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, packed = len(content), bytearray()
    while True:
        packed.append(size & 0x7F | (0x80 if size > 127 else 0))
        size >>= 7
        if not size:
            return head + bytes(packed) + content


def wide_text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(
    path: Path, rows: Iterable[tuple[int, Iterable[tuple[int, str | float]]]], sheet: str = "Feuil1"
) -> Path:
    """Write an ``.xlsb`` of one sheet: rows of (number from 0, cells of (column from 0, value))."""
    book = xlsb_record(131, b"") + xlsb_record(143, b"")
    book += xlsb_record(156, struct.pack("<II", 0, 1) + wide_text("rId1") + wide_text(sheet))
    book += xlsb_record(144, b"") + xlsb_record(132, b"")
    cells = xlsb_record(129, b"") + xlsb_record(148, struct.pack("<4I", 0, 9, 0, 9)) + xlsb_record(145, b"")
    for number, values in rows:
        cells += xlsb_record(0, struct.pack("<II", number, 0) + bytes(17))
        for column, value in values:
            start = struct.pack("<II", column, 0)
            if isinstance(value, str):
                cells += xlsb_record(6, start + wide_text(value))
            else:
                cells += xlsb_record(5, start + struct.pack("<d", value))
    cells += xlsb_record(146, b"") + xlsb_record(130, b"")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": relations_part(("rId1", "officeDocument", "xl/workbook.bin"), external=False),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relations_part(
            ("rId1", "worksheet", "worksheets/sheet1.bin"), external=False
        ),
        "xl/worksheets/sheet1.bin": cells,
    }
    return write_zip(path, parts)


def _relation(identifier: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{identifier}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def _override(part: str, kind: str) -> str:
    return (
        f'<Override PartName="{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
    )


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _directory_entry(
    name: str, kind: int, first: int, size: int, *, child: int = -1, right: int = -1
) -> bytes:
    wide = name.encode("utf-16-le")
    numbers = [0xFFFFFFFF, right & 0xFFFFFFFF, child & 0xFFFFFFFF]
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(wide) + 2, kind, 1, *numbers)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
