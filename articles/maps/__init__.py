"""Locator maps: a region among its neighbours, drawn when a story there is released. See the README beside this file.

``keeping`` meets the record; everything else turns shapes into markup and needs no database.
"""
