"""What goes out: Excel, PDF, CSV, forms and receipts."""
