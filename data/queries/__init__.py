"""The questions screens ask. Each reads rollups, returns a DataFrame ("one row per …") and knows no screen."""
