"""What other sources say of firms: projects, public contracts, labels, member files, lists.

Each source has a folder with its columns, its reading and what is known of its files. All give rows in the
columns of a snapshot, and a report in which no row is lost.
"""

from maillon.reference.register.enrich.enrichment import Enrichment, EnrichmentReport
from maillon.reference.register.enrich.reading import read_enrichment, read_enrichment_rows
from maillon.reference.register.enrich.recognise import all_sources

__all__ = ["Enrichment", "EnrichmentReport", "all_sources", "read_enrichment", "read_enrichment_rows"]
