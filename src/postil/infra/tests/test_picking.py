from django.test import RequestFactory

from postil.infra.picking import names_asked, picked

ROW = {"id": 1, "title": "a", "data": {"id": 2}}


def test_names_are_separated_by_commas_or_repeated() -> None:
    request = RequestFactory().get("/api/tasks/?include=id,%20title&include=data&include=")
    assert names_asked(request, "include") == {"id", "title", "data"}
    assert names_asked(request, "omit") == frozenset()


def test_answers_keep_what_is_included_and_lose_what_is_omitted() -> None:
    def answer(query: str, value: object = ROW) -> object:
        return picked(RequestFactory().get(f"/api/tasks/1/?{query}"), value)

    assert answer("") is ROW
    assert answer("include=id,nothing") == {"id": 1}
    assert answer("omit=title&omit=data") == {"id": 1}
    assert answer("include=id,data&omit=id") == {"data": {"id": 2}}
    assert answer("include=id", [ROW, ROW]) == [{"id": 1}, {"id": 1}]
    assert answer("omit=id", [1]) == [1]
