"""Finding and ranking suppliers: who near here can make this part, and why."""

from maillon.method.search.suppliers.batch import BatchResult, search_batch
from maillon.method.search.suppliers.facets import Faceted, count_within, search_faceted
from maillon.method.search.suppliers.filters import Filters
from maillon.method.search.suppliers.need import Need, need_of, need_of_process, read_need
from maillon.method.search.suppliers.profile import Profile, load_profile, standard_profile
from maillon.method.search.suppliers.result import Candidate, Gap, NearMatch, Removed, SearchResult
from maillon.method.search.suppliers.search import Searcher, search_suppliers, searcher_of

__all__ = [
    "BatchResult",
    "Candidate",
    "Faceted",
    "Filters",
    "Gap",
    "NearMatch",
    "Need",
    "Profile",
    "Removed",
    "SearchResult",
    "Searcher",
    "count_within",
    "load_profile",
    "need_of",
    "need_of_process",
    "read_need",
    "search_batch",
    "search_faceted",
    "search_suppliers",
    "searcher_of",
    "standard_profile",
]
