"""The charts: one function each, from tables to a `figure.Figure`."""

from pactlens.charts import claims, countries, timeline

__all__ = ["claims", "countries", "timeline"]
