# Sourced by ./run and ./test: installs what is missing, says so, does nothing when all is there.
# Needs only bash, the .NET 10 SDK and npm; everything else comes from Debian's own packages.

say() { printf 'ambient: %s\n' "$*" >&2; }

require() { # command, where to get it
  command -v "$1" >/dev/null || { say "$1 is missing. $2"; exit 1; }
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || [ -n "$(find /usr/lib /lib -name "$1*" -print -quit 2>/dev/null)" ]; }

missing_packages() {
  PATH="$PATH:/usr/sbin:/sbin"
  command -v mosquitto >/dev/null || echo mosquitto
  has_library libmosquitto.so.1 || echo libmosquitto1
  # An independent loudness meter, with which the tests compare ours.
  [ -z "${testing:-}" ] || has_library libebur128.so.1 || echo libebur128-1
  # A sound card that fails on request: a plugin of libasound in C, compiled by the tests.
  if [ -n "${testing:-}" ]; then
    command -v cc >/dev/null || printf '%s\n' gcc libc6-dev
    [ -e /usr/include/alsa/asoundlib.h ] || echo libasound2-dev
  fi
  # Debian 13 renamed libasound2; the library's own name did not change.
  has_library libasound.so.2 || { apt-cache show libasound2t64 >/dev/null 2>&1 && echo libasound2t64 || echo libasound2; }
}

install_missing() {
  require dotnet 'Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0'
  require npm 'It brings ONNX Runtime: apt install npm'
  local packages as_root=
  packages=$(missing_packages | sort -u | tr '\n' ' ')
  [ -n "${packages// /}" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "please install, as root: apt-get install $packages"; exit 1; }
    as_root=sudo
  fi
  say "installing $packages(Debian packages)"
  $as_root apt-get update -qq >&2 || say 'apt-get update failed; trying with the lists at hand'
  # The broker must not start as a service by itself: ours is private, on a port of its own.
  $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $packages >&2
}

# Builds a project unless nothing that it is made of has changed since the last build.
build() { # project or solution, configuration
  local stamp="$root/.cache/built-$(basename "$1")-$2"
  if [ -e "$stamp" ] && [ -z "$(find "$root/src" "$root/bindings" "$root/tests" "$root/moods" "$root/models" "$root/Ambient.sln" "$root"/Directory.*.props "$root/.editorconfig" \
      \( -name bin -o -name obj -o -name node_modules -o -name training \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    return 0
  fi
  say "building $(basename "$1") ($2; the first time takes about a minute)"
  mkdir -p "$root/.cache"
  touch "$stamp.new"
  dotnet build "$1" -c "$2" -v q -nologo -clp:NoSummary >&2 || { say 'the build failed'; exit 1; }
  mv "$stamp.new" "$stamp"
}
