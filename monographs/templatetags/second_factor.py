"""What a staff page says about a second factor that must be set up."""

from django import template

from monographs.staff.second_factor.rule import Asked, asked_in

register = template.Library()


@register.simple_tag(takes_context=True)
def second_factor_asked(context) -> Asked | None:
    """By when whoever is logged in must set one up; None if there is nothing to do."""
    return asked_in(context["request"].session)
