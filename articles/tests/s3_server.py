"""A real S3 server process on this machine: moto's, as ``python -m articles.tests.s3_server PORT``."""

import sys

from moto.server import main

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
