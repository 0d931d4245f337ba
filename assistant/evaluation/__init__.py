"""Measuring answers: cases, measures, diagnosis, report."""
