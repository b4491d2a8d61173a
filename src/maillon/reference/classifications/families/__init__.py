"""What firms buy: the purchase families, their labels and their links to processes, NAF and HS codes."""

from maillon.reference.classifications.families.family import (
    Family,
    FamilyGroup,
    all_families,
    family_groups,
    family_label,
    find_family,
)

__all__ = ["Family", "FamilyGroup", "all_families", "family_groups", "family_label", "find_family"]
