"""History told to people and programs: what `planwerk history`, `diff` and `ci` write.

`entries` are steps made ready to be told, `difference` is what lies between two states; `text`,
`machine` and `markdown` write them.
"""
