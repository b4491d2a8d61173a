"""Results → HTML, PDF, XLSX, JSON."""
