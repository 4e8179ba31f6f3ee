"""The charts: one function each, from tables to a `figure.Figure`."""

from pactlens.charts import claims, contrast, countries, rates, reuse, terms, timeline

__all__ = ["claims", "contrast", "countries", "rates", "reuse", "terms", "timeline"]
