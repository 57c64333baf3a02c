"""Which pages exist, and what each of them sees."""
