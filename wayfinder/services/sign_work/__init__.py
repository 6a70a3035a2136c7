"""What staff ask of a venue's signs and what takes long: batches, audits, plans.

One file a use case; each is done in the background (`wayfinder.services.background`).
"""
