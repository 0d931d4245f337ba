"""OpenBLAS gets one thread before numpy is loaded, unless somebody chose; this holds for every command."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = (
    "import sys, os\n"
    "import ui.cli\n"
    "print('numpy' in sys.modules, os.environ.get('OPENBLAS_NUM_THREADS'), os.environ.get('OMP_NUM_THREADS'))"
)


def seen(**chosen):
    """Whether numpy was loaded by then, and the number of threads, in a process of its own."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
    surroundings = {name: value for name, value in os.environ.items() if name not in names} | chosen
    command = [sys.executable, "-c", PROGRAM]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, cwd=root, env=surroundings
    )
    return done.stdout.split()


def test_one_thread_is_set_before_numpy_is_there():
    assert seen() == ["False", "1", "None"]


def test_what_somebody_chose_is_kept():
    assert seen(OPENBLAS_NUM_THREADS="4", OMP_NUM_THREADS="2") == ["False", "4", "2"]
