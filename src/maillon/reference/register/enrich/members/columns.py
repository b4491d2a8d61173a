"""The headers of a member file, in French and in English."""

from __future__ import annotations

from maillon.reference.register.enrich.source import Column


def _column(name: str, headers: str) -> Column:
    return Column(name, tuple(headers.split("|")))


COLUMNS = (
    _column("siret", "siret|n° siret|numéro siret|no siret|siret number"),
    _column("siren", "siren|n° siren|numéro siren|siren number"),
    _column("vat", "tva|n° tva|tva intracommunautaire|numéro de tva|vat|vat number"),
    _column(
        "name",
        "raison sociale|nom|entreprise|société|dénomination|adhérent|membre|company|company name"
        "|name|member|firm",
    ),
    _column("postcode", "code postal|cp|postcode|postal code|zip code|zip"),
    _column("commune_name", "ville|commune|localité|city|town"),
    _column(
        "processes",
        "procédés|procédé|procédés maîtrisés|savoir-faire|savoir faire|savoirs-faire|capacités"
        "|capacité technique"
        "|métiers|métier|compétences|techniques|prestations|processes|process|capabilities"
        "|capability|skills"
        "|services|trades|technologies",
    ),
    _column(
        "machines",
        "machines|machine|parc machines|parc machine|équipements|équipement|moyens|moyens de production"
        "|moyens techniques|machine park|equipment|machinery",
    ),
    _column(
        "materials",
        "matières|matière|matériaux|matériau|matières travaillées|matériaux travaillés|materials|material",
    ),
    _column(
        "size",
        "dimensions max|dimension max|dimensions maximales|dimension maximale|taille max"
        "|taille maximale"
        "|encombrement max|encombrement|dimensions|capacité dimensionnelle|max size|max sizes"
        "|maximum size"
        "|max dimensions|max part size|largest part",
    ),
    _column("length", "longueur max|longueur maximale|longueur|max length|maximum length|length"),
    _column(
        "diameter", "diamètre max|diamètre maximal|diamètre|ø max|max diameter|maximum diameter|diameter"
    ),
    _column(
        "mass", "poids max|poids maximal|masse max|masse maximale|poids|masse|max weight|max mass|weight|mass"
    ),
    _column(
        "tolerance",
        "tolérance|tolérances|tolérance mini|tolérance min|précision|tolerance|tolerances"
        "|accuracy|best tolerance",
    ),
    _column(
        "certificates",
        "certifications|certification|certificats|certificat|normes|labels|qualifications|agréments"
        "|certificates|certificate|standards|approvals",
    ),
    _column(
        "lot",
        "lot|lots|taille de lot|tailles de lot|série|séries|quantités|lot size|lot sizes|batch size|batch",
    ),
    _column(
        "lot_low",
        "lot min|lot mini|lot minimum|lot minimal|série min|série minimum|quantité minimum"
        "|quantité min|qté min"
        "|minimum de commande|min lot|minimum lot|minimum batch|min batch|min order|moq"
        "|minimum order quantity",
    ),
    _column(
        "lot_ideal",
        "lot idéal|lot optimal|série idéale|série optimale|quantité idéale|lot courant|ideal lot"
        "|ideal batch"
        "|best lot|typical lot|optimal lot",
    ),
    _column(
        "lot_high",
        "lot max|lot maxi|lot maximum|lot maximal|série max|série maximum|quantité maximum"
        "|quantité max|qté max"
        "|max lot|maximum lot|maximum batch|max batch|max order",
    ),
    _column(
        "capacity",
        "capacité disponible|capacité libre|disponibilité|heures disponibles|heures libres"
        "|charge disponible"
        "|capacité|free capacity|available capacity|available hours|free hours|capacity",
    ),
    _column("products", "produits|produit|produits fabriqués|fabrications|products|product|products made"),
    _column(
        "description", "description|présentation|activité|activités|descriptif|activity|about|presentation"
    ),
    _column("role", "rôle|type|statut|role|status"),
    _column("day", "date|mise à jour|date de mise à jour|maj|updated|last update|as of"),
)
