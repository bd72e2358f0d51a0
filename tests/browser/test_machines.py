"""A leaflet's data for search engines stands in a script element that the Content-Security-Policy lets be."""

import json

from tests.makers import make_published
from tests.reading.parts import make_clinic


def test_the_policy_forbids_no_data_and_nothing_of_it_runs(live_server, page):
    make_clinic(name="A </script><script>document.title = 1</script> & B")
    make_published(title="Testamol < 5 & more")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
    )
    answer = page.goto(f"{live_server.url}/leaflets/testamol/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    data = json.loads(page.eval_on_selector('[type="application/ld+json"]', "one => one.textContent"))
    assert data["@type"] == "MedicalWebPage"
    assert data["name"] in page.inner_text("h1")
    assert data["publisher"]["name"] in page.inner_text(".masthead")
    assert said == []
