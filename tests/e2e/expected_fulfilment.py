"""expected_fulfilment.py ORDERS CATALOGUE FACTOR [LIMIT]: what becomes of the orders one after the other, as JSON.

An order is reserved only if every article suffices, paid only if its total is within the limit, and gives back what it
had reserved otherwise.
"""

import json
import sys
from collections import Counter


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main():
    orders, articles, factor = lines_of(sys.argv[1]), lines_of(sys.argv[2]), int(sys.argv[3])
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else None
    stock = {article["sku"]: article["units_in_stock"] * factor for article in articles}
    confirmed = out_of_stock = declined = revenue = 0
    for order in orders:
        wanted = Counter()
        for item in order["items"]:
            wanted[item["sku"]] += item["quantity"]
        if any(stock.get(sku, 0) < units for sku, units in wanted.items()):
            out_of_stock += 1
        elif limit is not None and order["total_cents"] > limit:
            declined += 1
        else:
            confirmed += 1
            revenue += order["total_cents"]
            for sku, units in wanted.items():
                stock[sku] -= units
    print(json.dumps({"confirmed": confirmed, "out_of_stock": out_of_stock, "payment_declined": declined,
                      "revenue_cents": revenue, "stock_left": sum(stock.values())}))


main()
