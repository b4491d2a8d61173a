"""Links between classifications: from goods (HS, CN) to their makers (CPA, NACE classes)."""
