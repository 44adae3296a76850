"""What goes out: Excel, PDF, CSV, forms and receipts (from the analyst's desk on)."""
