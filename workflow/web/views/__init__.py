"""What pages show, computed from the state of plans and an instant; pure."""
