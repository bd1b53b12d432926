//! The objects of a bundle, with the properties that all of them share.

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The marking definitions of TLP 2.0 that OASIS publishes (cti-stix-common-objects).
const TLP: [(&str, &str); 5] = [
    ("TLP:CLEAR", "94868c89-83c2-464b-929b-a1a8aa3c8487"),
    ("TLP:GREEN", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    ("TLP:AMBER", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    ("TLP:AMBER+STRICT", "939a9414-2ddd-4d32-a0cd-375ea402b003"),
    ("TLP:RED", "e828b379-4e03-4974-9ac4-e53a884c97c1"),
];

/// The identifier of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Reference(String);

/// The objects of a bundle.
#[derive(Debug)]
pub(super) struct Bundle {
    namespace: Uuid,
    base: String,
    created: String,
    author: Option<Reference>,
    marking: Option<Reference>,
    objects: Vec<Value>,
    references: Vec<Reference>,
}

impl Bundle {
    pub(super) fn new(base: &str, created: String) -> Self {
        Self {
            namespace: Uuid::new_v5(&Uuid::NAMESPACE_OID, b"ach-matrix"),
            base: base.to_owned(),
            created,
            author: None,
            marking: None,
            objects: Vec::new(),
            references: Vec::new(),
        }
    }

    /// Returns the identifier of an object by its type and what it stands for.
    pub(super) fn reference(&self, kind: &str, key: &str) -> Reference {
        let name = [&self.base, kind, key].join("\0");
        Reference(format!("{kind}--{}", Uuid::new_v5(&self.namespace, name.as_bytes())))
    }

    /// Adds the identity that makes all objects after it.
    pub(super) fn authored<const N: usize>(&mut self, properties: [(&str, Value); N]) {
        self.author = Some(self.reference("identity", "authors"));
        self.add("identity", "authors", properties);
    }

    /// Marks all objects after it: by the definition of TLP, or by a statement of its own.
    pub(super) fn mark(&mut self, marking: &str) {
        let known = TLP.iter().find(|(name, _)| marking.trim().eq_ignore_ascii_case(name));
        self.marking = Some(match known {
            Some((_, id)) => Reference(format!("marking-definition--{id}")),
            None => {
                let reference = self.reference("marking-definition", marking);
                let definition = object([
                    ("type", json!("marking-definition")),
                    ("spec_version", json!("2.1")),
                    ("id", json!(reference)),
                    ("created_by_ref", json!(self.author)),
                    ("created", json!(self.created)),
                    ("definition_type", json!("statement")),
                    ("definition", json!({ "statement": marking })),
                ]);
                self.objects.push(Value::Object(definition));
                reference
            }
        });
    }

    /// Adds an object with these properties but those that are null, and returns its identifier.
    pub(super) fn add<const N: usize>(
        &mut self,
        kind: &str,
        key: &str,
        properties: [(&str, Value); N],
    ) -> Reference {
        let reference = self.reference(kind, key);
        let markings = self.marking.as_ref().map(|marking| json!([marking]));
        let mut all = object([
            ("type", json!(kind)),
            ("spec_version", json!("2.1")),
            ("id", json!(reference)),
            ("created_by_ref", json!(self.author)),
            ("created", json!(self.created)),
            ("modified", json!(self.created)),
            ("object_marking_refs", json!(markings)),
        ]);
        all.extend(object(properties));
        self.objects.push(Value::Object(all));
        self.references.push(reference.clone());
        reference
    }

    /// Returns the identifiers of all objects so far but markings, which no object refers to.
    pub(super) fn references(&self) -> Vec<Reference> {
        self.references.clone()
    }

    pub(super) fn finish(self) -> Value {
        json!({ "type": "bundle", "id": self.reference("bundle", ""), "objects": self.objects })
    }
}

/// Returns properties without those that are null.
pub(super) fn object<const N: usize>(properties: [(&str, Value); N]) -> Map<String, Value> {
    let present = properties.into_iter().filter(|(_, value)| !value.is_null());
    present.map(|(key, value)| (key.to_owned(), value)).collect()
}
