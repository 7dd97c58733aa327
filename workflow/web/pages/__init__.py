"""The pages, one router for each family."""
