"""Front door: the patients' pages."""

app_name = "monographs"
urlpatterns = []
