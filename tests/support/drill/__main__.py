"""`python -m tests.support.drill worker taker`: the processes of `python -m backbone`, for the drill's services."""

from backbone import __main__ as processes
from backbone.serving import logs
from backbone.shape.service import Service
from tests.support.drill import sabotage
from tests.support.drill.service import Settings, build


def load(name: str) -> Service:
    """The drill's service `name`, from the environment."""
    settings = Settings.load()
    logs.configure(name, settings.log_level)
    return build(name, settings)


def main() -> None:
    """Run the process that the command line names."""
    sabotage.apply()
    processes.load = load
    processes.run(processes.main)


if __name__ == "__main__":
    main()
