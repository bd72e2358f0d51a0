"""Indexes go that are the beginning of another one of their table, and on PostgreSQL those for LIKE that no LIKE asks.

Each cost every row that is written. One on the leaflet alone, beside one on the leaflet and the number, was also taken
by PostgreSQL for "the newest revision of a leaflet": all of its revisions, sorted, instead of the last one.

Django would make each of these tables anew on SQLite, and on PostgreSQL drop the foreign key and check every row again:
here an index is dropped, and nothing else. Each by itself, so that no table is kept from readers while another is
waited for.
"""

from django.db import migrations
from django.db.migrations.operations.base import Operation

# The model and its field, which says from now on that it has no index of its own.
NEEDLESS = {
    "monographs_autosave_leaflet_id_e75a151c": ("autosave", "leaflet"),
    "monographs_changerequest_leaflet_id_62587c7d": ("changerequest", "leaflet"),
    "monographs_classwords_medicine_id_44b918de": ("classwords", "medicine"),
    "monographs_comment_state_5a17d42f": ("comment", "state"),
    "monographs_decision_review_id_557ebbff": ("decision", "review"),
    "monographs_entry_by_id_326d1023": ("entry", "by"),
    "monographs_entry_subject_e41d847b": ("entry", "subject"),
    "monographs_entry_verb_ae6ecfde": ("entry", "verb"),
    "monographs_leaflet_medicine_id_517d45b6": ("leaflet", "medicine"),
    "monographs_medicinecode_medicine_id_49b4ffe5": ("medicinecode", "medicine"),
    "monographs_medicinename_medicine_id_b9db8d2b": ("medicinename", "medicine"),
    "monographs_naming_leaflet_id_9a7ef184": ("naming", "leaflet"),
    "monographs_opening_by_id_8be50f4d": ("opening", "by"),
    "monographs_overduealarm_comment_id_7b1a7695": ("overduealarm", "comment"),
    "monographs_page_publication_id_2cab7e4e": ("page", "publication"),
    "monographs_publication_leaflet_id_5647ff21": ("publication", "leaflet"),
    "monographs_reminder_person_id_c14f44ae": ("reminder", "person"),
    "monographs_replylabel_label_4253e4bf": ("replylabel", "label"),
    "monographs_report_comment_id_29a0284b": ("report", "comment"),
    "monographs_revision_leaflet_id_ad1f9dd8": ("revision", "leaflet"),
    "monographs_section_key_5d56fff5": ("section", "key"),  # is asked for with its leaflet alone
    "monographs_section_leaflet_id_ce3590f9": ("section", "leaflet"),
    "monographs_standing_writer_id_e4b1d90a": ("standing", "writer"),
    "monographs_suspectedreaction_medicine_id_e8900ad2": ("suspectedreaction", "medicine"),
}

# The column goes on to have an index: PostgreSQL finds beginnings by the one that Django makes beside it.
ONLY_HERE = {"monographs_standing_folded_0c4a109b": ("standing", "folded")}

# Beside each index on letters Django makes PostgreSQL another one, for LIKE.
FOR_LIKE = {
    "monographs_attempts_key_2e7b6494_like": ("attempts", "key"),
    "monographs_checklistitem_text_38afa528_like": ("checklistitem", "text"),
    "monographs_comment_hidden_address_86c7cd31_like": ("comment", "hidden_address"),
    "monographs_comment_state_5a17d42f_like": ("comment", "state"),
    "monographs_entry_hash_b75842af_like": ("entry", "hash"),
    "monographs_entry_previous_hash_e91f1289_like": ("entry", "previous_hash"),
    "monographs_entry_subject_e41d847b_like": ("entry", "subject"),
    "monographs_entry_verb_ae6ecfde_like": ("entry", "verb"),
    "monographs_finding_digest_d3011d2c_like": ("finding", "digest"),
    "monographs_judgement_digest_3b25f189_like": ("judgement", "digest"),
    "monographs_letter_message_id_630b9491_like": ("letter", "message_id"),
    "monographs_medicine_drug_class_836c742f_like": ("medicine", "drug_class"),
    "monographs_medicine_name_05641bb8_like": ("medicine", "name"),
    "monographs_medicine_slug_c758b6d9_like": ("medicine", "slug"),
    "monographs_medicinename_first_key_6265f634_like": ("medicinename", "first_key"),
    "monographs_medicinename_sorted_by_7ec15273_like": ("medicinename", "sorted_by"),
    "monographs_missedsearch_folded_838c185d_like": ("missedsearch", "folded"),
    "monographs_opensession_session_key_9d8ee1c2_like": ("opensession", "session_key"),
    "monographs_replylabel_label_4253e4bf_like": ("replylabel", "label"),
    "monographs_report_key_16004b84_like": ("report", "key"),
    "monographs_retentionperiod_what_c34649cd_like": ("retentionperiod", "what"),
    "monographs_review_state_3fa7a5c2_like": ("review", "state"),
    "monographs_revision_hash_07dc2a7d_like": ("revision", "hash"),
    "monographs_section_key_5d56fff5_like": ("section", "key"),
    "monographs_staffmember_username_20d43779_like": ("staffmember", "username"),
    "monographs_suspectedreaction_form_key_c96efdc9_like": ("suspectedreaction", "form_key"),
    "monographs_workedout_what_2ebdc29f_like": ("workedout", "what"),
}


class DropNeedless(Operation):
    """Drops them by their names, and has the fields say so."""

    reversible = True

    def describe(self) -> str:
        return "Drop indexes that nothing needs"

    def state_forwards(self, app_label, state) -> None:
        state.__dict__.pop("apps", None)  # made anew once, and not in part for each field
        for model, name in NEEDLESS.values():
            field = state.models[app_label, model].fields[name]
            _name, _path, given, named = field.deconstruct()
            without = type(field)(*given, **{**named, "db_index": False})
            state.alter_field(app_label, model, name, without, preserve_default=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for index in (*NEEDLESS, *ONLY_HERE, *FOR_LIKE):
            schema_editor.execute(f"DROP INDEX IF EXISTS {index}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for index, (model, _field) in (NEEDLESS | ONLY_HERE).items():
            _create(schema_editor, index, model)
        for index, (model, _field) in FOR_LIKE.items() if schema_editor.connection.vendor == "postgresql" else ():
            _create(schema_editor, index, model, " varchar_pattern_ops")


def _create(schema_editor, index: str, model: str, order: str = "") -> None:
    table = f"monographs_{model}"
    column, _name_of_its_own = index.removeprefix(f"{table}_").removesuffix("_like").rsplit("_", 1)
    schema_editor.execute(f'CREATE INDEX IF NOT EXISTS {index} ON {table} ("{column}"{order})')


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("monographs", "0052_what_comes_due")]

    operations = [
        DropNeedless(),
        migrations.RemoveIndex(model_name="standing", name="standing_review"),
    ]
