"""The command line, above both programs: it alone imports both."""
