"""The stubs say what the module is; the examples in the documentation run."""

import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import tutur


def test_examples_in_docstrings() -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    found = finder.find(tutur, "tutur", globs={})
    for name in tutur.__all__:
        thing = getattr(tutur, name)
        found += finder.find(thing, name, module=False, globs={})
        # Methods of compiled classes are none that doctest looks into.
        for method, value in vars(thing).items() if inspect.isclass(thing) else ():
            if ">>>" in (inspect.getdoc(value) or ""):
                found += finder.find(value, f"{name}.{method}", module=False, globs={})
    unique = {test.name: test for test in found if test.examples}
    for test in unique.values():
        runner.run(test)
    assert runner.failures == 0 and len(unique) > 25


def test_everything_is_documented() -> None:
    for name in tutur.__all__:
        thing = getattr(tutur, name)
        if name != "__version__":
            assert inspect.getdoc(thing), name
        for method, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not method.startswith("_") and name != "TuturError":
                assert inspect.getdoc(value), f"{name}.{method}"


def test_stubs_fit_the_module() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "tutur._tutur", "--ignore-disjoint-bases"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parent)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_of_the_package() -> None:
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "package"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
