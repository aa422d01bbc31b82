"""Write what the tag specifications say to TypeScript and to the reference page.

python tools/gen_tags.py            write both files
python tools/gen_tags.py --check    fail if a file is out of date
"""

import argparse
import json
import sys
from pathlib import Path
from typing import get_args

from postil.labeling.spec import Attr, AttrType, Kind, TagSpec
from postil.labeling.tags import all_specs

ROOT = Path(__file__).resolve().parent.parent
TYPESCRIPT = ROOT / "frontend/src/editor/tags/specs.gen.ts"
DOCS = ROOT / "frontend/src/pages/config/tagDocs.gen.ts"
REFERENCE = ROOT / "docs/reference/tags.md"

TYPES = """// Written by tools/gen_tags.py from src/postil/labeling/tags. Do not edit.

export type AttrType = {attr_types}

export type TagKind = {kinds}

/** One attribute of a tag. `values` are the allowed words; `spellings` are other names met in the wild. */
export interface AttrSpec {{
  type: AttrType
  default: string | number | boolean | null
  required: boolean
  values: readonly string[]
  minimum: number | null
  maximum: number | null
  orField: boolean
  spellings: readonly string[]
}}

/** Everything the editor must know about a tag. `labelKey` is the key of `value` that holds words of the config. */
export interface TagSpec {{
  name: string
  kind: TagKind
  aliases: readonly string[]
  attrs: Readonly<Record<string, AttrSpec>>
  parents: readonly string[]
  targets: readonly string[]
  targetsEnforced: boolean
  resultType: string | null
  labelKey: string | null
}}

"""

HELPERS = """const a = (type: AttrType, rest: Partial<AttrSpec> = {}): AttrSpec => ({
  type,
  default: null,
  required: false,
  values: [],
  minimum: null,
  maximum: null,
  orField: false,
  spellings: [],
  ...rest,
})

"""


def union(literal: object) -> str:
    """Return a TypeScript union of the words of a `Literal`."""
    return " | ".join(f"'{word}'" for word in get_args(literal))


def attr_call(attr: Attr) -> str:
    """Return the TypeScript call that makes `attr`; only what differs from the defaults is written."""
    rest: list[str] = []
    if attr.default is not None:
        rest.append(f"default: {json.dumps(attr.default)}")
    if attr.required:
        rest.append("required: true")
    if attr.values:
        rest.append(f"values: {json.dumps(attr.values)}")
    rest += [f"{key}: {json.dumps(bound)}" for key, bound in bounds(attr).items()]
    if attr.or_field:
        rest.append("orField: true")
    if attr.spellings:
        rest.append(f"spellings: {json.dumps(attr.spellings)}")
    return f"a('{attr.type}', {{ {', '.join(rest)} }})" if rest else f"a('{attr.type}')"


def bounds(thing: Attr) -> dict[str, float]:
    """Return the bounds that are set, whole numbers as integers."""
    found = {"minimum": thing.minimum, "maximum": thing.maximum}
    return {key: int(bound) if bound == int(bound) else bound for key, bound in found.items() if bound is not None}


def tag_lines(spec: TagSpec) -> list[str]:
    """Return the TypeScript lines of one tag."""
    plain = {
        "name": spec.name, "kind": spec.kind, "aliases": spec.aliases, "parents": spec.parents, "targets": spec.targets,
        "targetsEnforced": spec.targets_enforced, "resultType": spec.result_type, "labelKey": spec.label_key,
    }  # fmt: skip
    attrs = [f"      {key}: {attr_call(attr)}," for key, attr in spec.attrs.items()]
    return [
        f"  {spec.name}: {{",
        *(f"    {key}: {json.dumps(item)}," for key, item in plain.items()),
        *(["    attrs: {", *attrs, "    },"] if attrs else ["    attrs: {},"]),
        "  },",
    ]


