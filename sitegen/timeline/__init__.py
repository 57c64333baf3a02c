"""What follows from the content: who is who, what stands where, what comes before and after."""
