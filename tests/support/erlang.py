"""A shell of a running Erlang node that stays open: `rabbitmqctl eval` starts a machine of its own for each question,
which is half a second of computing, and the bus tests ask hundreds."""

import base64
import secrets
import subprocess
from collections.abc import Mapping

END, SECONDS = "\x01", 60
LOOP = (
    """Loop = fun Next() -> case io:get_line("") of eof -> halt(); Line ->
    {ok, Words, _} = erl_scan:string(binary_to_list(base64:decode(string:trim(Line)))),
    {ok, Code} = erl_parse:parse_exprs(Words),
    case rpc:call('%s', erl_eval, exprs, [Code, []], %d000) of
        {value, Value, _} -> io:format("~tp~n\\1~n", [Value]);
        Failed -> io:format("~n\\1~0tp~n", [Failed])
    end, Next() end end, Loop()."""
).replace("\n", " ")


class Shell:
    """Asks the node `node`; `environment` says where its cookie and its epmd are."""

    def __init__(self, node: str, environment: Mapping[str, str]) -> None:
        name = f"asks{secrets.token_hex(4)}@localhost"
        self._process = subprocess.Popen(
            ["erl", "-noshell", "-hidden", "-sname", name, "+S", "1:1", "-eval", LOOP % (node, SECONDS)],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def ask(self, code: str) -> str:
        """What `code` prints on the node, and its value. RuntimeError when it failed, or nobody is there."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(base64.b64encode(code.encode()).decode() + "\n")
        said: list[str] = []
        for line in self._process.stdout:
            if line.startswith(END):
                if failed := line[1:].strip():
                    raise RuntimeError(f"{code}: {failed}")
                return "".join(said)
            said.append(line)
        raise RuntimeError("the shell has ended")

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
