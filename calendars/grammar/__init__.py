"""The one grammar of deadline wordings; `calendars.wording` is its public face."""
