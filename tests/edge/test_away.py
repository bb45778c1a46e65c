"""What people and programs get when all behind the edge is away (M15, C2)."""

from tests.edge.conftest import Edge

M15 = "Service momentanément indisponible. Réessayez dans quelques instants."


def test_people_get_a_page(edge: Edge) -> None:
    edge.gateway.stop()
    answer = edge.client.get("/connexion")
    assert answer.status_code == 503 and M15 in answer.text
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_form_that_was_sent_gets_the_page_too(edge: Edge) -> None:
    edge.gateway.stop()
    answer = edge.client.post("/connexion", content=b"x")
    assert answer.status_code == 503 and M15 in answer.text


def test_programs_get_a_problem(edge: Edge) -> None:
    edge.service.stop()
    answer = edge.client.get("/api/dsn/v1/sites")
    body = answer.json()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "10"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (body["code"], body["detail"], body["status"]) == ("service_indisponible", M15, 503)
    assert len(body["instance"]) == 32


def test_the_pages_of_the_edge_are_not_pages_of_their_own(edge: Edge) -> None:
    assert edge.client.get("/_edge/503.html").status_code == 404


def test_static_files_do_not_need_anybody(edge: Edge) -> None:
    edge.gateway.stop()
    assert edge.client.get("/static/css/tokens.css").status_code == 200


def test_closed_for_a_copy_then_open_again(edge: Edge) -> None:
    flag = edge.folder / "run" / "maintenance"
    flag.touch()
    assert M15 in edge.client.get("/connexion").text
    assert edge.client.get("/api/identity/v1/account").json()["code"] == "service_indisponible"
    assert edge.gateway.reached == edge.service.reached == []
    flag.unlink()
    assert edge.client.get("/connexion").status_code == 200
