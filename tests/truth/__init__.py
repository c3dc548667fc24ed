"""One truth: what the built files say, read back and held against the plans, never through the product's renderers.

- `passages.py`: what a reader sees at once; `pages.py`, `documents.py`, `slides.py`, `charts.py`, `data.py` read
  it out of HTML, Word, PowerPoint, their charts and workbooks, and data; `tokens.py` reads numbers and days
- `facts.py`, `worlds.py`, `further.py`: what is true, read off the records; `sums.py`, `counts.py`: totals, added
  up again, by the sentences that tell them (`sentences.py`)
- `compare.py`, `judging.py`, `named.py`, `labels.py`: each number, day and person against the records beside it;
  `chart_truth.py`, `complete.py`: charts, and what must not be missing; `exempt.py`: what is not compared, and why
- `mutants.py`, `plants.py`: changes that must be found; `run.py`: all audiences of all accounts; `overall.py`: the
  pages over all of them
"""
