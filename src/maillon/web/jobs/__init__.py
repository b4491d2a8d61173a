"""Long work: started, followed, cancelled, taken up again."""
