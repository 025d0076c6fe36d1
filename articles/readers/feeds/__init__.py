"""What every list tells machines: the same entries as RSS 2.0, Atom 1.0 and JSON Feed 1.1.

entries.py    a feed and its entries as plain data, made of releases in force
rss.py, atom.py, json_feed.py    how each format writes that data; pure
formats.py    the table of formats: a further one is one module and one row
views.py      the addresses
"""
