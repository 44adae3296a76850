"""What is known: settings, tables, questions, formulas and who may. The only place that speaks SQL."""
