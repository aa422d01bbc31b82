"""People and a model in a loop: the model predicts, people correct, the model learns, its predictions get better.

    postil-ml start packages/postil-ml/examples/image_classifier --port 9090
    POSTIL_API_KEY=… python packages/postil-ml/examples/loop.py --model http://localhost:9090

The tasks are handwritten digits that come with scikit-learn; what their writers meant stands in for the people. The
labeling server must be allowed to reach the model server (POSTIL_ALLOWED_PRIVATE_HOSTS).
"""

import argparse
import base64
import time
from io import BytesIO

from PIL import Image
from sklearn.datasets import load_digits

from postil_client import Client, Project

DIGITS = "".join(f'<Choice value="{digit}"/>' for digit in range(10))
CONFIG = f'<View><Image name="image" value="$image"/><Choices name="digit" toName="image">{DIGITS}</Choices></View>'
PATIENCE_S = 60.0


def pictures(count: int) -> tuple[list[dict[str, str]], list[str]]:
    """Return digits as tasks with their pictures inside, and what they mean."""
    digits = load_digits()
    tasks = []
    for values in digits.images[:count]:
        content = BytesIO()
        Image.fromarray((values * 255 / 16).astype("uint8")).resize((64, 64)).save(content, "PNG")
        tasks.append({"image": "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()})
    return tasks, [str(digit) for digit in digits.target[:count]]


def connect(client: Client, project: Project, url: str, train_every: int) -> int:
    """Connect the model server; returns its id."""
    body = {"project": project.id, "url": url, "title": "digits", "extra_params": {"train_every": train_every}}
    return int(client.post("/api/ml/", body)["id"])


def accuracy(client: Client, project: Project, meanings: dict[int, str]) -> float:
    """Ask the model about all tasks, and return the share it gets right, of its newest version."""
    client.post(
        f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project.id}", {"selectedItems": {"all": True}}
    )
    right = 0
    for task in project.get_tasks():
        newest = max(task["predictions"], key=lambda each: each["id"], default=None)
        if newest and newest["result"]:
            right += newest["result"][0]["value"]["choices"] == [meanings[task["id"]]]
    return right / len(meanings)


def wait_for_version(client: Client, backend: int, version: str) -> None:
    """Return when the model has learned so far; raises `TimeoutError` if it does not."""
    until = time.monotonic() + PATIENCE_S
    while client.get(f"/api/ml/{backend}/")["model_version"] != version:
        if time.monotonic() > until:
            raise TimeoutError(f"The model did not become {version}.")
        time.sleep(0.2)


def run(client: Client, url: str, *, count: int = 400, step: int = 50, rounds: int = 3) -> list[float]:
    """Return the accuracy before anybody labeled, and after each round of `step` annotations."""
    tasks, meanings = pictures(count)
    project = client.create_project("Digits", CONFIG)
    ids = project.import_tasks(tasks)["task_ids"]
    meaning_of = dict(zip(ids, meanings, strict=True))
    backend = connect(client, project, url, step)
    found = [accuracy(client, project, meaning_of)]
    for number in range(rounds):
        for task in ids[number * step : (number + 1) * step]:
            value = {"choices": [meaning_of[task]]}
            result = {"from_name": "digit", "to_name": "image", "type": "choices", "value": value}
            client.create_annotation(task, [result])
        wait_for_version(client, backend, f"image-{(number + 1) * step}")
        found.append(accuracy(client, project, meaning_of))
    return found


def main() -> None:
    """Run the loop and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="http://localhost:9090", help="address of the model server")
    asked = parser.parse_args()
    with Client() as client:
        for number, share in enumerate(run(client, asked.model)):
            print(f"after {50 * number:3} annotations: {share:.0%} right")


if __name__ == "__main__":
    main()
