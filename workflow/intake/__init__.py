"""From the prose of a plan document to a draft of a plan: pure once the document has been read."""
