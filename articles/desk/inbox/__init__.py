"""The wire inbox: what came in, what became of it, and what somebody has to decide.

queue.py      the list of what waits, live
asked.py      what its address asks for
item.py       one item: what it says beside what was received, and the buttons
acting.py     take, attach, park, spike, back
offering.py   a newer version beside the one that was taken: each change to take or to leave
bringing.py   uploads: given, looked at, brought in, undone
repairing.py  what was refused, mended and read again
rules.py      what the newsroom does with what a source sends, and where that is fetched from
admin.py      their addresses, and who may open the lists
"""
