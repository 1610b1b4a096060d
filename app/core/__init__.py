"""What every ledger shares, in rooms: what a ledger is (dictionary), who asks (access), writing (records), reading (lists), and what
shows them (web, rest, files, paperwork, workflows, devices). On the ground floor what all rooms stand on. Knows no area."""
