#!/usr/bin/env bash
# Builds the solution and runs every test. Needs the .NET SDK 10 and, to compile ahead of time, gcc or clang; the DuckDB oracle comes as a package.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2
  exit 1
fi
if ! command -v clang >/dev/null && ! command -v gcc >/dev/null; then
  echo "Without gcc or clang the test that compiles ahead of time fails (on Debian: apt-get install gcc libc6-dev)." >&2
fi

dotnet build Laminar.Generators.sln -c Release --nologo -v quiet "$@"
# One test project at a time: several of them use every core.
dotnet test Laminar.Generators.sln -c Release --nologo --no-build -m:1 "$@"
