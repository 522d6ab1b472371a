#!/bin/sh
# AWS's command on the sandbox's primary node: the two calls that the server's installation makes, of files.
folder=@folder@

refuse() {
  echo "$1" >&2
  exit 254
}

# What the node's role may not, says why.
judged() {
  [ ! -f "$1.denied" ] || refuse "An error occurred (AccessDenied) when calling the $2 operation: $(cat "$1.denied")"
  [ -f "$1" ] || refuse "An error occurred ($3) when calling the $2 operation: the sandbox has no $4"
}

case "$1 $2" in
  's3 cp')
    shift 2
    from= to=
    for argument; do
      case $argument in
        --*) ;;
        *) from=$to to=$argument ;;
      esac
    done
    judged "$folder/s3/${from#s3://}" GetObject NoSuchKey "$from"
    exec cp "$folder/s3/${from#s3://}" "$to"
    ;;
  'secretsmanager get-secret-value')
    shift 2
    id=
    while [ $# -gt 0 ]; do
      [ "$1" != --secret-id ] || id=$2
      shift
    done
    judged "$folder/secrets/$id" GetSecretValue ResourceNotFoundException "$id"
    exec cat "$folder/secrets/$id"
    ;;
  *) refuse "the sandbox's primary node has no aws $1 $2" ;;
esac
