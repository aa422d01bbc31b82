"""The asyncio client against a real server: many calls at once."""

import asyncio

import pytest
from tests.faults.server import Server

from postil_client import AsyncClient, NotFound, data

TOKEN = "0123456789abcdef0123456789abcdef01234567"
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
MOOD = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["bad"]}}]


async def label_all(url: str) -> None:
    async with AsyncClient(url, TOKEN) as client:
        project = await client.create_project("Many at once", CONFIG)
        ids = (await project.import_tasks({"text": f"t{number}"} for number in range(20)))["task_ids"]
        await asyncio.gather(*(client.create_annotation(task, MOOD) for task in ids))
        exported = [task async for task in project.export_tasks()]
        assert [task["id"] for task in exported] == ids
        assert all(task["annotations"][0]["result"] == MOOD for task in exported)
        assert [task["id"] async for task in project.get_tasks(data("text") == "t7")] == [ids[7]]
        assert project.id in [each.id async for each in client.list_projects()]
        with pytest.raises(NotFound):
            await client.get_task(10**9)


def test_many_calls_at_once(server: Server) -> None:
    asyncio.run(label_all(server.url))
