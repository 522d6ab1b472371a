#!/bin/sh
# In place of Spark's own, on the sandbox's cluster: the same class with the settings of this machine, and the server on loopback.
# It says when the server starts and how it ends, and starts none for a sandbox that is gone.
kill -0 @sandbox@ 2>/dev/null || exit 76
events=@events@
home=@home@

left=$# before=
while [ "$left" -gt 0 ]; do
  argument=$1
  case $before in
    --class) [ "$argument" != org.apache.spark.sql.connect.service.SparkConnectServer ] || argument=@main@ ;;
    --jars) argument=$argument,@server@ ;;
  esac
  before=$1
  shift
  set -- "$@" "$argument"
  left=$((left - 1))
done

# As Spark's own does; where that names a Python, this machine's is meant.
unset PYSPARK_PYTHON
# shellcheck source=/dev/null
[ ! -f "${SPARK_CONF_DIR:-}/spark-env.sh" ] || . "$SPARK_CONF_DIR/spark-env.sh"
[ -z "${PYSPARK_PYTHON:-}" ] || export PYSPARK_PYTHON=@python@
export SPARK_LOCAL_IP=127.0.0.1
unset JDK_JAVA_OPTIONS
# shellcheck disable=SC2086 # several words, as Spark's own takes them
@java@ @flags@ ${SPARK_SUBMIT_OPTS:-} -cp "${SPARK_CONF_DIR:-$home/conf}:$home/jars/*" \
  org.apache.spark.deploy.SparkSubmit @settings@ "$@" &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM INT
echo "START $child" >>"$events"
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
echo "EXIT $code" >>"$events"
exit "$code"
