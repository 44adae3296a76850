"""The analyst's desk: every node and indicator of a quarter as one sheet, filtered, ordered and shown."""
