#!/bin/bash
# Installs and starts the Spark Connect server on the primary node of a cluster. Runs as a step, as user hadoop.
set -euo pipefail
echo "spark-connect: not written yet" >&2
exit 1
