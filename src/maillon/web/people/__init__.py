"""Who uses the application, and what each may see."""
