"""Staff: who they are, what they may, how they sign in; one use case a file."""
