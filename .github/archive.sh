#!/usr/bin/env bash
# Packs the command of a target with completions, man pages and licences into dist/, beside its checksum:
# .github/archive.sh TARGET
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
built=${CARGO_TARGET_DIR:-target}/$target/release
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
name=condong-$version-$target
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

command=$built/condong
[ -e "$command" ] || command=$built/condong.exe
mkdir -p "$made/$name/completions" "$made/$name/man" dist
cp "$command" README.md LICENSE-APACHE LICENSE-MIT "$made/$name"
for shell in bash elvish fish powershell zsh; do
  "$command" completions "$shell" > "$made/$name/completions/condong.$shell"
done
"$command" man > "$made/$name/man/condong.1"
case $target in
  *windows*)
    archive=$name.zip
    (cd "$made" && 7z a -bso0 "$OLDPWD/dist/$archive" "$name") ;;
  *)
    archive=$name.tar.gz
    tar -C "$made" -czf "dist/$archive" "$name" ;;
esac
cd dist
if command -v sha256sum > /dev/null; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi > "$archive.sha256"
echo "dist/$archive"
