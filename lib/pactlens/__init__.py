"""Read news coverage of bilateral security agreements into tables, and chart them."""
