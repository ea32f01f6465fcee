"""Reads one JSON text a line, writes what Presidio's pattern recognisers find in it: [[kind, start, end], ...] a line.

Without a language model: the recognisers are called one by one, as an analyzer without NLP would.
"""
import json
import logging
import sys

logging.disable(logging.CRITICAL)

from presidio_analyzer.predefined_recognizers import (  # noqa: E402
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    PhoneRecognizer,
)

RECOGNISERS = [
    ("card", CreditCardRecognizer(), "CREDIT_CARD"),
    ("email", EmailRecognizer(), "EMAIL_ADDRESS"),
    ("bank", IbanRecognizer(), "IBAN_CODE"),
    # Its own regions, and those of the policy.
    ("phone", PhoneRecognizer(supported_regions=["US", "GB", "DE", "FR", "IL", "IN", "CA", "BR", "RU"]), "PHONE_NUMBER"),
]

for line in sys.stdin:
    text = json.loads(line)
    found = []
    for kind, recogniser, entity in RECOGNISERS:
        for result in recogniser.analyze(text, [entity], None) or []:
            if result.score > 0:
                found.append([kind, result.start, result.end])
    print(json.dumps(found), flush=True)
