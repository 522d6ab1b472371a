#!/bin/bash
# Installs the Spark Connect server on the primary node of an Amazon EMR cluster, as a unit of systemd, and waits until it answers.
# An EMR step runs it as user hadoop. Running it again changes what differs and restarts the server only then.
set -euo pipefail

usage() {
  cat <<'END'
install-spark-connect.sh [arguments]

  --port N             where the server listens (15002)
  --server URI#SHA256  s3://bucket/key of Spark's own server, for a Spark that does not contain it (before 4.0)
  --jar URI#SHA256     s3://bucket/key of what runs inside the server; may be repeated
  --conf NAME=VALUE    a setting of Spark, after the cluster's own; may be repeated
  --secret ARN         of the secret with the token that callers present; the server reads it when it starts
  --wait SECONDS       how long to wait in all, for Spark, YARN and the server (600)

exit codes: 0 the server answers, or this is not the primary node; 1 it does not; 64 bad arguments. The last line on stderr says why.
END
}

say() { echo "$(date -u +%FT%TZ) spark-connect: $*"; }
die() { say "$*" >&2; exit 1; }
refuse() { say "$*" >&2; exit 64; }

port=15002 wait=600 server='' secret='' jars=() confs=()
while (($#)); do
  [[ $1 != --help ]] || { usage; exit 0; }
  case $1 in
    --port | --server | --jar | --conf | --secret | --wait) (($# > 1)) || refuse "$1 has no value" ;;
    *) refuse "there is no argument $1; --help names those that there are" ;;
  esac
  case $1 in
    --port) port=$2 ;;
    --server) server=$2 ;;
    --jar) jars+=("$2") ;;
    --conf) confs+=("$2") ;;
    --secret) secret=$2 ;;
    --wait) wait=$2 ;;
  esac
  shift 2
