"""Django's SQLite, which notices that its file was taken away: the ``ENGINE`` of `clinicinfo.databases`."""
