"""The read and the write of the function `clerks`, as one would write them in Python with boto3.

The loop at the end stands for the runtime that Lambda has: it is shorter, which is to this peer's advantage.
"""

import base64
import http.client
import json
import os
import time

import boto3
from botocore.config import Config
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

REGISTRY = os.environ["REGISTRY_TABLE"]
ACCOUNTS = os.environ["ACCOUNTS_TABLE"]
AUDIT = os.environ["AUDIT_TABLE"]
ISSUER = "palad/" + os.environ["STAGE"]


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


KEYS = {
    kid: Ed25519PublicKey.from_public_bytes(unpadded(key))
    for kid, key in (entry.split(":") for entry in os.environ["SESSION_VERIFYING_KEYS"].split())
}
DYNAMODB = boto3.client("dynamodb", config=Config(retries={"max_attempts": 3, "mode": "standard"}))


def session(event):
    token = next(c[11:] for c in event.get("cookies", []) if c.startswith("__Host-sid="))
    head, claims, signature = token.split(".")
    KEYS[json.loads(unpadded(head))["kid"]].verify(unpadded(signature), f"{head}.{claims}".encode())
    claims = json.loads(unpadded(claims))
    now = time.time()
    if claims["iss"] != ISSUER or claims["aud"] != "palad" or claims["exp"] <= now or claims["nbf"] > now + 5:
        raise PermissionError
    return claims


def get(pk, sk):
    answer = DYNAMODB.get_item(TableName=REGISTRY, Key={"pk": {"S": pk}, "sk": {"S": sk}}, ConsistentRead=True)
    return answer.get("Item")


def agency_and_ledger(pk):
    keys = [{"pk": {"S": pk}, "sk": {"S": sk}} for sk in ("AGENCY", "POST")]
    answer = DYNAMODB.batch_get_item(RequestItems={REGISTRY: {"Keys": keys, "ConsistentRead": True}})
    items = {item["sk"]["S"]: item for item in answer["Responses"][REGISTRY]}
    return items.get("AGENCY"), items.get("POST")


def record(ledger):
    return {
        "id": ledger["id"]["S"],
        "version": int(ledger["version"]["N"]),
        "post": json.loads(ledger["post"]["S"]),
        "missing": ["photo"],
        "created_at": ledger["created_at"]["S"],
        "updated_at": ledger["updated_at"]["S"],
    }


def save(pk, ledger, post, claims):
    version = int(ledger["version"]["N"]) + 1
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    item = dict(ledger, version={"N": str(version)}, post={"S": json.dumps(post, ensure_ascii=False)}, updated_at={"S": now})
    seen = {":seen": ledger["version"]}

    def line(table, sk, condition=None):
        put = {"TableName": table, "Item": dict(item, sk={"S": sk})}
        if condition:
            put["ConditionExpression"] = condition
        return {"Put": put}

    account = {"pk": {"S": "ACCOUNT#" + claims["actor"]["agency"]}, "sk": {"S": "ACCOUNT"}}
    DYNAMODB.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": REGISTRY, "Item": item, "ConditionExpression": "version = :seen", "ExpressionAttributeValues": seen}},
            line(REGISTRY, f"VERSION#{version:010}", "attribute_not_exists(pk)"),
            line(REGISTRY, f"TENURE#{now}#{version}", "attribute_not_exists(pk)"),
            line(REGISTRY, f"{now}#{pk}"),
            line(AUDIT, f"RECORD#{version:010}", "attribute_not_exists(pk)"),
            {"ConditionCheck": {
                "TableName": ACCOUNTS, "Key": account, "ConditionExpression": "session_version = :version",
                "ExpressionAttributeValues": {":version": {"N": str(claims["sv"])}},
            }},
        ]
    )
    return item


def handle(event):
    claims = session(event)
    code = event["pathParameters"]["code"]
    pk = "AGENCY#" + code
    agency, ledger = agency_and_ledger(pk)
    if agency is None or claims["actor"]["agency"] != code:
        return {"statusCode": 403}
    if event["routeKey"].startswith("PUT"):
        if event["headers"]["if-match"] != f'"{ledger["version"]["N"]}"':
            return {"statusCode": 412}
        ledger = save(pk, ledger, json.loads(event["body"])["post"], claims)
    return {
        "statusCode": 200,
        "headers": {"content-type": "application/json", "etag": f'"{ledger["version"]["N"]}"'},
        "body": json.dumps(record(ledger), ensure_ascii=False),
    }


# What `clerks` does too: the way to the store is opened before the first event.
get("WARM-UP", "AGENCY")

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    response = api.getresponse()
    identifier = response.headers["Lambda-Runtime-Aws-Request-Id"]
    body = json.dumps(handle(json.loads(response.read())))
    api.request("POST", f"/2018-06-01/runtime/invocation/{identifier}/response", body)
    api.getresponse().read()
