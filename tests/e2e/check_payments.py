"""check_payments.py LEDGER ORDERS: what the provider's ledger must not say; nothing when all is well.

ORDERS has an object a line with order_id, status and total_cents. Nobody is charged twice, everybody whose order is
confirmed is charged its total and keeps nothing back, and nobody else is charged without a refund.
"""

import json
import sys
from collections import defaultdict


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


def main():
    charged, refunded = defaultdict(list), defaultdict(list)
    for entry in lines_of(sys.argv[1]):
        if entry["action"] == "charged":
            charged[entry["payment_id"]].append(entry["amount_cents"])
        elif entry["action"] == "refunded":
            refunded[entry["payment_id"]].append(entry["amount_cents"])
    faults = [f"{payment} was charged {len(times)} times" for payment, times in charged.items() if len(times) > 1]
    for order in lines_of(sys.argv[2]):
        payment = "pay-" + order["order_id"]
        kept = sum(charged[payment]) - sum(refunded[payment])
        due = order["total_cents"] if order["status"] == "confirmed" else 0
        if kept != due:
            faults.append(f"{payment}: {kept} cents were kept of order {order['status']}, {due} were due")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
