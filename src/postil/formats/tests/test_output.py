"""Where exports go."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postil.formats.output import Folder, SingleFile, ZipArchive, check_name

BAD_NAMES = ["", "/etc/passwd", "../x", "a/../b", "a//b", "a\\b", "C:x", ".hidden", "a/.b", "a b", "x\0", "a/"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_name_that_could_leave_the_export_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a file in an export"):
        check_name(name)


def test_single_file_takes_one_file() -> None:
    stream = io.BytesIO()
    out = SingleFile(stream)

    with out.file("result.json") as file:
        file.write(b"[]")
    with pytest.raises(ValueError, match="more than one file"), out.file("other.json"):
        pass

    assert stream.getvalue() == b"[]"


def test_folder_does_not_overwrite(tmp_path: Path) -> None:
    out = Folder(tmp_path)
    with out.file("images/1.png") as file:
        file.write(b"x")

    with pytest.raises(FileExistsError), out.file("images/1.png"):
        pass

    assert (tmp_path / "images/1.png").read_bytes() == b"x"


def test_zip_packs_text_and_stores_pictures_without_seeking() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, chunk) -> int:  # type: ignore[no-untyped-def]
            self.data += bytes(chunk)
            return len(chunk)

    pipe = Pipe()
    archive = ZipArchive(pipe, datetime(2026, 1, 2, tzinfo=UTC))  # type: ignore[arg-type]
    for name, content in (("result.json", b"a" * 1000), ("images/1.png", b"b" * 1000)):
        with archive.file(name) as file:
            file.write(content)
    archive.close()

    with zipfile.ZipFile(io.BytesIO(pipe.data)) as found:
        assert found.testzip() is None
        sizes = {info.filename: info.compress_size for info in found.infolist()}
        assert found.read("images/1.png") == b"b" * 1000
    assert sizes["result.json"] < 100
    assert sizes["images/1.png"] == 1000
