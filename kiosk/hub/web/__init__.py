"""The hub's pages and its API: parse, call one service, respond."""
