"""Where the template's interpreter begins: python -S -s -P -B .../child/__main__.py N fork|fresh FOLDER...

Knows how to be started; `template` does the rest. N is the descriptor of the control socket. The folders hold numpy and
msgspec; they are on `sys.path` while the template warms up and not later, so that nothing else is imported from them.
"""

import sys
import types


def begin() -> None:
    here = __file__.rpartition("/")[0]
    worker = here.rpartition("/")[0]
    house = worker.rpartition("/")[0]
    # Packages without their __init__: those of the house belong to the grader's side, and need not be readable here.
    for name, folder in (("grader", house), ("grader.worker", worker)):
        package = types.ModuleType(name)
        package.__path__ = [folder]
        sys.modules[name] = package
    library = list(sys.path)
    control, start, *folders = sys.argv[1:]
    sys.path += folders
    from grader.worker.child import template

    sys.argv[:] = [""]
    template.run(int(control), start == "fork", library)


begin()
