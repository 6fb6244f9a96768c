#!/bin/sh
# Fetches the ONNX Runtime C# source and its Linux libraries from npm (versions and hashes: package-lock.json) and keeps
# what this project needs. Called by the build; a no-op when node_modules/.complete is newer than the lock file.
set -eu
cd "$(dirname "$0")"
# Two builds may arrive at once; the second waits, then finds everything done.
exec 9>.restore.lock
flock 9
[ node_modules/.complete -nt package-lock.json ] && [ node_modules/.complete -nt restore.sh ] && exit 0

# No install scripts: onnxruntime-node's would download CUDA libraries.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# 675 MB of other platforms' binaries.
rm -rf node_modules/com.github.asus4.onnxruntime/Plugins node_modules/onnxruntime-node/bin/napi-v6/win32 node_modules/onnxruntime-node/bin/napi-v6/darwin
for arch in x64 arm64; do
    # The C# source's resolver looks for this folder and this name. A hard link: the file is 25 to 45 MB.
    native=node_modules/.native/linux-$arch
    mkdir -p "$native"
    ln -f "node_modules/onnxruntime-node/bin/napi-v6/linux/$arch/libonnxruntime.so.1" "$native/libonnxruntime.so"
done
touch node_modules/.complete
