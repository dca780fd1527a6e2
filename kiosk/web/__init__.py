"""The till's pages: parse, call one service, respond."""
