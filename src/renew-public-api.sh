#!/usr/bin/env bash
# Writes src/*/PublicAPI.Unshipped.txt anew: every public member that PublicAPI.Shipped.txt doesn't hold. Read the difference before committing it.
set -euo pipefail
cd "$(dirname "$0")"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for file in */PublicAPI.Unshipped.txt; do
    echo '#nullable enable' > "$file"
done
for file in */PublicAPI.Unshipped.txt; do
    dotnet build "${file%%/*}" -nologo -p:TreatWarningsAsErrors=false >> "$log" || { cat "$log"; exit 1; }
done
for file in */PublicAPI.Unshipped.txt; do
    { grep -F "/${file%%/*}.csproj]" "$log" || true; } | { grep -oP "RS0016: Symbol '\K.*(?=' is not part of the declared public API)" || true; } \
        | LC_ALL=C sort -u >> "$file"
    echo "${file%%/*}: $(wc -l < "$file") lines"
done
