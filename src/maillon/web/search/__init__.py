"""Who can make a part: the register searched, candidates kept in lists."""
