"""/robots.txt"""


def test_programs_are_asked_to_leave_the_staff_pages_alone(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_it_sets_no_cookie_and_costs_no_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert client.post("/robots.txt").status_code == 405
