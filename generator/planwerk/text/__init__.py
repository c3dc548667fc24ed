"""Text as people write it: YAML with positions, prose as blocks, tables. Knows no accounts."""
