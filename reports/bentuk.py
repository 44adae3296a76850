"""Which columns of the form hold words and stand on the left, wherever it is drawn."""

from typing import Final

WORDS: Final = frozenset({"keterangan", "kendala"})
LEFT_ALIGNED: Final = WORDS | {"kode", "uraian", "baris", "satuan"}
