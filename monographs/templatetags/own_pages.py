"""Links to the site's own pages, in the language of the page they stand on."""

from django import template

from monographs.reading.languages import addresses

register = template.Library()


@register.simple_tag
def own_page(name: str, *arguments: object) -> str:
    """``{% own_page 'a-z' %}`` → ``/a-z/``, on an Arabic page ``/ar/a-z/`` (`reading.languages`)."""
    return addresses.address(name, *arguments)


@register.filter
def leaflet_from_here(slug: str, language: str) -> str:
    """The address of a leaflet in ``language`` for who reads this page (`languages.addresses`)."""
    return addresses.leaflet_address(slug, language)
