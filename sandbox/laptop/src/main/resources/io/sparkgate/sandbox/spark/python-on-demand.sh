#!/bin/sh
# What drivers run for Python: asks the sandbox for one, which may have to be installed, and becomes it.
python=$('@PYTHON@' -I -c '
import http.client, sys
try:
    connection = http.client.HTTPConnection("127.0.0.1", @PORT@)
    connection.request("POST", "/python")
    answer = connection.getresponse()
    text = answer.read().decode()
except (OSError, http.client.HTTPException):
    sys.exit("The sandbox that would install Python for functions has ended; start it again.")
if answer.status != 200:
    sys.exit(text)
print(text)
') && exec "$python" "$@"
