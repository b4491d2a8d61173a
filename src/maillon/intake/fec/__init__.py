"""The accounting export of every French firm (FEC), reduced to purchases before anything is kept."""

from maillon.intake.fec.layout import looks_like_fec
from maillon.intake.fec.read import purchases_only, read_fec

__all__ = ["looks_like_fec", "purchases_only", "read_fec"]
