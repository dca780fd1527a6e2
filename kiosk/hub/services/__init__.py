"""What organisers and devices do at the hub: one function, one transaction."""
