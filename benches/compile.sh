#!/usr/bin/env bash
# compile.sh [FOLDER]: how long the crate compiles that docwright generates from the
# pages in FOLDER (v10.2.2 below DOCWRIGHT_CORPUS, else docs-input): the crate
# alone, its dependencies are built before. Each figure is the median of RUNS
# runs (3). Needs GNU time (/usr/bin/time) and perl.
#
# SIZES="2 4" adds crates of as many copies of the API, with types of their own.
# TRUTH=FILE adds peers: what they make of that OpenAPI 2.0 file, beside what
# docwright makes of the resources named in PART. OPENAPI_GENERATOR is the jar of
# openapi-generator, PROGENITOR the binary cargo-progenitor, which needs
# SWAGGER2OPENAPI, the command of that name. DOCWRIGHT is another build of docwright.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
runs=${RUNS:-3}
folder=${1:-${DOCWRIGHT_CORPUS:+$DOCWRIGHT_CORPUS/superoffice/v10.2.2}}
folder=$(cd "${folder:-docs-input}" && pwd)
part=${PART:-'"BatchTask", "Contact", "Ticket", "List/Category", "String", "Appointment"'}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Kept, so that the next run finds the dependencies built.
export CARGO_TARGET_DIR=${COMPILE_TARGET:-$root/target/compile}
# Another workspace's settings would change what is compiled.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS

if [ -z "${DOCWRIGHT:-}" ]; then
    CARGO_TARGET_DIR=$root/target cargo build --quiet --release -p docwright
    DOCWRIGHT=$root/target/release/docwright
fi

# generate PAGES CRATE: with the versions of this repository's lock file.
generate() {
    "$DOCWRIGHT" generate --docs "$1" --out "$2" 2>&1 | sed -n "s|^$2: |$(basename "$2"): |p"
    cp Cargo.lock "$2"
}

package() { sed -n 's/^name = "\(.*\)"/\1/p' "$1/Cargo.toml" | head -1; }

# measure TITLE CRATE CARGO-ARGUMENT...: prints a row of medians.
measure() {
    local title=$1 crate=$2 name at
    shift 2
    name=$(package "$crate")
    if ! (cd "$crate" && cargo "$@") >"$scratch/log" 2>&1; then
        printf '%-34s does not compile: %s errors\n' "$title" "$(grep -c '^error' "$scratch/log")"
        return
    fi
    for ((at = 0; at < runs; at++)); do
        (
            cd "$crate"
            cargo clean --quiet -p "$name"
            cargo clean --quiet --release -p "$name"
            /usr/bin/time -o "$scratch/time" -f '%e %U %M' cargo "$@" >/dev/null 2>&1
        )
        cat "$scratch/time"
    done >"$scratch/times"
    printf '%-34s' "$title"
    for field in 1 2 3; do
        sort -n -k "$field,$field" "$scratch/times" |
            awk -v f="$field" -v m="$(((runs + 1) / 2))" \
                'NR == m { printf f == 3 ? " %8.0f" : " %8.2f", f == 3 ? $f / 1024 : $f }'
    done
    echo
}

head_line() { printf '\n%-34s %8s %8s %8s\n' "$1" 'wall s' 'user s' 'peak MB'; }

# The first resource of a crate, as a feature.
first_feature() { sed -n '/^all = \[/{n;s/.*"\(.*\)".*/\1/p}' "$1/Cargo.toml"; }

# copies PAGES TO N: the API N times, each with uids, paths and types of its own.
copies() {
    local n
    "$DOCWRIGHT" export model --docs "$1" -o "$scratch/model.json" >/dev/null 2>&1
    for ((n = 1; n <= $3; n++)); do
        mkdir -p "$2"
        cp -r "$1" "$2/c$n"
        find "$2/c$n" -type f -name '*.md' ! -name README.md -print0 |
            N=$n MODEL=$scratch/model.json xargs -0 perl -i -pe '
                BEGIN {
                    $n = $ENV{N};
                    open my $model, "<", $ENV{MODEL} or die $!;
                    local $/;
                    my ($schemas) = <$model> =~ /"schemas": \[(.*)/s;
                    # Of the properties those that are no words: types of one shape are one.
                    my %names = map { $_ => 1 } $schemas =~ /^      "name": "(\w+)"/mg,
                        $schemas =~ /^ {8,}"name": "([A-Z][a-z]+[A-Z]\w*)"/mg;
                    $names = join "|", sort { length $b <=> length $a } keys %names;
                }
                s/\b($names)\b/$1C$n/g if length $names;
                s/v1(?=[A-Z]\w*_)/v1c$n/g;
                s{/v1/}{/v1/c$n/}g;
            '
        find "$2/c$n" -depth -name 'v1*' | while read -r file; do
            mv "$file" "$(dirname "$file")/v1c$n$(basename "$file" | cut -c3-)"
        done
    done
}

whole=$scratch/whole
generate "$folder" "$whole"
head_line 'the crate alone'
one=$(first_feature "$whole")
measure 'check, types and client' "$whole" check
measure 'check, everything' "$whole" check --all-features
measure "check, $one with client" "$whole" check --no-default-features --features "client,$one"
measure 'build --release, everything' "$whole" build --release --all-features
measure 'test --no-run, everything' "$whole" test --no-run --all-features

for size in ${SIZES:-}; do
    copies "$folder" "$scratch/pages-$size" "$size"
    head_line "$(generate "$scratch/pages-$size" "$scratch/$size-times")"
    measure 'check, types and client' "$scratch/$size-times" check
    measure 'check, everything' "$scratch/$size-times" check --all-features
done

if [ -n "${TRUTH:-}" ]; then
    mkdir "$scratch/part"
    cp -r "$folder/." "$scratch/part"
    printf '[resources]\ninclude = [%s]\n' "$part" >>"$scratch/part/docwright.toml"
    generate "$scratch/part" "$scratch/docwright"
    head_line 'clients of the same operations'
    measure 'docwright: check' "$scratch/docwright" check
    measure 'docwright: build --release' "$scratch/docwright" build --release
    if [ -n "${OPENAPI_GENERATOR:-}" ]; then
        java -jar "$OPENAPI_GENERATOR" generate -g rust -i "$TRUTH" -o "$scratch/generator" \
            --skip-validate-spec --additional-properties packageVersion=1.0.0 \
            >/dev/null 2>&1
        measure 'openapi-generator: check' "$scratch/generator" check
        measure 'openapi-generator: build --release' "$scratch/generator" build --release
    fi
    if [ -n "${PROGENITOR:-}" ]; then
        "$SWAGGER2OPENAPI" "$TRUTH" -o "$scratch/three.json" >/dev/null 2>&1
        echo "progenitor $(python3 benches/simplify.py "$scratch/three.json" "$scratch/simple.json")"
        "$PROGENITOR" progenitor -i "$scratch/simple.json" -o "$scratch/progenitor" \
            -n progenitor-client-of-it -v 1.0.0 >/dev/null 2>&1
        measure 'progenitor: check' "$scratch/progenitor" check
        measure 'progenitor: build --release' "$scratch/progenitor" build --release
    fi
fi
