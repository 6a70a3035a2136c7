"""Commands that read and write the store: releases, conditions, tokens, backups."""
