"""Asks an HTTP server: ask.py METHOD URL [--body TEXT] [--header 'Name: value']… [--raw BYTES] [--repeat N]

Prints the status on a line, then the body. A body is sent as JSON, unless a header says otherwise. --raw sends these bytes (with \\r\\n and the like) over a bare socket to
the host of the URL and prints all that comes until the server closes. --repeat sends the request so many times at one
time and prints a line for each: the status and the Retry-After header.
"""

import argparse
import http.client
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit


def ask(options, url, body):
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    headers = {"Content-Type": "application/json"} if body else {}
    headers |= dict(line.split(": ", 1) for line in options.header)
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    connection.request(options.method, target, body=body.encode(), headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Retry-After", "-"), text


def raw(options, url):
    with socket.create_connection((url.hostname, url.port), timeout=60) as bare:
        bare.sendall(options.raw.encode().decode("unicode_escape").encode("latin-1"))
        parts = []
        while part := bare.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("method")
    parser.add_argument("url")
    parser.add_argument("--body", default="")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--raw")
    parser.add_argument("--repeat", type=int, default=0)
    options = parser.parse_args()
    url = urlsplit(options.url)
    if options.raw is not None:
        sys.stdout.write(raw(options, url))
    elif options.repeat:
        with ThreadPoolExecutor(options.repeat) as pool:
            bodies = [options.body.replace("@", str(number)) for number in range(options.repeat)]
            for status, retry_after, _ in pool.map(lambda body: ask(options, url, body), bodies):
                print(status, retry_after)
    else:
        status, _, text = ask(options, url, options.body)
        print(status)
        print(text)


main()
