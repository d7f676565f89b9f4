"""One draw of all problems: other numbers for every seed."""

import numpy as np

from trials import families, rough
from trials.problems import Problem, with_mistakes

KINDS = {
    "smooth": families.smooth,
    "network": families.network,
    "layer": families.layer,
    "scaling": families.scaling,
    "stiff": families.stiff,
    "float32": families.single,
    "kink": rough.kink,
    "noisy": rough.noisy,
    "domain": rough.domain,
    "point": rough.point,
    "large": rough.large,
}


def draw(seed: int, kinds=tuple(KINDS), repeat: int = 2, spoils: int = 3) -> list[Problem]:
    """All kinds, each drawn `repeat` times (large once), every right problem with `spoils` mistakes."""
    found = []
    for kind in kinds:
        rng = np.random.default_rng([seed, sorted(KINDS).index(kind)])
        for _ in range(1 if kind == "large" else repeat):
            for problem in KINDS[kind](rng):
                if problem.right:
                    found += with_mistakes(problem, rng, spoils)
                else:
                    found.append(problem)
    return found
