"""Stations and the people of the trade: staff, deputies, mandates, groups, organs, accounts."""
