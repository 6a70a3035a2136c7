"""Operations: whether the process lives and is ready, what it counts, what it logs."""
