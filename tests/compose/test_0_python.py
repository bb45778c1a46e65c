"""What the images run is what is tested: rules, contracts and services once more, on the Python of the images.

On SQLite: what the images do on PostgreSQL is what the other tests of this folder see. Before the stack starts, so that
the two do not share the machine. The container reaches no network at all.
"""

import subprocess

from tests.support.compose import ROOT

DOCKERFILE = "tests/compose/python/Dockerfile"
WHAT = ("tests/unit", "tests/contract", "tests/service")
ELSEWHERE = (
    "PostgreSQL",
    "RabbitMQ",
    "ClamAV",
    "promtool",
)  # who needs these runs outside; nothing else may be passed over


def test_rules_contracts_and_services_hold_on_the_python_of_the_images(images: None) -> None:
    built = ["docker", "build", "--quiet", "--file", DOCKERFILE, "."]
    done = subprocess.run(built, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    tested = ["pytest", "-q", "-p", "no:cacheprovider", "--numprocesses", "2", "--timeout", "400"]
    few = ["--env", "HYPOTHESIS_PROFILE=fast"]  # the many examples were tried outside, by the same rules
    run = ["docker", "run", "--rm", "--network", "none", "--init", *few, done.stdout.strip(), "python", "-m", *tested]
    run += ["-m", "not postgresql", *WHAT]
    ended = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    said = ended.stdout.splitlines()
    print(*said[-1:])
    assert ended.returncode == 0, "\n".join(said[-60:])
    passed_over = [line for line in said if line.startswith("SKIPPED")]
    assert [one for one in passed_over if not any(name in one for name in ELSEWHERE)] == []
