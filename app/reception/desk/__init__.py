"""The reception desk: who is on duty and what people say, entered on a tablet."""
