"""Communes, départements, regions, countries, distances."""
