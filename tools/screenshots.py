"""Take the screenshots of the docs: a real server, a real browser, real photos."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from playwright.sync_api import sync_playwright  # noqa: E402 -- the path is set above
from skimage import data, io  # noqa: E402
from tests.e2e.pages import Box, Studio  # noqa: E402
from tests.faults.server import Server, environment_for  # noqa: E402

from system_deps import find  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CONFIG = """<View>
  <Header value="Draw a tight box around everything that flies or is worn"/>
  <RectangleLabels name="box" toName="image">
    <Label value="Astronaut"/><Label value="Rocket"/><Label value="Helmet"/>
  </RectangleLabels>
  <Image name="image" value="$image" zoom="true"/>
</View>"""
CHANGE_CONFIG = """async ({ project, config }) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
  const body = JSON.stringify({ label_config: config })
  await fetch(`/api/projects/${project}/`, { method: 'PATCH', headers, body })
}"""
PHOTOS = ("coffee", "chelsea", "rocket", "camera", "coins", "moon", "page", "text")
BOXES = [("1", Box(188, 20, 209, 244)), ("2", Box(445, 5, 160, 337)), ("3", Box(382, 437, 273, 188))]


def main() -> int:
    """Label a photo and save what the screen shows."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photo = folder / "astronaut.png"
        io.imsave(photo, data.astronaut(), check_contrast=False)  # type: ignore[no-untyped-call]  # has no types
        server = Server(environment_for(folder / "data"))
        with server.running(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            studio = Studio(page, server)
            studio.become_owner()
            project = studio.create_project("Space flight", "Object Detection with Bounding Boxes")
            page.evaluate(CHANGE_CONFIG, {"project": project, "config": CONFIG})
            studio.import_files(project, [photo], tasks=1)
            editor = studio.label_all(project)
            for key, box in BOXES:
                editor.draw(key, box)
            editor.state.filter(has_text="Saved").wait_for()
            page.screenshot(path=IMAGES / "editor.png")
            page.get_by_role("button", name="Submit", exact=True).click()
            page.get_by_text("Nothing left to label").wait_for()
            photos = [folder / f"{name}.png" for name in PHOTOS]
            for path in photos:
                io.imsave(path, getattr(data, path.stem)(), check_contrast=False)
            studio.import_files(project, photos, tasks=len(photos))
            studio.open(f'/projects/{project}/data/?q={{"g":1}}')
            page.get_by_role("option").last.wait_for()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / "data-page.png")
            studio.open(f"/projects/{project}/settings/labeling/")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / "labeling-interface.png")
            studio.open("/projects/new/")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / "new-project.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
