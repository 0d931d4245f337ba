"""Follow-ups: what a turn leans on, and where it may be answered from."""
