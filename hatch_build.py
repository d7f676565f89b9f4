"""Before the package is built or installed for editing: catalogues are compiled, and a wheel takes the course along.

Knows: hatchling's hook and where catalogues lie. It loads grader/authoring/catalogues.py by its path, since the package
is not there yet.
"""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COURSE = ("course.toml", "exercises", "solutions", "reference", "locale")
"""What a wheel holds as data in grader/bundled/. An editable installation finds it in the checkout."""


class CustomBuildHook(BuildHookInterface):
    """Named in pyproject.toml, under [tool.hatch.build.targets.wheel.hooks.custom]."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compiled = _compiler(root)
        for locale in (root / "grader" / "locale", root / "locale"):
            for path, data in compiled(locale):
                path.write_bytes(data)
        if version != "editable":
            build_data["force_include"].update({str(root / name): f"grader/bundled/{name}" for name in COURSE})


def _compiler(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("catalogues", root / "grader" / "authoring" / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.compiled
