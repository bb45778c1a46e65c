"""How many messages each queue really holds, asked of its leader.

`rabbitmqctl list_queues` shows what a quorum queue last told, every five seconds, and 0 for one that is just coming
back: a ledger that believes it counts too early. The leader knows now, those out with a consumer included.
"""

from collections.abc import Callable

ASK = """lists:foreach(fun(Queue) ->
    {{resource, _, _, Name}} = amqqueue:get_name(Queue),
    {{ok, {{_, Count}}, _}} = ra:leader_query(amqqueue:get_pid(Queue), fun rabbit_fifo:query_messages_total/1),
    io:format("~ts ~b~n", [Name, Count]) end, rabbit_amqqueue:list(<<"{vhost}">>))."""


def depths(ctl: Callable[..., str], vhost: str) -> dict[str, int]:
    """{queue: messages} in `vhost`; `ctl` runs rabbitmqctl. RuntimeError while a queue has no leader."""
    lines = [line.rsplit(" ", 1) for line in ctl("eval", ASK.format(vhost=vhost)).splitlines() if line != "ok"]
    return {name: int(count) for name, count in lines}
