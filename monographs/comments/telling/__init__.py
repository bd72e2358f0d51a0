"""Who is told of replies, and when: moderators by the rota, a reply's writer at the confirmed address."""
