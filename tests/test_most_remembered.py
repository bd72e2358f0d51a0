"""A worker lives for months: what it remembers of texts, in dozens of places, has a bound that all of them keep."""

import importlib
import pkgutil

import monographs
from monographs.remembered import MOST_REMEMBERED


def test_no_function_remembers_more_than_so_much():
    bounds = {}
    for module in pkgutil.walk_packages(monographs.__path__, "monographs."):
        if ".migrations" not in module.name:
            for name, function in vars(importlib.import_module(module.name)).items():
                if hasattr(function, "cache_info"):
                    bounds[f"{module.name}.{name}"] = function.cache_info().maxsize
    assert len(bounds) > 50
    assert {name: most for name, most in bounds.items() if most is not None and most > MOST_REMEMBERED} == {}
