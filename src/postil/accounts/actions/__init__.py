"""What people do to accounts: one function per use case."""
