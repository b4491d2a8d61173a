"""What each action of the journal is called; an action without a word shows as its code."""

from django.utils.translation import gettext_lazy as _

from maillon.web.journal.faults import Fault

ACTIONS = {
    "opened": _("opened a page"),
    "project_opened": _("opened a project"),
    "file_given": _("gave a file"),
    "imported": _("imported"),
    "import_undone": _("undid an import"),
    "import_redone": _("brought an import back"),
    "rejects_read": _("took the rows set apart"),
    "diagnosed": _("computed a diagnosis"),
    "document_read": _("took a document"),
    "mandate_given": _("gave a mandate"),
    "mandate_asked": _("asked for a mandate"),
    "mandate_confirmed": _("confirmed a mandate"),
    "mandate_revoked": _("ended a mandate"),
    "invited": _("invited somebody"),
    "joined": _("joined"),
    "space_opened": _("opened the space"),
    "member_removed": _("took somebody out"),
    "rights_granted": _("changed somebody’s rights"),
    "sign_in_refused": _("was refused a sign-in by the identity provider"),
    "identity_linked": _("linked the identity provider to the account"),
    "identity_unlinked": _("ended the link with the identity provider"),
    "journal_exported": _("took the journal"),
    "journal_forgotten": _("forgot the events whose time was up"),
    "draft_erased": _("import never finished: erased with its files"),
    "sealed_erased": _("sealed file erased: nobody had confirmed"),
}

#: What is wrong with an event, in words.
FAULTS = {
    Fault.CHANGED: _("changed after it was written"),
    Fault.MISSING: _("an event before this one was taken out"),
    Fault.CUT: _("events after this one were taken away or added by another hand"),
    Fault.UNSEALED: _("the end was not sealed by this installation"),
    Fault.ANCHOR: _("not what was noted outside"),
}
