"""Papers in and out: pages, documents and sheets made from what the services know."""
