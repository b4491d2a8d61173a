"""How forms are drawn: label, hint, field, error, each bound to the other."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws forms with our own template."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
