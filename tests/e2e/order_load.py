#!/usr/bin/env python3
"""order_load.py URL CLIENTS: clients that place orders until they are killed; prints the id of each that was answered 201."""

import http.client
import json
import sys
import threading
import urllib.parse


def place_orders(address, number, out):
    link = http.client.HTTPConnection(address)
    at = 0
    while True:
        at += 1
        body = {
            "customer_id": f"c-{number}",
            "ordered_on": "2024-05-01",
            "ship_name": "Ada",
            "ship_country": "DE",
            "items": [{"sku": f"sku-{1 + at % 50:04}", "quantity": 1, "unit_price_cents": 250, "discount_percent": 0}],
        }
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"load-{number}-{at}"}
        try:
            link.request("POST", "/orders", json.dumps(body), headers)
            answer = link.getresponse()
            text = answer.read()
        except (http.client.HTTPException, ConnectionError):
            link.close()  # under its key it is one order, however often it is sent
            at -= 1
            continue
        if answer.status == 201:
            with out:
                print(json.loads(text)["order_id"], flush=True)
        elif answer.status != 429:
            sys.exit(f"an order was answered {answer.status}: {text}")


def main():
    address = urllib.parse.urlsplit(sys.argv[1]).netloc
    out = threading.Lock()
    clients = [threading.Thread(target=place_orders, args=(address, number, out), daemon=True)
               for number in range(int(sys.argv[2]))]
    for each in clients:
        each.start()
    for each in clients:
        each.join()


main()
