//! A list is taken only where one is wanted.
//!
//! serde takes a list for a struct, field after field, and what is given in another order than the fields are
//! declared is then another value. So the deserializer is wrapped: wherever a value of fields, a choice or a plain
//! value is wanted, a list is refused at its place; where a list is wanted, it is taken, and so are lists in it.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};

/// A deserializer, or what it hands on, that takes lists only where they are wanted.
pub(super) struct Strict<T>(pub(super) T);

/// A visitor: of a list where `LIST`, of anything but a list otherwise.
struct Visit<V, const LIST: bool>(V);

macro_rules! no_list {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(Visit::<V, false>(visitor))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    // Nobody can say what is wanted of `any`, so that it is no list.
    no_list! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_option
        deserialize_unit deserialize_map deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Visit::<V, true>(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Visit::<V, true>(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, Visit::<V, true>(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, Visit::<V, false>(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Visit::<V, false>(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Visit::<V, false>(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, Visit::<V, false>(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! hand_on {
    ($($method:ident($type:ty))*) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.$method(value)
        })*
    };
}

impl<'de, V: Visitor<'de>, const LIST: bool> Visitor<'de> for Visit<V, LIST> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    hand_on! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128)
        visit_u8(u8) visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128) visit_f32(f32) visit_f64(f64)
        visit_char(char) visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Strict(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Strict(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        if LIST {
            self.0.visit_seq(Strict(items))
        } else {
            Err(A::Error::invalid_type(Unexpected::Seq, &self))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Strict(fields))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, choice: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Strict(choice))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(Strict(seed))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Strict<A> {
    type Error = A::Error;
    type Variant = Strict<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let (value, variant) = self.0.variant_seed(Strict(seed))?;
        Ok((value, Strict(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Strict(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(length, Visit::<V, true>(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Visit::<V, false>(visitor))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        name: String,
        #[serde(default)]
        person: Option<Person>,
        #[serde(default)]
        people: Vec<Person>,
        #[serde(default)]
        rows: Option<Vec<Vec<u8>>>,
        #[serde(default)]
        pair: Option<(u8, Kind)>,
        #[serde(default)]
        by_name: BTreeMap<String, Person>,
        #[serde(default)]
        wrapped: Option<Wrapped>,
        #[serde(default)]
        choice: Option<Kind>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Person {
        first: String,
        #[serde(default)]
        last: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapped(Vec<u8>);

    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Plain,
        Of(Person),
        With { first: String },
    }

    fn taken<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
        let text = value.to_string();
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        serde_path_to_error::deserialize(Strict(&mut deserializer)).map_err(|error| error.path().to_string())
    }

    #[test]
    fn a_list_is_taken_where_it_is_wanted_however_deep() {
        let form: Form = taken(&json!({
            "name": "a", "person": { "first": "b", "last": "c" }, "people": [{ "first": "d" }, { "first": "e" }],
            "rows": [[1, 2], []], "pair": [1, "Plain"], "by_name": { "x": { "first": "f" } }, "wrapped": [3],
            "choice": { "With": { "first": "g" } },
        }))
        .expect("a form");
        let person = |first: &str| Person { first: first.to_owned(), last: None };
        assert_eq!(form.person, Some(Person { first: "b".to_owned(), last: Some("c".to_owned()) }));
        assert_eq!(
            (form.people, form.rows),
            (vec![person("d"), person("e")], Some(vec![vec![1, 2], vec![]]))
        );
        assert_eq!((form.pair, form.wrapped), (Some((1, Kind::Plain)), Some(Wrapped(vec![3]))));
        assert_eq!((form.by_name.get("x"), form.name.as_str()), (Some(&person("f")), "a"));
        assert_eq!(form.choice, Some(Kind::With { first: "g".to_owned() }));
    }

    #[test]
    fn a_list_is_refused_at_its_place_where_it_is_not_wanted() {
        for (field, value, place) in [
            ("person", json!(["b"]), "person"),
            ("person", json!(["b", "c"]), "person"),
            ("people", json!([{ "first": "d" }, ["e"]]), "people[1]"),
            ("people", json!([{ "first": ["d"] }]), "people[0].first"),
            ("rows", json!([[1], [[2]]]), "rows[1][0]"),
            ("by_name", json!({ "x": ["f"] }), "by_name.x"),
            ("by_name", json!([["x", { "first": "f" }]]), "by_name"),
            ("choice", json!({ "Of": ["g"] }), "choice.Of"),
            ("choice", json!({ "With": ["g"] }), "choice.With"),
            ("choice", json!(["Plain"]), "choice"),
            ("name", json!(["a"]), "name"),
        ] {
            let mut body = json!({ "name": "a" });
            body[field] = value;
            assert_eq!(taken::<Form>(&body).err().as_deref(), Some(place), "{body}");
        }
        assert!(taken::<Form>(&json!(["a"])).is_err() && taken::<Value>(&json!({ "a": [] })).is_err());
    }
}
