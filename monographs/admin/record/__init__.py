"""The record: a leaflet's history, certificates and the ledger."""
