//! The CDN serves files with the headers that the site says, and treats the API as the API needs it.

use serde_json::Value;

use palad_sam_tests::resources_of;
use palad_site::SiteConfig;

use crate::templates;

fn site() -> Value {
    let templates = templates();
    let (_, document) =
        templates.all().find(|(path, _)| *path == "infra/site.yaml").expect("the site's template");
    document.clone()
}

#[test]
fn files_have_the_headers_that_the_site_prints() {
    let document = site();
    let (_, policy) =
        resources_of(&document, "AWS::CloudFront::ResponseHeadersPolicy").next().expect("a policy");
    let config = &policy["Properties"]["ResponseHeadersPolicyConfig"];
    let security = &config["SecurityHeadersConfig"];
    let upload = "https://palad-${Stage}-intake-${AWS::AccountId}.s3.${AWS::Region}.${AWS::URLSuffix}";
    let said = SiteConfig { upload_origin: Some(upload.to_owned()), https: true, ..SiteConfig::default() };
    for (name, value) in palad_site::headers(&said) {
        let custom = config["CustomHeadersConfig"]["Items"].as_array().into_iter().flatten();
        let custom = custom.filter(|item| item["Header"] == name).map(|item| item["Value"].clone()).next();
        let found = match name {
            "content-security-policy" => {
                security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
                    .as_str()
                    .map(str::to_owned)
            }
            "x-content-type-options" => {
                (!security["ContentTypeOptions"].is_null()).then(|| "nosniff".to_owned())
            }
            "x-frame-options" => security["FrameOptions"]["FrameOption"].as_str().map(str::to_owned),
            "referrer-policy" => security["ReferrerPolicy"]["ReferrerPolicy"].as_str().map(str::to_owned),
            "strict-transport-security" => {
                let strict = &security["StrictTransportSecurity"];
                assert_eq!(strict["IncludeSubdomains"], true);
                Some(format!("max-age={}; includeSubDomains", strict["AccessControlMaxAgeSec"]))
            }
            _ => custom.and_then(|value| value.as_str().map(str::to_owned)),
        };
        assert_eq!(found.as_deref(), Some(value.as_str()), "{name}");
    }
}

#[test]
fn the_api_is_neither_kept_nor_compressed_and_hears_who_calls() {
    let document = site();
    let config = distribution(&document);
    let behaviours = config["CacheBehaviors"].as_array().expect("behaviours");
    let api = behaviours.iter().find(|behaviour| behaviour["PathPattern"] == "/api/*").expect("the API's");
    assert_eq!(
        api["Compress"], false,
        "a compressed answer has a weak ETag, and a weak one matches no If-Match"
    );
    assert_eq!(api["CachePolicyId"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "nothing is kept");
    let (_, policy) =
        resources_of(&document, "AWS::CloudFront::OriginRequestPolicy").next().expect("a policy");
    let headers = &policy["Properties"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"];
    let headers: Vec<String> = headers
        .as_array()
        .into_iter()
        .flatten()
        .map(|header| header.as_str().unwrap_or_default().to_lowercase())
        .collect();
    for needed in [
        "cloudfront-viewer-address",
        "sec-fetch-site",
        "origin",
        "if-match",
        "idempotency-key",
        "content-type",
    ] {
        assert!(headers.iter().any(|header| header == needed), "{needed} does not reach the API");
    }
    assert!(headers.len() <= 10, "the CDN allows ten");
    let origin = config["Origins"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|origin| origin["Id"] == "api")
        .expect("the API's");
    assert_eq!(origin["OriginCustomHeaders"][0]["HeaderName"], "x-origin-secret");
    for path in ["/photos/*", "/lists/*", "/open/*", "/files/*"] {
        let behaviour = behaviours.iter().find(|behaviour| behaviour["PathPattern"] == path).expect(path);
        assert_eq!(behaviour["TargetOriginId"], "public", "{path}");
    }
}

#[test]
fn the_cdn_waits_for_as_long_as_any_function_may_work() {
    let document = site();
    let config = distribution(&document);
    let origins = config["Origins"].as_array().expect("origins");
    let api = origins.iter().find(|origin| origin["Id"] == "api").expect("the API's");
    let waits = api["CustomOriginConfig"]["OriginReadTimeout"].as_u64().expect("a time");
    for (name, function) in templates().functions() {
        let answers = |event: &Value| event["Type"] == "HttpApi";
        if function["Events"].as_object().is_some_and(|events| events.values().any(answers)) {
            let works = function["Timeout"].as_u64().expect("a time");
            assert!(works <= waits, "{name} may work for {works} s, and the CDN waits for {waits} s");
        }
    }
}

/// Photos say of themselves that they may be kept for a year, and one that was taken back must not be.
#[test]
fn what_can_be_taken_back_is_kept_for_minutes() {
    let document = site();
    let config = distribution(&document);
    let behaviours = config["CacheBehaviors"].as_array().expect("behaviours");
    for path in ["/photos/*", "/files/*"] {
        let behaviour = behaviours.iter().find(|behaviour| behaviour["PathPattern"] == path).expect(path);
        let policy = behaviour["CachePolicyId"]["Ref"].as_str().expect("a policy of ours");
        let policy = &document["Resources"][policy]["Properties"]["CachePolicyConfig"];
        for bound in ["DefaultTTL", "MaxTTL"] {
            let seconds = policy[bound].as_u64().expect(bound);
            assert!(seconds <= 300, "{path}: {bound} is {seconds} s");
        }
        assert_eq!(policy["MinTTL"], 0, "{path}");
    }
}

fn distribution(document: &Value) -> &Value {
    let (_, distribution) =
        resources_of(document, "AWS::CloudFront::Distribution").next().expect("a distribution");
    &distribution["Properties"]["DistributionConfig"]
}
