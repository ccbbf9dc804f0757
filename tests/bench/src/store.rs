//! A stand-in for the services, over TLS: the same answer to the same question, at once, so that what is
//! measured is the function and not a store.

use std::collections::BTreeMap;
use std::io::BufReader;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;

use crate::http::{self, Request};
use crate::scenario::Scenario;

/// Where a machine keeps the certificates that everybody trusts.
const TRUSTED: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"];

/// What queue and mail service say of a message.
const SENT: &str = r#"{"MessageId":"bench"}"#;

/// What to answer to a request.
pub(crate) type Answer = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

/// An answer.
pub(crate) struct Reply {
    status: u16,
    body: Vec<u8>,
}

impl Reply {
    fn json(body: String) -> Self {
        Self { status: 200, body: body.into_bytes() }
    }
}

/// Serves for ever. Gives the port; writes into `bundle` what a client has to trust: what machines trust,
/// as a function on Lambda reads it too, and this server's own issuer.
pub(crate) fn start(answer: Answer, bundle: &Path) -> Result<u16, String> {
    let failed = |error: &dyn std::fmt::Display| format!("no certificate: {error}");
    let mut issuer = CertificateParams::new(Vec::new()).map_err(|error| failed(&error))?;
    issuer.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // Two certificates of one name would be taken for one that has signed itself.
    issuer.distinguished_name.push(DnType::CommonName, "The issuer of the benchmark");
    let key = KeyPair::generate().map_err(|error| failed(&error))?;
    let issuer = CertifiedIssuer::self_signed(issuer, key).map_err(|error| failed(&error))?;
    let key = KeyPair::generate().map_err(|error| failed(&error))?;
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).map_err(|error| failed(&error))?;
    let certificate = certificate.signed_by(&key, &issuer).map_err(|error| failed(&error))?;
    let trusted = TRUSTED.iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    std::fs::write(bundle, trusted + &issuer.pem()).map_err(|error| failed(&error))?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .map_err(|error| failed(&error))?;
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    std::thread::spawn(move || {
        for connection in listener.incoming().filter_map(Result::ok) {
            let (config, answer) = (Arc::clone(&config), Arc::clone(&answer));
            std::thread::spawn(move || serve(connection, config, &answer));
        }
    });
    Ok(port)
}

fn serve(connection: TcpStream, config: Arc<ServerConfig>, answer: &Answer) -> Option<()> {
    connection.set_nodelay(true).ok()?;
    let tls = StreamOwned::new(ServerConnection::new(config).ok()?, connection);
    let mut connection = BufReader::new(tls);
    while let Some(request) = http::read(&mut connection) {
        let headers = "Content-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: BENCH\r\n";
        let Reply { status, body } = answer(&request);
        http::write(connection.get_mut(), status, headers, &body)?;
    }
    Some(())
}

/// Answers to the calls that the scenarios make. They are put into words once. In every bucket lies `object` under
/// every key, but for whoever asks what an object is like: none was ever written, so that each is written anew.
pub(crate) fn constants(scenario: &Scenario, object: Vec<u8>) -> Answer {
    let items: BTreeMap<_, String> =
        scenario.items.iter().map(|(key, item)| (key.clone(), item.to_string())).collect();
    let [listing, partitions] = [&scenario.listing, &scenario.partitions].map(|pages| {
        let in_words = pages.iter().map(|(asked, page)| (asked.clone(), page.to_string()));
        in_words.collect::<BTreeMap<String, String>>()
    });
    let item = move |key: &Value| {
        let part = |name: &str| key[name]["S"].as_str().unwrap_or_default().to_owned();
        items.get(&(part("pk"), part("sk"))).cloned()
    };
    let dynamodb = move |call: &str, asked: &Value| match call {
        "GetItem" => item(&asked["Key"]).map_or("{}".to_owned(), |item| format!("{{\"Item\":{item}}}")),
        "BatchGetItem" => {
            let tables = asked["RequestItems"].as_object().into_iter().flatten();
            let found = tables.map(|(table, asked)| {
                let keys = asked["Keys"].as_array().into_iter().flatten();
                format!("\"{table}\":[{}]", keys.filter_map(&item).collect::<Vec<_>>().join(","))
            });
            format!("{{\"Responses\":{{{}}},\"UnprocessedKeys\":{{}}}}", found.collect::<Vec<_>>().join(","))
        }
        "Query" => {
            let values = asked["ExpressionAttributeValues"].as_object().into_iter().flatten();
            let texts: Vec<_> = values.filter_map(|(_, value)| value["S"].as_str()).collect();
            let page = match texts[..] {
                [partition] => partitions.get(partition),
                _ => texts.iter().find_map(|text| listing.get(*text)),
            };
            page.cloned().unwrap_or_else(|| r#"{"Items":[],"Count":0,"ScannedCount":0}"#.to_owned())
        }
        "SendMessage" => SENT.to_owned(),
        _ => "{}".to_owned(),
    };
    Arc::new(move |request| {
        // `DynamoDB_20120810.GetItem`: only some services name the call so.
        if let Some((_, call)) = request.target.rsplit_once('.') {
            let asked = serde_json::from_slice(&request.body).unwrap_or_default();
            return Reply::json(dynamodb(call, &asked));
        }
        match request.method.as_str() {
            "HEAD" => Reply { status: 404, body: Vec::new() },
            "GET" => Reply { status: 200, body: object.clone() },
            "POST" => Reply::json(SENT.to_owned()),
            _ => Reply { status: 200, body: Vec::new() },
        }
    })
}