def typescript() -> str:
    """Return the text of `specs.gen.ts`: what the editor must know to read a config."""
    lines = [
        TYPES.format(attr_types=union(AttrType), kinds=union(Kind)) + HELPERS,
        "export const TAG_SPECS: Readonly<Record<string, TagSpec>> = {",
        *(line for spec in all_specs() for line in tag_lines(spec)),
        "}",
        "",
    ]
    return lines[0] + "\n".join(lines[1:])


def typescript_docs() -> str:
    """Return the text of `tagDocs.gen.ts`: what only people who write a config want to read."""
    lines = [
        "// Written by tools/gen_tags.py from src/postil/labeling/tags. Do not edit.",
        "",
        "/** What a tag and each of its attributes are for. */",
        "export const TAG_DOCS: Readonly<Record<string, { doc: string; attrs: Readonly<Record<string, string>> }>> = {",
    ]
    for spec in all_specs():
        attrs = [f"      {key}: {json.dumps(attr.doc)}," for key, attr in spec.attrs.items()]
        lines += [f"  {spec.name}: {{", f"    doc: {json.dumps(spec.doc)},"]
        lines += [*(["    attrs: {", *attrs, "    },"] if attrs else ["    attrs: {},"]), "  },"]
    return "\n".join([*lines, "}", ""])


def cell(text: str) -> str:
    """Return `text` fit for a cell of a Markdown table."""
    return text.replace("|", "\\|")


def attr_type(attr: Attr) -> str:
    """Return how the reference page names the type of an attribute."""
    if attr.values:
        words = " \\| ".join(f"`{word}`" for word in attr.values)
        return f"list of {words}" if attr.type == "list" else words
    span = ""
    if attr.minimum is not None and attr.maximum is not None:
        span = f" {attr.minimum:g}–{attr.maximum:g}"
    return attr.type + span + (" or `$field`" if attr.or_field else "")


def default_text(attr: Attr) -> str:
    """Return how the reference page shows a default."""
    if attr.required:
        return "required"
    if attr.default is None or attr.default == "":
        return ""
    return f"`{json.dumps(attr.default) if isinstance(attr.default, bool) else attr.default}`"


def tag_page(spec: TagSpec) -> list[str]:
    """Return the section of one tag."""
    lines = [f"## {spec.name}", "", spec.doc, ""]
    facts = []
    if spec.aliases:
        facts.append(f"Also written {', '.join(f'`{alias}`' for alias in spec.aliases)}.")
    if spec.targets:
        facts.append("Labels " + ("any object." if "*" in spec.targets else f"{', '.join(spec.targets)}."))
    if spec.parents:
        facts.append(f"Stands inside {', '.join(spec.parents)}.")
    if spec.children:
        facts.append("May hold " + ("any tag." if "*" in spec.children else f"{', '.join(spec.children)}."))
    if spec.result_type:
        keys = ", ".join(f"`{key}`" for key in spec.value)
        facts.append(f"Result type `{spec.result_type}`" + (f" with {keys}." if keys else "."))
    if spec.edition == "enterprise":
        facts.append("Understood in configs; its results are kept.")
    lines += [*facts, ""] if facts else []
    if spec.attrs:
        lines += ["| attribute | type | default | meaning |", "| --- | --- | --- | --- |"]
        lines += [
            f"| `{name}` | {attr_type(attr)} | {cell(default_text(attr))} | {cell(attr.doc)} |"
            for name, attr in spec.attrs.items()
        ]
        lines.append("")
    return lines


def reference() -> str:
    """Return the text of the reference page."""
    lines = [
        "# Tags",
        "",
        "Written by `tools/gen_tags.py` from `src/postil/labeling/tags`; do not edit.",
        "Names of tags and attributes may be written in any capitals. Types: `field` is one reference such as `$text`;",
        "`template` is text that may hold references; `target` is the name of another tag; `size` is a CSS length.",
        "",
        *(line for spec in all_specs() for line in tag_page(spec)),
    ]
    return "\n".join(lines)


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail if a file is out of date, write nothing")
    check = parser.parse_args().check
    stale = []
    files = ((TYPESCRIPT, typescript()), (DOCS, typescript_docs()), (REFERENCE, reference()))
    for path, text in files:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path}: {'out of date; run make gen' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
