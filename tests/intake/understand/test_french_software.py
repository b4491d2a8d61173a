"""The layouts that purchasing, production and drawing software prints in French, in invented data."""

from factories.spreadsheets import codes, column, read_rows, sources_by_role


def test_a_drawing_numbers_its_lines_by_article_and_names_its_parts_by_piece() -> None:
    rows = [
        ["N° ARTICLE", "NUMERO DE PIECE", "DESCRIPTION", "QTE"],
        ["1", "P-001", "Flasque gauche", "1"],
        ["1.1", "P-001-B", "Insert laiton", "6"],
        ["2", "P-002", "Arbre moteur", "1"],
        ["3", "E-010", "Roulement 6004-2RS", "2"],
    ]
    reading = read_rows(rows)
    assert sources_by_role(reading)["position"] == "N° ARTICLE"
    assert column(reading, "reference") == ["P-001", "P-001-B", "P-002", "E-010"]


def test_a_price_for_a_hundred_or_a_thousand_is_divided() -> None:
    rows = [
        ["Code article", "Libellé", "Qté lien", "Un.", "Four. habituel", "Px achat", "Un. px"],
        ["MP-1", "TOLE S235 EP 3", "0,125", "M2", "ACIER DU DOUBS", "18,40", "M2"],
        ["AC-1", "VIS H M10x30", "24", "U", "VISSERIE JURA", "12,50", "C"],
        ["AC-2", "RONDELLE M10", "48", "U", "VISSERIE JURA", "9,00", "M"],
        ["AC-3", "ROND 42CrMo4 D60", "0,350", "M", "ACIER DU DOUBS", "31,00", "M"],
        ["AC-4", "VERIN D50 C100", "2", "U", "PNEU COMTOIS", "143,20", "U"],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [18.4, 0.125, 0.009, 31.0, 143.2]
    assert column(reading, "supplier")[0] == "ACIER DU DOUBS"
    assert "pack-prices" in codes(reading)


def test_page_numbers_and_repeated_headers_are_no_sections() -> None:
    header = ["Rang", "Code article", "Libellé", "Qté"]
    rows = [
        ["Page 1/2", None, None, None],
        header,
        ["10", "MP-1", "TOLE S235 EP 3", "2"],
        ["20", "MP-2", "TUBE 40x40x2", "4"],
        ["Page 2/2", None, None, None],
        header,
        ["30", "MP-3", "CORNIERE 30x30", "6"],
    ]
    reading = read_rows(rows)
    assert column(reading, "reference") == ["MP-1", "MP-2", "MP-3"]
    assert column(reading, "section") == [None, None, None]


def test_the_order_number_is_a_document_in_a_journal_and_a_code_in_a_list_of_parts() -> None:
    header = "N° commande;Date cde;Fournisseur;Réf. art.;Libellé art.;Qté cdée;P.U. brut;P.U. net;Mt HT"
    journal = [
        header.split(";"),
        ["CF1", "03/01/2025", "TOLERIE DU DOUBS", "TOL-33", "CAPOT TOLE", "50", "42,00", "37,80", "1 890,00"],
        ["CF3", "09/02/2025", "JOINT COMTOIS", "JT-5", "JOINT TORIQUE", "1 000", "0,12", "0,114", "114,00"],
    ]
    roles = sources_by_role(read_rows(journal))
    assert (roles["document"], roles["unit_price"], roles["amount"]) == ("N° commande", "P.U. net", "Mt HT")
    parts = [
        ["Numéro de commande", "Désignation", "Numéro de type", "Fabricant", "Quantité"],
        ["LC1D09BD", "Contacteur 9A 24VDC", "LC1D09", "Invelec", "6"],
        ["GV2ME08", "Disjoncteur moteur", "GV2ME", "Invelec", "6"],
    ]
    roles = sources_by_role(read_rows(parts))
    assert roles["supplier_reference"] == "Numéro de commande"
    assert roles["manufacturer_reference"] == "Numéro de type"


def test_a_list_of_links_names_the_assembly_by_its_nomenclature() -> None:
    rows = [
        ["Code nomenclature", "Ligne", "Code composant", "Désignation composant", "Qté", "UQ"],
        ["ENS-100", "10", "CMP-001", "AXE ACIER D12 L80", "2", "PCE"],
        ["ENS-100", "20", "CMP-002", "RONDELLE M12 INOX A2", "4", "PCE"],
        ["CMP-001", "10", "MAT-012", "ROND XC48 D15", "0,085", "M"],
    ]
    reading = read_rows(rows)
    assert column(reading, "parent") == [None, None, 1]
    assert column(reading, "unit") == ["piece", "piece", "m"]


def test_the_nomenclature_of_a_drawing_names_its_parts() -> None:
    rows = [
        ["Quantité", "Référence de pièce", "Type", "Nomenclature"],
        ["1", "Embase_v2", "Pièce", "Embase mécano-soudée S235"],
        ["4", "Pied_M12", "Pièce", "Pied réglable M12"],
        ["12", "ISO 4762 M8x25", "Pièce", "Vis CHC M8x25"],
    ]
    reading = read_rows(rows)
    assert column(reading, "designation")[1] == "Pied réglable M12"
    assert column(reading, "reference")[1] == "Pied_M12"
