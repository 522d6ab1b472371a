"""Calls the endpoint with one's own certificate, or none, as the user who is named."""

import os
import sys
from pathlib import Path

import grpc
from pyspark.sql.connect.client import ChannelBuilder
from pyspark.sql.connect.session import SparkSession


class WithCertificate(ChannelBuilder):
    def toChannel(self):  # noqa: N802
        read = [Path(os.environ["GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"]).read_bytes()]
        if "SPARKGATE_CLIENT_KEY" in os.environ:
            read += [Path(os.environ[f"SPARKGATE_CLIENT_{n}"]).read_bytes() for n in ("KEY", "CERTIFICATE")]
        return grpc.secure_channel(self.endpoint, grpc.ssl_channel_credentials(*read), self._channel_options)


url = f"sc://spark.dev.example.com:443/;use_ssl=true;user_id={sys.argv[1]}{''.join(sys.argv[2:])}"
try:
    spark = SparkSession.builder.channelBuilder(WithCertificate(url)).create()
    print("let in", spark.range(3).count())
except Exception as e:  # noqa: BLE001
    words = ("PERMISSION_DENIED", "UNAUTHENTICATED", "UNAVAILABLE")
    print("refused", next((word for word in words if word in str(e)), e))
