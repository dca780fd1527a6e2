"""What till and hub say to each other: segments, bundles and signed reads."""
