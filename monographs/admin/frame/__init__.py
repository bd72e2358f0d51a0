"""What all screens share: the page, the leaflet's state, forms that go stale, where a finding stands."""
