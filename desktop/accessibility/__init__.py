"""Screen text as the programs themselves tell it: `reading.open_reader`, and `merge.merge` with what OCR read."""
