"""Makes models/en/: one small encoder with a head per task, trained on ../shared/data, quantised to int8."""
