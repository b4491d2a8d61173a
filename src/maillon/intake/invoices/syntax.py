"""Where each term stands in UBL 2.1 and in UN/CEFACT Cross Industry Invoice (D16B, D22B).

The paths follow the syntax bindings CEN/TS 16931-3-2 (UBL) and 16931-3-3 (CII).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SPACES = {
    "inv": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "crn": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


def clark(path: str) -> str:
    """Return a prefixed path in the notation that lxml reads fastest.

    >>> clark("cbc:ID")
    '{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}ID'
    """
    steps = (step.split(":") for step in path.split("/"))
    return "/".join(f"{{{_SPACES[prefix]}}}{name}" for prefix, name in steps)


@dataclass(frozen=True, slots=True)
class Syntax:
    """The paths of one syntax: of the head from the root, of the seller, of a line, of an adjustment."""

    name: str
    head: Mapping[str, str]
    seller: Mapping[str, str]
    line: Mapping[str, str]
    adjustment: Mapping[str, str]
    attribute: Mapping[str, str]


def _paths(**named: str) -> dict[str, str]:
    return {name: clark(path) for name, path in named.items()}


def _ubl(line: str, quantity: str, type_code: str) -> Syntax:
    return Syntax(
        "ubl",
        head=_paths(
            number="cbc:ID",
            date="cbc:IssueDate",
            type_code=type_code,
            currency="cbc:DocumentCurrencyCode",
            seller="cac:AccountingSupplierParty/cac:Party",
            lines=line,
            lines_total="cac:LegalMonetaryTotal/cbc:LineExtensionAmount",
            net_total="cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
            adjustments="cac:AllowanceCharge",
        ),
        seller=_paths(
            name="cac:PartyLegalEntity/cbc:RegistrationName",
            trading_name="cac:PartyName/cbc:Name",
            legal="cac:PartyLegalEntity/cbc:CompanyID",
            identifiers="cac:PartyIdentification/cbc:ID",
            tax="cac:PartyTaxScheme",
            tax_id="cbc:CompanyID",
            tax_scheme="cac:TaxScheme/cbc:ID",
            street="cac:PostalAddress/cbc:StreetName",
            city="cac:PostalAddress/cbc:CityName",
            postcode="cac:PostalAddress/cbc:PostalZone",
            subdivision="cac:PostalAddress/cbc:CountrySubentity",
            country="cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        ),
        line=_paths(
            number="cbc:ID",
            quantity=quantity,
            amount="cbc:LineExtensionAmount",
            price="cac:Price/cbc:PriceAmount",
            base_quantity="cac:Price/cbc:BaseQuantity",
            name="cac:Item/cbc:Name",
            description="cac:Item/cbc:Description",
            seller_reference="cac:Item/cac:SellersItemIdentification/cbc:ID",
            buyer_reference="cac:Item/cac:BuyersItemIdentification/cbc:ID",
            standard="cac:Item/cac:StandardItemIdentification/cbc:ID",
            classes="cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
            origin="cac:Item/cac:OriginCountry/cbc:IdentificationCode",
            attributes="cac:Item/cac:AdditionalItemProperty",
            status="cac:BillingReference/cac:InvoiceDocumentReference/cbc:DocumentStatusCode",
        ),
        adjustment=_paths(
            charge="cbc:ChargeIndicator", amount="cbc:Amount", reason="cbc:AllowanceChargeReason"
        ),
        attribute=_paths(name="cbc:Name", value="cbc:Value", measure="cbc:ValueQuantity"),
    )


_TRADE = "rsm:SupplyChainTradeTransaction"
_SETTLEMENT = f"{_TRADE}/ram:ApplicableHeaderTradeSettlement"
_SUMS = f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_PRICE = "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice"
_LINE_SUMS = "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation"
_PRODUCT = "ram:SpecifiedTradeProduct"

_CII = Syntax(
    "cii",
    head=_paths(
        number="rsm:ExchangedDocument/ram:ID",
        date="rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString",
        type_code="rsm:ExchangedDocument/ram:TypeCode",
        currency=f"{_SETTLEMENT}/ram:InvoiceCurrencyCode",
        seller=f"{_TRADE}/ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty",
        lines=f"{_TRADE}/ram:IncludedSupplyChainTradeLineItem",
        lines_total=f"{_SUMS}/ram:LineTotalAmount",
        net_total=f"{_SUMS}/ram:TaxBasisTotalAmount",
        adjustments=f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge",
    ),
    seller=_paths(
        name="ram:Name",
        trading_name="ram:SpecifiedLegalOrganization/ram:TradingBusinessName",
        legal="ram:SpecifiedLegalOrganization/ram:ID",
        identifiers="ram:GlobalID",
        plain_identifiers="ram:ID",
        tax="ram:SpecifiedTaxRegistration",
        tax_id="ram:ID",
        street="ram:PostalTradeAddress/ram:LineOne",
        city="ram:PostalTradeAddress/ram:CityName",
        postcode="ram:PostalTradeAddress/ram:PostcodeCode",
        subdivision="ram:PostalTradeAddress/ram:CountrySubDivisionName",
        country="ram:PostalTradeAddress/ram:CountryID",
    ),
    line=_paths(
        number="ram:AssociatedDocumentLineDocument/ram:LineID",
        quantity="ram:SpecifiedLineTradeDelivery/ram:BilledQuantity",
        amount=f"{_LINE_SUMS}/ram:LineTotalAmount",
        price=f"{_PRICE}/ram:ChargeAmount",
        base_quantity=f"{_PRICE}/ram:BasisQuantity",
        name=f"{_PRODUCT}/ram:Name",
        description=f"{_PRODUCT}/ram:Description",
        seller_reference=f"{_PRODUCT}/ram:SellerAssignedID",
        buyer_reference=f"{_PRODUCT}/ram:BuyerAssignedID",
        standard=f"{_PRODUCT}/ram:GlobalID",
        classes=f"{_PRODUCT}/ram:DesignatedProductClassification/ram:ClassCode",
        origin=f"{_PRODUCT}/ram:OriginTradeCountry/ram:ID",
        attributes=f"{_PRODUCT}/ram:ApplicableProductCharacteristic",
        status="ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode",
    ),
    adjustment=_paths(
        charge="ram:ChargeIndicator/udt:Indicator", amount="ram:ActualAmount", reason="ram:Reason"
    ),
    attribute=_paths(name="ram:Description", value="ram:Value", measure="ram:ValueMeasure"),
)

#: Syntax by the name of the root element.
SYNTAXES: Mapping[str, Syntax] = {
    clark("inv:Invoice"): _ubl("cac:InvoiceLine", "cbc:InvoicedQuantity", "cbc:InvoiceTypeCode"),
    clark("crn:CreditNote"): _ubl("cac:CreditNoteLine", "cbc:CreditedQuantity", "cbc:CreditNoteTypeCode"),
    clark("rsm:CrossIndustryInvoice"): _CII,
}
