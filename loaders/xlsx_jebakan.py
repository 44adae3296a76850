"""What a spreadsheet never contains and an attack does: refused before any parser sees it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from loaders.lembar import TidakTerbaca

_DECLARATIONS: Final = ("<!DOCTYPE", "<!ENTITY")
_FORBIDDEN: Final = tuple(word.encode(codec) for word in _DECLARATIONS for codec in ("ascii", "utf-16-le", "utf-16-be"))
_XML: Final = (".xml", ".rels", ".vml")
_MEND: Final = "Salin datanya ke templat baru, lalu simpan dari Excel atau LibreOffice."


def refuse_odd_names(names: Sequence[str]) -> None:
    """Raises TidakTerbaca for a part that leaves its folder, or that stands twice: two readers would then see two
    different files."""
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise TidakTerbaca("xlsx_nama_bagian", f"Berkas XLSX memuat bagian bernama aneh: {name[:80]!r}.", _MEND)
    if len({name.casefold() for name in names}) < len(names):
        raise TidakTerbaca("xlsx_bagian_ganda", "Berkas XLSX memuat bagian dengan nama yang sama.", _MEND)


def refuse_entities(parts: Mapping[str, bytes]) -> None:
    """Raises TidakTerbaca for XML with a document type or entities: they read other files or blow up."""
    for name, content in parts.items():
        if name.lower().endswith(_XML) and any(word in content for word in _FORBIDDEN):
            raise TidakTerbaca("xlsx_entitas", "Berkas XLSX memuat deklarasi XML yang tidak diizinkan.", _MEND)
