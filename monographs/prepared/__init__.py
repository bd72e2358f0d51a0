"""Look-ups and writes that are asked for all the time: their SQL is made once.

Django makes the SQL of a query anew each time, and for a page of three look-ups that takes several times as long as the
database takes to answer them. What PostgreSQL keeps of a statement is `clinicinfo.postgresql`'s.
"""

from monographs.prepared.given import Fixed, Given
from monographs.prepared.lookups import Prepared, PreparedIn, instance
from monographs.prepared.writes import PreparedDelete, PreparedInsert, PreparedUpdate, write_together

__all__ = [
    "Fixed",
    "Given",
    "Prepared",
    "PreparedDelete",
    "PreparedIn",
    "PreparedInsert",
    "PreparedUpdate",
    "instance",
    "write_together",
]
