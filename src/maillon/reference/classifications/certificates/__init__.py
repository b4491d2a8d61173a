"""Certificates, labels and qualifications: their codes, names and the words that name them."""

from maillon.reference.classifications.certificates.certificate import (
    Certificate,
    all_certificates,
    certificate_label,
    find_certificate,
    find_certificates,
)

__all__ = ["Certificate", "all_certificates", "certificate_label", "find_certificate", "find_certificates"]
