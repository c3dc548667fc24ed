"""`planwerk serve`: the portals as they are while plans are written, each part made when asked for.

What is served is what `build` would make, byte by byte, but for one line that loads the script
which reloads the page; that line is added on the way to the browser and is in no file.
"""
