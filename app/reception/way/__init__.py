"""The way of an opinion: what people do with it, step by step, and what each step writes."""
