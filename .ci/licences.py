"""Copies the licence files of the crates in the program: licences.py CARGO_HOME DIR < lines of `cargo tree`.

A line is `name vVERSION ...|LICENCE|REPOSITORY`. A crate without a licence file of its own is listed with its licence in
DIR/README, like all others. Exits with 1 where a crate states no licence.
"""

import glob
import pathlib
import shutil
import sys


def main() -> int:
    home, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows, unlicensed = set(), []
    for line in sys.stdin:
        crate, licence, repository = (line.rstrip("\n").split("|") + ["", ""])[:3]
        name, version = crate.split()[0], crate.split()[1].lstrip("v")
        if name == "ach-matrix":
            continue
        if not licence:
            unlicensed.append(name)
        rows.add((name, version, licence, repository))
        for source in glob.glob(f"{glob.escape(str(home))}/registry/src/*/{name}-{version}"):
            for file in pathlib.Path(source).iterdir():
                if file.is_file() and file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE")):
                    (out / f"{name}-{version}").mkdir(exist_ok=True)
                    shutil.copyfile(file, out / f"{name}-{version}" / file.name)
    with open(out / "README", "w", encoding="utf-8") as readme:
        readme.write("The crates in this program, their licences, and where their sources are.\n\n")
        for name, version, licence, repository in sorted(rows):
            readme.write(f"{name} {version}: {licence} {repository}".rstrip() + "\n")
    for name in unlicensed:
        print(f"{name} states no licence", file=sys.stderr)
    return 1 if unlicensed else 0


if __name__ == "__main__":
    sys.exit(main())
