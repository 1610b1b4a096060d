"""Who is asking: accounts, the actor of a request, whose rows there are for an actor, signing in."""
