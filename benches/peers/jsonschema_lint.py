"""A JSON Schema and a folder of records in, the differences out: what one writes without `registry`.

As quick as Python makes it without effort: libyaml's parser where PyYAML has it, the schema compiled once. One
process: a pool of two would halve the time that passes on two cores, and not the time of the processor.
"""

import json
import pathlib
import re
import sys

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Records(Loader):
    """Reads dates, and keys such as `on`, as the texts that the schema asks for."""


def without(resolvers, tags):
    return [(tag, regexp) for tag, regexp in resolvers if tag.removeprefix("tag:yaml.org,2002:") not in tags]


Records.yaml_implicit_resolvers = {
    first: without(resolvers, {"timestamp", "bool"}) for first, resolvers in Loader.yaml_implicit_resolvers.items()
}
Records.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def record(path):
    """The YAML of a record: all of it, or what stands between the first two lines of three hyphens."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(text if path.suffix == ".yaml" else text.split("---\n", 2)[1], Loader=Records)


def differences(schema, library):
    """A function that lists what is wrong with a record, by the library named."""
    if library == "jsonschema_rs":
        import jsonschema_rs

        return jsonschema_rs.validator_for(schema).iter_errors
    import jsonschema

    return jsonschema.Draft202012Validator(schema).iter_errors


def main():
    library, schema, folder = sys.argv[1:]
    errors = differences(json.loads(pathlib.Path(schema).read_text(encoding="utf-8")), library)
    found = 0
    for path in sorted(pathlib.Path(folder).iterdir()):
        for error in errors(record(path)) if path.suffix in (".md", ".yaml") else ():
            found += 1
            print(f"{path}: {error.message}")
    print(f"{found} differences", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
