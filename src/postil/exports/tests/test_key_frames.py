"""Key frames of videos in exports: as they were drawn, and nothing between them."""

from typing import Any

import pytest

from postil.exports.models import Export

pytestmark = pytest.mark.django_db


def test_frames_between_key_frames_are_refused_where_there_are_some(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    project = api.post("/api/projects/", {"title": "Words"}).json["id"]
    direct, snapshots = f"/api/projects/{project}/export", f"/api/projects/{project}/exports/"
    wanted = {"serialization_options": {"interpolate_key_frames": True}}
    assert api.get(f"{direct}?interpolate_key_frames=True").status == 200
    made = api.post(snapshots, wanted)
    assert made.status == 201
    config = '<View><Video name="v" value="$text"/><VideoRectangle name="b" toName="v"/></View>'
    video = api.post("/api/projects/", {"title": "Film", "label_config": config}).json["id"]
    for answer in (
        api.get(f"/api/projects/{video}/export?interpolate_key_frames=True"),
        api.post(f"/api/projects/{video}/exports/", wanted),
    ):
        assert (answer.status, list(answer.json["validation_errors"])) == (400, ["interpolate_key_frames"])
    assert Export.objects.count() == 1
    assert api.get(f"/api/projects/{video}/export?interpolate_key_frames=False").status == 200
    done = api.post(f"/api/projects/{video}/exports/", {}).json["id"]
    path = f"/api/projects/{video}/exports/{done}/download"
    assert api.get(f"{path}?exportType=JSON&interpolate_key_frames=False").status == 200
    assert api.get(f"{path}?interpolate_key_frames=True").status == 400
    assert api.get(f"{path}?interpolate_key_frames=maybe").status == 400
