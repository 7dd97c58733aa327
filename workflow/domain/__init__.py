"""The pure core: a plan's definition, its events, and every decision taken over them."""
