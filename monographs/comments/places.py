"""Where each shown reply stands under its leaflet, written down so that a page of replies is one range of an index.

A place is digits: for a question its number, for an answer the place of what it answers and then its own number. So the
order of places is the order of reading, on every database: each reply, and behind it what answers it. A reply that is
not shown, or stands under one that is not, has none. Places follow from the replies' states and from whom they answer;
`comments.actions` keeps them, triggers refuse a place that shows what may not be shown (`comments.guards`), and
`verify_history` works them out anew.
"""

from monographs.comments.models import MOST_LEVELS, PLACE_DIGITS, Comment, State


def place_of(comment: Comment, above: str) -> str:
    """The place that a reply has; ``above`` is that of what it answers.

    Below `MOST_LEVELS` answers stand in the order of time under the last level that has room.
    """
    if comment.state != State.APPROVED or (comment.parent_id and not above):
        return ""
    return f"{above[: PLACE_DIGITS * (MOST_LEVELS - 1)]}{comment.pk:0{PLACE_DIGITS}}"


def move(comment: Comment) -> None:
    """Save a reply whose state has changed, with the place that it has now and who must look at it, and move what
    stands under it."""
    was = comment.place
    above = Comment.objects.filter(pk=comment.parent_id).values_list("place", flat=True) if comment.parent_id else [""]
    comment.place = place_of(comment, above[0])
    comment.save(update_fields=("state", "place", "waits_since", "is_escalated", "claimed_by", "claimed_until"))
    level = {comment.pk: comment.place} if comment.place != was else {}
    while level:  # from above: what stands under a reply is shown after it, and hidden after it
        answers = list(Comment.objects.filter(parent__in=level, state=State.APPROVED).only("parent_id", "state"))
        for answer in answers:
            answer.place = place_of(answer, level[answer.parent_id])
        Comment.objects.bulk_update(answers, ["place"])
        level = {answer.pk: answer.place for answer in answers}
