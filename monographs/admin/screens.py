"""The screens that are not model pages. Each module has ``urls(site) -> list[URLPattern]``."""

SCREENS = ()
