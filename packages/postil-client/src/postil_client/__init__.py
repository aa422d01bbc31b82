"""Python client for Postil.

from postil_client import Client

with Client("http://localhost:8080", api_key="…") as client:
    project = client.create_project("Reviews", config)
    project.import_tasks([{"text": "Good coffee"}])
    for task in project.get_labeled_tasks():
        print(task["annotations"][0]["result"])
"""

from postil_client.aio import AsyncClient, AsyncProject
from postil_client.client import Client, Project
from postil_client.errors import (
    ApiError,
    ChangedMeanwhile,
    Conflict,
    Forbidden,
    Invalid,
    JobFailed,
    NotFound,
    PostilError,
    ServerError,
    TooLarge,
    TooManyRequests,
    Unauthorized,
    Unreachable,
)
from postil_client.filters import Column, Filter, column, data

__version__ = "0.1.0"
__all__ = [
    "ApiError",
    "AsyncClient",
    "AsyncProject",
    "ChangedMeanwhile",
    "Client",
    "Column",
    "Conflict",
    "Filter",
    "Forbidden",
    "Invalid",
    "JobFailed",
    "NotFound",
    "PostilError",
    "Project",
    "ServerError",
    "TooLarge",
    "TooManyRequests",
    "Unauthorized",
    "Unreachable",
    "column",
    "data",
]
