"""The fire takeover: approved texts, signed messages in a folder, what holds of them now.

It needs no database. A message is signed by whoever sends it (Ed25519) and stays signed in its
file: every process checks it again before it believes it, and holds no key that could sign.
"""
