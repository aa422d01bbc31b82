"""The gallery: complete, correct, and shown with our own media."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from postil.formats.detect import detect
from postil.formats.media import svg_problem
from postil.labeling.checker import check_config
from postil.labeling.derived import config_has_control_tags
from postil.labeling.gallery import SAMPLES_URL, Template, groups, templates
from postil.labeling.taskdata import check_task_data

SAMPLES = Path(__file__).parents[3] / "web/samples"
MEDIA = sorted(path for path in SAMPLES.glob("*.*") if path.suffix != ".md")

TITLES = {
    "Computer Vision": {
        "Semantic Segmentation with Polygons", "Semantic Segmentation with Masks",
        "Object Detection with Bounding Boxes",
        "Image Captioning", "Image Classification", "Inventory Tracking", "Visual Genome", "Visual Question Answering",
        "Medical Image Classification with Bounding Boxes", "Multi-page document annotation", "Keypoint Labeling",
        "Optical Character Recognition",
    },
    "Natural Language Processing": {
        "Question Answering", "Text Classification", "Named Entity Recognition", "Taxonomy", "Relation Extraction",
        "Content Moderation", "Machine Translation", "Text Summarization",
    },
    "Audio/Speech Processing": {
        "Automatic Speech Recognition", "Automatic Speech Recognition using Segments", "Conversational Analysis",
        "Intent Classification", "Signal Quality Detection", "Sound Event Detection", "Speaker Segmentation",
        "Speech Transcription",
    },
    "Conversational AI": {
        "Coreference Resolution & Entity Linking", "Intent Classification and Slot Filling", "Response Generation",
        "Response Selection",
    },
    "Ranking & Scoring": {
        "ASR Hypotheses Selection", "Content-based Image Retrieval", "Document Retrieval", "Pairwise classification",
        "Pairwise regression", "Search Page Ranking", "Text-to-Image Generation",
    },
    "Structured Data Parsing": {"Freeform Metadata", "HTML Entity Recognition", "PDF Classification", "Tabular Data"},
    "Time Series Analysis": {
        "Activity Recognition", "Change Point Detection", "Outliers & Anomaly Detection", "Signal Quality",
        "Time Series Forecasting",
    },
    "Videos": {
        "Video Classification", "Video Frame Classification", "Video Object Tracking", "Video Timeline Segmentation",
    },
    "Generative AI": {
        "Supervised Language Model Fine-tuning", "Human Preference collection for RLHF", "Chatbot Model Assessment",
        "LLM Ranker", "Visual Ranker", "LLM Response Grading",
    },
    "Community Contributions": {
        "Breast Cancer Mammogram Classification", "HTML NER Tagging", "NER Tagging for Invoices (BIO Format)",
        "OCR Invoices Pre-NER BIO Format", "Two-Level Sentiment Analysis of X / Twitter posts",
    },
}  # fmt: skip
COMMON = {
    "Object Detection with Bounding Boxes", "Image Classification", "Image Captioning", "Text Classification",
    "Named Entity Recognition", "Semantic Segmentation with Polygons", "Taxonomy", "Machine Translation",
    "Question Answering", "Automatic Speech Recognition", "Supervised Language Model Fine-tuning",
    "Human Preference collection for RLHF",
}  # fmt: skip

every_template = pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)


def urls(value: Any) -> list[str]:
    return re.findall(r"""(?:https?://|s3://|/static/|/data/)[^"'\s\\<]+""", json.dumps(value))


def test_all_templates_are_there_in_their_groups() -> None:
    found: dict[str, set[str]] = {}
    for template in templates():
        found.setdefault(template.group, set()).add(template.title)

    assert found == TITLES
    assert groups() == tuple(TITLES)
    assert len(templates()) == 63


def test_ids_are_unique_and_orders_run_through() -> None:
    assert len({template.id for template in templates()}) == 63
    for group in groups():
        orders = [template.order for template in templates() if template.group == group]
        assert orders == list(range(1, len(orders) + 1))


@every_template
def test_config_passes_the_checker_without_any_problem(template: Template) -> None:
    result = check_config(template.config)

    assert result.problems == ()
    assert result.config is not None
    assert config_has_control_tags(result.config)


@every_template
def test_sample_tasks_fit_the_config(template: Template) -> None:
    config = check_config(template.config).config

    assert config is not None
    assert template.sample_data
    assert [check_task_data(config, data) for data in template.sample_data] == [[] for _ in template.sample_data]


@pytest.mark.parametrize("title", sorted(COMMON))
def test_common_templates_come_with_several_tasks(title: str) -> None:
    (template,) = (each for each in templates() if each.title == title)

    assert len(template.sample_data) >= 3


@every_template
def test_media_of_samples_are_ours_and_exist(template: Template) -> None:
    for url in urls([template.config, template.sample_data, template.image]):
        assert url.startswith(SAMPLES_URL)
        assert (SAMPLES / url.removeprefix(SAMPLES_URL)).is_file()


@every_template
def test_picture_is_small_and_harmless(template: Template) -> None:
    body = (SAMPLES / template.image.removeprefix(SAMPLES_URL)).read_bytes()

    assert svg_problem(body) is None
    assert len(body) < 8_000


@every_template
def test_record_has_the_fields_of_the_api(template: Template) -> None:
    record = template.record()

    assert list(record) == ["id", "title", "group", "type", "order", "image", "details", "config", "sample_data"]
    assert record["type"] == "community"
    assert json.loads(json.dumps(record))["sample_data"] == list(template.sample_data)
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", template.details)) <= 3
    assert len(template.details) < 160


def test_every_picture_belongs_to_one_template() -> None:
    drawn = {path.name for path in (SAMPLES / "pictures").glob("*.svg")}

    assert sorted(template.image.rpartition("/")[2] for template in templates()) == sorted(drawn)


@pytest.mark.parametrize("path", MEDIA, ids=lambda path: path.name)
def test_sample_file_is_small_and_what_its_name_says(path: Path) -> None:
    head = path.read_bytes()[:4096]

    assert path.stat().st_size < 100_000
    found = detect(path.name, head)
    if found.media is not None and found.media.kind == "image":
        with Image.open(path) as image:
            assert min(image.size) >= 400


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.name)
def test_sample_series_ascend(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    times = [float(row["time"]) if row["time"].isdigit() else row["time"] for row in rows]
    assert len(times) >= 300
    assert times == sorted(set(times))  # type: ignore[type-var]


def test_series_samples_have_the_columns_that_configs_name() -> None:
    for template in templates():
        if template.group != "Time Series Analysis":
            continue
        columns = re.findall(r'(?:column|timeColumn|overviewChannels)="([^"]+)"', template.config)
        for url in urls(template.sample_data):
            header = (SAMPLES / url.removeprefix(SAMPLES_URL)).read_text().partition("\n")[0].split(",")
            assert set(columns) <= set(header)
