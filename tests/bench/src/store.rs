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

/// Where a machine keeps the certificates that everybody trusts.
const TRUSTED: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"];

/// What to answer to a call, by its name and what it asks for.
pub(crate) type Answer = Arc<dyn Fn(&str, &Value) -> String + Send + Sync>;

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
    while let Some(Request { target, path, body, .. }) = http::read(&mut connection) {
        // `DynamoDB_20120810.GetItem`, or a path.
        let call = target.rsplit('.').next().filter(|call| !call.is_empty()).unwrap_or(&path);
        let asked = serde_json::from_slice(&body).unwrap_or_default();
        let headers = "Content-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: BENCH\r\n";
        http::write(connection.get_mut(), 200, headers, answer(call, &asked).as_bytes())?;
    }
    Some(())
}

/// Answers to the calls that the scenarios make. They are put into words once.
pub(crate) fn constants(
    items: &BTreeMap<(String, String), Value>,
    listing: BTreeMap<String, Value>,
) -> Answer {
    let items: BTreeMap<_, String> =
        items.iter().map(|(key, item)| (key.clone(), item.to_string())).collect();
    let listing: BTreeMap<String, String> =
        listing.into_iter().map(|(province, page)| (province, page.to_string())).collect();
    let item = move |key: &Value| {
        let part = |name: &str| key[name]["S"].as_str().unwrap_or_default().to_owned();
        items.get(&(part("pk"), part("sk"))).cloned()
    };
    Arc::new(move |call, asked| match call {
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
            let mut texts = values.filter_map(|(_, value)| value["S"].as_str());
            let page = texts.find_map(|text| listing.get(text)).cloned();
            page.unwrap_or_else(|| r#"{"Items":[],"Count":0,"ScannedCount":0}"#.to_owned())
        }
        "SendMessage" => r#"{"MessageId":"bench"}"#.to_owned(),
        path if path.ends_with("/outbound-emails") => r#"{"MessageId":"bench"}"#.to_owned(),
        _ => "{}".to_owned(),
    })
}
