"""What a person does at the till: one function, one transaction."""
