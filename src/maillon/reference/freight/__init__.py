"""What moving goods takes: distances, CO2 factors, Incoterms, labour, default assumptions."""
