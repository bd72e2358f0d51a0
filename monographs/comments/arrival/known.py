"""What of the site a reply is held against before it is kept, looked up at once, alone or beside something else."""

import json
from typing import NamedTuple, Self

from django.db.models import Func, Subquery, TextField

from monographs.comments.identity.protected_names import Staff
from monographs.comments.spam.learnt import newest_decision
from monographs.comments.triage.word_rules import Stamp, columns_of_stamp
from monographs.prepared import Prepared
from monographs.staff.models import StaffMember


class Known(NamedTuple):
    """The names of the ``staff``, the ``stamp`` of the word rules, and the number of the newest ``decision`` on any
    reply (0: there is none)."""

    staff: Staff = ()
    stamp: Stamp = ()
    decision: int = 0

    @classmethod
    def of(cls, names: str | None, *others: object) -> Self:
        """From the `columns` of a look-up."""
        *stamp, decision = others
        return cls(tuple(sorted(map(tuple, json.loads(names or "[]")))), tuple(stamp), decision or 0)


def columns() -> tuple[Subquery, ...]:
    """For a look-up of something else that has all of it beside its own columns."""
    names = StaffMember.objects.order_by().values_list(_AllOf("first_name", "last_name"))
    return Subquery(names), *columns_of_stamp(), newest_decision()


def known() -> Known:
    """One query. Where there is no staff nothing was ever decided, and there is no rule."""
    return next((Known.of(*row) for row in _KNOWN.rows()), Known())


_KNOWN = Prepared(lambda: StaffMember.objects.order_by("pk").values_list(*columns())[:1])


class _AllOf(Func):
    """Of all rows a list of these texts, as JSON, in no order; on PostgreSQL NULL where there is no row."""

    output_field = TextField()
    template = "json_agg(json_build_array(%(expressions)s))::text"

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list[object]]:
        template = "json_group_array(json_array(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)
