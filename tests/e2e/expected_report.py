"""What `order report --json` has to say, computed from a file of orders alone.

Usage: expected_report.py ORDERS.ndjson. Prints one line of JSON with sorted keys: the report of orders that are all
placed and none of them confirmed or cancelled.
"""

import json
import sys
from collections import defaultdict


def main():
    days = defaultdict(lambda: [0, 0])
    customers = defaultdict(lambda: [0, 0])
    with open(sys.argv[1], encoding="utf-8") as lines:
        orders = [json.loads(line) for line in lines if line.strip()]
    for order in orders:
        cents = sum(
            (item["quantity"] * item["unit_price_cents"] * (100 - item["discount_percent"]) + 50) // 100
            for item in order["items"]
        )
        for sums in (days[order["ordered_on"]], customers[order["customer_id"]]):
            sums[0] += 1
            sums[1] += cents
    closed = {"confirmed_orders": 0, "confirmed_cents": 0, "cancelled_orders": 0, "cancelled_cents": 0}
    report = {
        "orders": len(orders),
        "placed_cents": sum(cents for _, cents in days.values()),
        **closed,
        "days": [{"day": day, "orders": n, "placed_cents": cents, **closed} for day, (n, cents) in sorted(days.items())],
        "customers": [
            {"customer_id": customer, "orders": n, "placed_cents": cents, "confirmed_cents": 0}
            for customer, (n, cents) in sorted(customers.items(), key=lambda entry: entry[0].encode())
        ],
        "behind": 0,
    }
    print(json.dumps(report, sort_keys=True))


main()
