"""The ``condong`` command, as ``pip install`` puts it on the path."""

import signal
import sys

from . import _condong


def main() -> int:
    """Runs the command with the words of the command line; gives its exit status."""
    # Python would only note an interrupt while the command is at work.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _condong.main(["condong", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
