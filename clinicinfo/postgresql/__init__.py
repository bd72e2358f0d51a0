"""Django's PostgreSQL, with connections that never wait for ever: the ``ENGINE`` of `clinicinfo.databases`."""