done
if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then refuse "--port is '$port', and takes a number from 1 to 65535"; fi
[[ $wait =~ ^[0-9]{1,5}$ ]] || refuse "--wait is '$wait', and takes seconds"
[[ $secret =~ ^(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[[:alnum:]/_+=.@-]+)?$ ]] || refuse "--secret is '$secret', and takes the ARN of a secret"
for jar in ${server:+"$server"} ${jars[@]+"${jars[@]}"}; do
  [[ $jar =~ ^s3://[^/]+/[^#]+#[0-9a-f]{64}$ ]] || refuse "'$jar' names no jar, which takes s3://bucket/key#sha256"
done
for conf in ${confs[@]+"${confs[@]}"}; do
  [[ $conf =~ ^spark\.[^[:space:]=:]+= && $conf != *$'\n'* ]] || refuse "--conf is '$conf', and takes spark.name=value in one line"
done

# What systemd starts may know no Region.
IFS=: read -r _ _ _ region _ <<<"$secret"

# Before what failed is tried again, in seconds; shorter in tests.
pause=${SPARK_CONNECT_PAUSE:-10}
deadline=$((SECONDS + wait))

# Before every path of the machine; empty but in tests.
root=${SPARK_CONNECT_ROOT:-}
node=$root/mnt/var/lib/info/instance.json
home=$root/opt/spark-connect
work=$root/mnt/spark-connect
run=$root/run/spark-connect
conf_dir=$root/etc/spark/conf
unit=$root/etc/systemd/system/spark-connect.service
spark=${SPARK_HOME:-$root/usr/lib/spark}
# There from the first change until a server was started with it: a step that was cut off in between is made good by the next.
due=$home/restart-due

[[ -r $node ]] || die "$node cannot be read, so this is no node of a cluster"
grep -Eq '"isMaster"[[:space:]]*:[[:space:]]*true' "$node" || { say "not the primary node, so there is nothing to do"; exit 0; }
exec 9<"$node"
flock -w "$wait" 9 || die "another installation is still under way after $wait s"

# until_true COMMAND...: false where it is not before the deadline
until_true() {
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.5
  done
}

# again COMMAND...: up to six times, because what a role was just allowed counts only some time later
again() {
  local tries=1
  until "$@"; do
    ((tries++ < 6)) || return 1
    sleep "$pause"
  done
}

spark_is_there() { [[ -x $spark/bin/spark-submit && -d $conf_dir ]]; }
spark_version() {
  local core
  core=$(compgen -G "$spark/jars/spark-core_*.jar" | head -n 1) && core=${core##*/spark-core_} && core=${core#*-} && echo "${core%.jar}"
}
until_true spark_is_there || die "there is no Spark in $spark with its settings in $conf_dir after $wait s; the cluster needs the application Spark"
version=$(spark_version) || die "$spark/jars has no spark-core, so Spark's version is not known"
IFS=.- read -r major minor _ <<<"$version"
[[ $major$minor =~ ^[0-9]+$ ]] || die "the version of Spark in $spark/jars is '$version', which is no number"
((major > 3 || (major == 3 && minor >= 4))) || die "Spark is $version, and Spark Connect needs 3.4 or later: take a newer release of EMR"
if ! compgen -G "$spark/jars/spark-connect_*.jar" >/dev/null; then
  [[ -n $server ]] || die "Spark $version does not contain the Spark Connect server, and no --server names it"
  jars=("$server" ${jars[@]+"${jars[@]}"})
fi
[[ $(curl --version 2>/dev/null) == *HTTP2* ]] || die "there is no curl here that speaks HTTP/2, so the server cannot be asked whether it answers"
if command -v yarn >/dev/null; then
  until_true timeout 30 yarn node -list || die "YARN does not answer after $wait s"
fi

# put MODE PATH: what comes in, where it differs
put() {
  local new
  new=$(mktemp)
  cat >"$new"
  if ! sudo cmp -s "$new" "$2"; then
    sudo install -D -m 0644 /dev/null "$due"
    sudo install -D -m "$1" -o root -g root "$new" "$2"
    say "wrote $2"
  fi
  rm -f "$new"
}

# fetch URI SHA256 PATH
fetch() {
  local new
  new=$(mktemp)
  again aws s3 cp --only-show-errors "$1" "$new" || die "$1 cannot be read"
  echo "$2  $new" | sha256sum -c --status || { rm -f "$new"; die "$1 is not the file with the SHA-256 $2"; }
  put 0644 "$3" <"$new"
  rm -f "$new"
}

class_path=
for jar in ${jars[@]+"${jars[@]}"}; do
  file=$home/lib/${jar##*#}.jar
  echo "${jar##*#}  $file" | sha256sum -c --status 2>/dev/null || fetch "${jar%#*}" "${jar##*#}" "$file"
  class_path+=${class_path:+,}$file
done

# Lines of a properties file, where a backslash is said twice.
settings() {
  local conf
  echo "spark.connect.grpc.binding.port=$port"
  for conf in ${confs[@]+"${confs[@]}"}; do
    echo "${conf//\\/\\\\}"
  done
}
put 0644 "$home/conf/server.conf" < <(settings)

# In client mode, so that plugins and interceptors see what --jars names. Settings are the cluster's own, then ours, joined at each start:
# a reconfiguration of the cluster counts. Their file is named because spark-env.sh may say another folder. The token is in the
# environment, never in a command line or a file.
put 0755 "$home/bin/run" <<RUN
#!/bin/bash
# Starts the Spark Connect server. Written by install-spark-connect.sh, which writes it again.
set -euo pipefail
rm -rf '$run/conf'
cp -rL '$conf_dir' '$run/conf'
chmod -R u+w '$run/conf'
{ echo; cat '$home/conf/server.conf'; } >>'$run/conf/spark-defaults.conf'
export SPARK_CONF_DIR='$run/conf' SPARK_HOME='$spark'
# Or it would stay, and answer nobody.
export SPARK_SUBMIT_OPTS="\${SPARK_SUBMIT_OPTS:-} -XX:+ExitOnOutOfMemoryError"
secret='$secret' pause=$pause
$(declare -f again)
if [[ -n \$secret ]]; then
  SPARK_CONNECT_AUTHENTICATE_TOKEN=\$(again aws secretsmanager get-secret-value --region '$region' --secret-id "\$secret" \\
    --query SecretString --output text) ||
    { echo "spark-connect: the secret \$secret cannot be read" >&2; exit 1; }
  export SPARK_CONNECT_AUTHENTICATE_TOKEN
fi
exec '$spark/bin/spark-submit' --class org.apache.spark.sql.connect.service.SparkConnectServer --name 'Spark Connect server' \\
  --deploy-mode client --properties-file '$run/conf/spark-defaults.conf' ${class_path:+--jars $class_path }spark-internal
RUN

# A server answers a path that nobody knows with 12, UNIMPLEMENTED, whoever asks; the load balancer asks the same.
put 0755 "$home/bin/healthy" <<HEALTHY
#!/bin/bash
# Ends with 0 while the server answers. Written by install-spark-connect.sh, which writes it again.
printf '\0\0\0\0\0' | curl -s -m 5 --noproxy '*' --http2-prior-knowledge -X POST -H 'content-type: application/grpc' -H 'te: trailers' \\
  --data-binary @- -D - -o /dev/null 'http://127.0.0.1:$port/AWS.ALB/healthcheck' | grep -qi '^grpc-status: 12'
HEALTHY

# Spark keeps what people upload below the folder that it starts in: sessions fail where that cannot be written.
sudo install -d -m 0700 -o hadoop -g hadoop "$work"
put 0644 "$unit" <<UNIT
[Unit]
Description=Spark Connect server
After=network-online.target hadoop-yarn-resourcemanager.service
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
User=hadoop
UMask=0077
RuntimeDirectory=spark-connect
RuntimeDirectoryMode=0700
WorkingDirectory=$work
ExecStartPre=/bin/rm -rf $work/artifacts
ExecStart=$home/bin/run
Restart=always
RestartSec=10
# 76: it ended itself because nobody used it. 143: it was stopped.
RestartPreventExitStatus=76
SuccessExitStatus=76 143
TimeoutStopSec=60
LimitNOFILE=65536
# A worker that the kernel kills must not take the server with it.
OOMPolicy=continue

[Install]
WantedBy=multi-user.target
UNIT

sudo systemctl daemon-reload
sudo systemctl enable -q spark-connect
if [[ -e $due ]]; then
  sudo systemctl restart spark-connect
  sudo rm -f "$due"
else
  sudo systemctl start spark-connect
fi

# Where systemd does not count (before 235) it is waited for.
restarts() {
  local count
  count=$(systemctl show -p NRestarts spark-connect) && count=${count#NRestarts=}
  [[ $count =~ ^[0-9]+$ ]] || count=0
  echo "$count"
}
ended() { (($(restarts) - before >= 3)) || [[ $(systemctl is-active spark-connect) =~ ^(inactive|failed)$ ]]; }
answers() { systemctl is-active -q spark-connect && "$home/bin/healthy"; }
answers_or_ended() { answers || ended; }
before=$(restarts)
if ! until_true answers_or_ended || ! answers; then
  journal=$(sudo journalctl -u spark-connect -n 200 --no-pager -o cat || true)
  echo "$journal" >&2
  cause=$(grep -E '^(Exception in thread|Caused by:|Error: |java\.|org\.apache\.|spark-connect: )' <<<"$journal" | tail -n 1 || true)
  if ended; then reason="the server ended again and again and does not answer on port $port"; else reason="the server does not answer on port $port after $wait s"; fi
  die "$reason; its log is above${cause:+, and ends with: $cause}"
fi
say "ready on port $port, Spark $version"
