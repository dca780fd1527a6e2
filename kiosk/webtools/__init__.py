"""What both programs' pages share: assets, headers, page or fragment, words."""
