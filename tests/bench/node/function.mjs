// The read and the write of the function `clerks`, as one would write them for Node with the AWS SDK v3.
// The loop at the end stands for the runtime that Lambda has: it is shorter, which is to this peer's advantage.

import { createPublicKey, verify } from "node:crypto";
import http from "node:http";
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";

const { REGISTRY_TABLE, ACCOUNTS_TABLE, AUDIT_TABLE, STAGE, SESSION_VERIFYING_KEYS, AWS_LAMBDA_RUNTIME_API } = process.env;
const keys = new Map(
  SESSION_VERIFYING_KEYS.split(" ").map((entry) => {
    const [kid, x] = entry.split(":");
    return [kid, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })];
  }),
);
const dynamodb = new DynamoDBClient({ maxAttempts: 3 });

function session(event) {
  const cookie = event.cookies.find((cookie) => cookie.startsWith("__Host-sid="));
  const [head, body, signature] = cookie.slice(11).split(".");
  const parsed = (text) => JSON.parse(Buffer.from(text, "base64url").toString());
  const key = keys.get(parsed(head).kid);
  if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) throw new Error("signature");
  const claims = parsed(body);
  const now = Date.now() / 1000;
  if (claims.iss !== `palad/${STAGE}` || claims.aud !== "palad" || claims.exp <= now || claims.nbf > now + 5) {
    throw new Error("claims");
  }
  return claims;
}

async function get(pk, sk) {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  return (await dynamodb.send(new GetItemCommand({ TableName: REGISTRY_TABLE, Key, ConsistentRead: true }))).Item;
}

async function agencyAndLedger(pk) {
  const Keys = ["AGENCY", "POST"].map((sk) => ({ pk: { S: pk }, sk: { S: sk } }));
  const command = new BatchGetItemCommand({ RequestItems: { [REGISTRY_TABLE]: { Keys, ConsistentRead: true } } });
  const items = (await dynamodb.send(command)).Responses[REGISTRY_TABLE];
  return ["AGENCY", "POST"].map((sk) => items.find((item) => item.sk.S === sk));
}

function record(ledger) {
  return {
    id: ledger.id.S,
    version: Number(ledger.version.N),
    post: JSON.parse(ledger.post.S),
    missing: ["photo"],
    created_at: ledger.created_at.S,
    updated_at: ledger.updated_at.S,
  };
}

async function save(pk, ledger, post, claims) {
  const version = Number(ledger.version.N) + 1;
  const number = String(version).padStart(10, "0");
  const now = new Date().toISOString();
  const item = { ...ledger, version: { N: String(version) }, post: { S: JSON.stringify(post) }, updated_at: { S: now } };
  const line = (TableName, sk, ConditionExpression) => ({ Put: { TableName, Item: { ...item, sk: { S: sk } }, ConditionExpression } });
  const absent = "attribute_not_exists(pk)";
  await dynamodb.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        {
          Put: {
            TableName: REGISTRY_TABLE,
            Item: item,
            ConditionExpression: "version = :seen",
            ExpressionAttributeValues: { ":seen": ledger.version },
          },
        },
        line(REGISTRY_TABLE, `VERSION#${number}`, absent),
        line(REGISTRY_TABLE, `TENURE#${now}#${version}`, absent),
        line(REGISTRY_TABLE, `${now}#${pk}`),
        line(AUDIT_TABLE, `RECORD#${number}`, absent),
        {
          ConditionCheck: {
            TableName: ACCOUNTS_TABLE,
            Key: { pk: { S: `ACCOUNT#${claims.actor.agency}` }, sk: { S: "ACCOUNT" } },
            ConditionExpression: "session_version = :version",
            ExpressionAttributeValues: { ":version": { N: String(claims.sv) } },
          },
        },
      ],
    }),
  );
  return item;
}

async function handle(event) {
  const claims = session(event);
  const { code } = event.pathParameters;
  const pk = `AGENCY#${code}`;
  let [agency, ledger] = await agencyAndLedger(pk);
  if (!agency || claims.actor.agency !== code) return { statusCode: 403 };
  if (event.routeKey.startsWith("PUT")) {
    if (event.headers["if-match"] !== `"${ledger.version.N}"`) return { statusCode: 412 };
    ledger = await save(pk, ledger, JSON.parse(event.body).post, claims);
  }
  return {
    statusCode: 200,
    headers: { "content-type": "application/json", etag: `"${ledger.version.N}"` },
    body: JSON.stringify(record(ledger)),
  };
}

const [host, port] = AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
function api(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = http.request({ host, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}`, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (text += part));
      response.on("end", () => resolve({ id: response.headers["lambda-runtime-aws-request-id"], text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

// What `clerks` does too: the way to the store is opened before the first event.
await get("WARM-UP", "AGENCY");

for (;;) {
  const { id, text } = await api("GET", "next");
  await api("POST", `${id}/response`, JSON.stringify(await handle(JSON.parse(text))));
}
