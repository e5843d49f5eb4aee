#!/usr/bin/env bash
# whole.sh [FOLDER...]: times whole runs of `export openapi` over a quarter, a
# half, all and four times the pages of each folder, beside the parser alone on
# one core (generator/docwright/examples/parse_only.rs). Without a folder: the three forms
# of v10.2.2 below DOCWRIGHT_CORPUS, else docs-input a hundred times.
#
# RUNS=N takes the median of N runs (5). Needs GNU time (/usr/bin/time).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo build --quiet --release -p docwright --bins --examples
docwright=target/release/docwright
parse_only=target/release/examples/parse_only
runs=${RUNS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# copy FROM TO N: the pages of FROM once more, as operations of their own.
copy() {
    local from=$1 to=$2/c$3 n=$3 file path name
    (cd "$from" && find . -type d -print0) | (mkdir -p "$to" && cd "$to" && xargs -0 mkdir -p)
    find "$from" -type f \( -name '*.md' -o -name '*.html' -o -name '*.txt' \) \
        ! -name README.md -printf '%p\t%P\n' | LC_ALL=C sort |
        while IFS=$'\t' read -r file path; do
            name=${path##*/}
            printf '%s\t%s\n' "$file" "$to/${path%"$name"}${name/v1/v1c$n}"
        done >"$scratch/list"
    # One process for all pages: a thousand would take longer than the runs.
    awk -F'\t' -v n="$n" '
        { from[NR] = $1; to[NR] = $2 }
        END {
            for (i = 1; i <= NR; i++) {
                while ((getline line < from[i]) > 0) {
                    gsub(/v1[A-Z][A-Za-z0-9]*_/, "c" n "&", line)
                    gsub(/c[0-9]+v1/, "v1c" n, line)
                    gsub(/\/v1\//, "/v1/c" n "/", line)
                    print line > to[i]
                }
                close(from[i]); close(to[i])
            }
        }' "$scratch/list"
}

# part FROM TO NTH: every NTH page of FROM.
part() {
    mkdir -p "$2"
    (cd "$1" && find . -type f | LC_ALL=C sort | awk -v nth="$3" 'NR % nth == 1' |
        xargs cp --parents -t "$2")
}

# times COMMAND...: the medians of wall seconds, processor seconds and peak
# memory in KB, each on its own.
times() {
    local at
    "$@" >/dev/null 2>&1
    for ((at = 0; at < runs; at++)); do
        /usr/bin/time -o "$scratch/time" -f '%e %U %S %M' "$@" >/dev/null 2>&1
        cat "$scratch/time"
    done | awk '
        { wall[NR] = $1; cpu[NR] = $2 + $3; peak[NR] = $4 }
        END {
            n = NR; m = int((n + 1) / 2)
            asort_(wall, n); asort_(cpu, n); asort_(peak, n)
            print wall[m], cpu[m], peak[m]
        }
        function asort_(a, n,   i, j, t) {
            for (i = 2; i <= n; i++)
                for (j = i; j > 1 && a[j - 1] > a[j]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
        }'
}

measure() {
    local name=$1 folder=$2 pages base whole
    pages=$(find "$folder" -type f | wc -l)
    base=$(times "$parse_only" "$folder")
    whole=$(times "$docwright" export openapi --docs "$folder" -o "$scratch/out.json")
    echo "$name $pages $base $whole" | awk '{
        printf "%-6s %7d %8.2f %8.2f %8.2f %8.0f %9.1f %9.3f\n",
            $1, $2, $3, $6, $7, $8 / 1024, ($3 > 0 ? $6 / $3 : 0), 1000 * $7 / $2
    }'
}

if [ $# -eq 0 ]; then
    if [ -n "${DOCWRIGHT_CORPUS:-}" ]; then
        set -- "$DOCWRIGHT_CORPUS"/superoffice/v10.2.2{,-html,-text}
    else
        for n in $(seq 100); do copy docs-input "$scratch/docs-input" "$n"; done
        set -- "$scratch/docs-input"
    fi
fi
for folder in "$@"; do
    forms="$scratch/$(basename "$folder")-sizes"
    copy "$folder" "$forms/1" 1
    part "$forms/1" "$forms/1_2" 2
    part "$forms/1" "$forms/1_4" 4
    for n in 1 2 3 4; do copy "$folder" "$forms/4" "$n"; done
    printf '\n%s\n%-6s %7s %8s %8s %8s %8s %9s %9s\n' "$(basename "$folder")" \
        size pages 'parser s' 'wall s' 'cpu s' 'peak MB' 'to parser' 'cpu ms/pg'
    for size in 1_4 1_2 1 4; do measure "${size/_//}" "$forms/$size"; done
done
