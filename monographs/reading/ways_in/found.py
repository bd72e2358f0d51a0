"""What a search found, as HTML: names, answers and texts. Its templates are rendered once and filled (`patterns`)."""

from collections.abc import Container, Iterable, Sequence
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from monographs.leaflets.editions import titled
from monographs.reading.alerts.beside import AlertsBeside
from monographs.reading.languages.addresses import leaflet_address
from monographs.reading.patterns import pattern
from monographs.search.named.names import Found, How, NameAnswer
from monographs.search.questions.answers import Answer, Reply
from monographs.search.shown.hits import Hit
from monographs.search.texts.fulltext import Found as TextsFound
from monographs.search.texts.fulltext import TextHit
from monographs.templatetags.found_words import marked
from monographs.templatetags.leaflet_language import in_order, spoken


def names_html(
    names: NameAnswer, query: str, alerts: AlertsBeside, *, has_answer: bool, told: Container[str] = ()
) -> SafeString:
    """The medicines that names led to; nothing where none did. ``told`` are folded names of which more is said."""
    if not names.found:
        return mark_safe("")
    words = {
        "query": query,
        "meant": _medicines(names.meant, alerts),
        "others": _medicines(names.others, alerts),
        "names": _quoted(found.matched_name for found in names.meant if names.is_near or not found.typed),
    }
    if names.is_near:
        words["query"] = ", ".join(dict.fromkeys(found.typed or query for found in names.meant))
        shape = {"is_many": len(names.meant) > 2, "is_doubtful": names.is_doubtful}
        return pattern("reading/near_names.html").filled(words, shape)
    words["remarks"] = _joined(_remarks(names, told))
    shape = {"count": len(names.hits), "tells_names": names.how == How.NAMED and not has_answer}
    return pattern("reading/names_found.html").filled(words, shape)


def answer_html(
    answer: Answer | None,
    alerts: AlertsBeside,
    *,
    may_ask: bool,
    unknown: Sequence[str] = (),
) -> SafeString:
    """What leaflets say to a question; of a medicine that it names and nobody knows (``unknown``), that. Where it names
    none, it ``may_ask`` which is meant."""
    if not answer:
        return mark_safe("")
    shape = {
        "asks_which": answer.asks_which and may_ask and not unknown,
        "names_unknown": bool(unknown),
    }
    words = {
        "replies": _joined(_reply(reply, alerts) for reply in answer.replies),
        "unknown": _joined(map(_unknown, unknown)),
    }
    return pattern("reading/answer.html").filled(words, shape)


def texts_html(texts: TextsFound, query: str, alerts: AlertsBeside, *, is_other: bool) -> SafeString:
    """A page of leaflets that say what was looked for. ``is_other``: they are about other medicines than it names."""
    if not texts.hits:
        return mark_safe("")
    words = {
        "query": query,
        "hits": _joined(_text(hit, alerts) for hit in texts.hits),
        "before": _page(query, texts.page - 1) if texts.page > 1 else "",
        "after": _page(query, texts.page + 1) if texts.page < texts.pages else "",
    }
    shape = {"is_other": is_other, "is_capped": texts.is_capped, "page": texts.page, "pages": texts.pages}
    return pattern("reading/text_hits.html").filled(words, {**shape, "count": texts.count})


def _medicines(found: Iterable[Found], alerts: AlertsBeside) -> SafeString:
    return _joined(html for each in found for html in _medicine(each, alerts.lines(each.medicine)))


def _medicine(found: Found, alerts: SafeString) -> Iterable[SafeString]:
    if not found.hits:
        words = {"name": in_order(found.name, get_language()), "use": in_order(found.use, found.use_language)}
        words["use_in"] = spoken(found.use_language, get_language()) if found.use else ""
        words["alerts"] = alerts
        if found.matched_name != found.name:
            words["also"] = in_order(found.matched_name, get_language())
        yield pattern("reading/without_leaflet.html").filled(words)
    for place, hit in enumerate(found.hits):
        words = _leaflet(hit) | {"alerts": alerts}
        if hit.matched_name != hit.title:
            words["also"] = in_order(hit.matched_name, get_language())
        if found.use and not place:
            words["said"] = in_order(found.use, found.use_language)
            words["said_in"] = spoken(found.use_language, get_language()) if found.use_language else ""
        yield pattern("reading/leaflet_found.html").filled(words, {"kind": hit.in_effect})


def _leaflet(hit: Hit | TextHit) -> dict[str, object]:
    language = get_language()
    tag = "" if hit.language == language else get_language_info(hit.language)["name_local"]
    return {
        "address": leaflet_address(hit.slug, hit.language),
        "title": in_order(titled(hit.title, hit.edition, hit.language), hit.language),
        "title_in": spoken(hit.language, language),
        "tag": tag,
    }


def _text(hit: TextHit, alerts: AlertsBeside) -> SafeString:
    words = _leaflet(hit) | {"alerts": alerts.lines(hit.medicine)}
    if hit.anchor:
        words["address"] = f"{words['address']}#{hit.anchor}"
    if hit.snippet:
        words["said"] = in_order(marked(hit.snippet, hit), hit.language)
        words["said_in"] = words["title_in"]
    return pattern("reading/leaflet_found.html").filled(words, {"kind": hit.in_effect})


def _remarks(names: NameAnswer, told: Container[str]) -> Iterable[SafeString]:
    for typed, meant in names.mended.items():
        words = {"typed": typed, "names": _quoted(found.matched_name for found in meant)}
        yield pattern("reading/mended_name.html").filled(words, {"is_doubtful": len(meant) > 1})
    for name in names.unknown:
        if name not in told:
            yield _unknown(name)


def _unknown(name: str) -> SafeString:
    return pattern("reading/unknown_name.html").filled({"name": name})


def _reply(reply: Reply, alerts: AlertsBeside) -> SafeString:
    said = (in_order(marked(sentence, reply), reply.language) for sentence in reply.sentences)
    address = leaflet_address(reply.slug, reply.language)
    words = {
        "title": in_order(titled(reply.title, reply.edition, reply.language), reply.language),
        "heading": in_order(reply.heading, reply.language),
        "said_in": spoken(reply.language, get_language()),
        "alerts": alerts.lines(reply.medicine),
        "sentences": format_html_join("", "<p>{}</p>\n", ((sentence,) for sentence in said)),
        "address": f"{address}#{reply.anchor}" if reply.anchor else address,
    }
    return pattern("reading/answer_of_leaflet.html").filled(words, {"is_cut": reply.is_cut})


def _quoted(names: Iterable[str]) -> SafeString:
    quoted = [format_html("“<bdi>{}</bdi>”", in_order(name, get_language())) for name in names]
    joint = _("and")  # gettext's tools find no message inside an f-string
    return mark_safe(f" {joint} ".join(quoted))  # noqa: S308 - each is escaped


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each is a template's output


def _page(query: str, page: int) -> str:
    return f"?{urlencode({'q': query, 'page': page})}"
