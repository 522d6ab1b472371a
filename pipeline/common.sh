# shellcheck shell=sh
# Sourced by build, gate, deploy, drift and release, which set `me` and `home`: how they speak, which environments there are, and how what
# they start ends with them.

: "${me:?}" "${home:?}"
child='' listener=''
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'ended SIGHUP 1' HUP
trap 'ended SIGINT 2' INT
trap 'ended SIGTERM 15' TERM

say() { echo "$me: $*" >&2; }

# Bad input.
refuse() { say "$@"; exit 2; }

# The service, the build or the gate said no.
fail() { say "$@"; exit 1; }

# A process and all that it started.
family() {
  for each in $(ps -A -o pid= -o ppid= | awk -v parent="$1" '$2 == parent { print $1 }'); do
    family "$each"
  done
  echo "$1"
}

# A CI signals this process and none of its children. What the signal means for the world is in `afterwards`.
ended() {
  trap '' HUP INT TERM
  if [ -n "$child" ]; then
    # Always SIGTERM: a shell has what it runs in the background ignore SIGINT. Where there is no ps, the child at least.
    # shellcheck disable=SC2046 # a word is a process
    kill -TERM $(family "$child" 2>/dev/null) 2>/dev/null || kill -TERM "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
    [ -z "$listener" ] || wait "$listener" 2>/dev/null || true
  fi
  say "ended by $1; $afterwards"
  exit $((128 + $2))
}
afterwards='nothing was changed'

# Runs a command in the background, since a shell hears of a signal only after what it runs in the foreground.
run() {
  "$@" >&2 &
  child=$!
  wait "$child" && code=0 || code=$?
  child=''
  return "$code"
}

# The CDK CLI. What it says goes to stderr, because where CI is set it would talk on stdout; and to $work/log.
cdk() {
  rm -f "$work/pipe"
  mkfifo "$work/pipe"
  tee "$work/log" <"$work/pipe" >&2 &
  listener=$!
  "$home/cdkw" "$@" >"$work/pipe" 2>&1 &
  child=$!
  wait "$child" && code=0 || code=$?
  child=''
  wait "$listener"
  listener=''
  return "$code"
}

logged() { grep -Eq "$1" "$work/log"; }

last_words() { grep '[[:alpha:]]' "$work/log" | tail -n 1; }

# What is wrong with the credentials, as part of a sentence; fails where they are not what is wrong. Takes the roles of the
# bootstrap that the command needs, as an expression: the CLI tries others too, and goes on without them.
bad_credentials() {
  refused=$(sed -En "s/.*could not be used to assume '([^']*-($1)-[^']*)'.*/\1/p" "$work/log" | head -n 1)
  if logged 'ExpiredToken|expired AWS credentials|([Tt]oken|session) .*(is|has) expired'; then
    echo "the AWS credentials have expired; sign in again, or let the CI take new ones"
  elif logged 'Unable to resolve AWS account|no credentials have been configured'; then
    echo "there are no AWS credentials; sign in, or let the CI become the role of this environment"
  elif [ -n "$refused" ]; then
    echo "the AWS credentials may not become $refused; take those that may, or bootstrap account and Region if nobody has"
  else
    return 1
  fi
}

environments() {
  names=''
  for template in "$home"/cdk.out/SparkConnect-*.template.json; do
    name=${template##*/SparkConnect-}
    names="$names${names:+, }${name%.template.json}"
  done
  echo "$names"
}

# Sets `stack` to that of an environment of the assembly.
choose() {
  [ -f "$home/cdk.out/manifest.json" ] ||
    refuse "there is no assembly in $home/cdk.out; run ./pipeline/build, or unpack assembly.tar and start pipeline/$me there"
  [ -n "$1" ] || refuse "no environment is named; the assembly has $(environments): ./pipeline/$me ENV"
  stack=SparkConnect-$1
  [ -f "$home/cdk.out/$stack.template.json" ] ||
    refuse "unknown environment '$1'; the assembly has $(environments). Name one of these, or add it to \"environments\" in" \
      "cdk.json and run ./pipeline/build"
}

# For a command that takes an environment and nothing else.
take_environment() {
  environment=''
  for argument in "$@"; do
    case $argument in
      --help) usage; exit 0 ;;
      -*) refuse "there is no option $argument; it takes the name of an environment and nothing else" ;;
      *)
        [ -z "$environment" ] || refuse "two environments, '$environment' and '$argument'; name one at a time"
        environment=$argument ;;
    esac
  done
  choose "$environment"
}
