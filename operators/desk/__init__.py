"""What carrier staff see first: what waits, where it burns, how fast they answer, and where to send people."""
