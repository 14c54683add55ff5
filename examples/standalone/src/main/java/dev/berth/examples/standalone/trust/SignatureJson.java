package dev.berth.examples.standalone.trust;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.scan.signature.CheckedSignature;
import dev.berth.registry.scan.signature.Signatures;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Describes for programs what was found beside images. */
final class SignatureJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignatureJson() {}

    static String of(String name, List<VerifiedManifest> images) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeBooleanField("trusted", images.stream().allMatch(VerifiedManifest::isTrusted));
            json.writeArrayFieldStart("manifests");
            for (VerifiedManifest image : images) {
                write(image, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(VerifiedManifest image, JsonGenerator json) throws IOException {
        Signatures signatures = image.signatures();
        json.writeStartObject();
        json.writeStringField("digest", image.manifest().digest().toString());
        writeIfPresent("platform", image.manifest().platform().map(Object::toString), json);
        json.writeBooleanField("trusted", image.isTrusted());
        json.writeStringField("explanation", image.explanation());
        json.writeBooleanField("complete", signatures.complete());
        writeIfPresent("skippedBy", signatures.skippedBy(), json);
        json.writeArrayFieldStart("signatures");
        for (CheckedSignature signature : signatures.all()) {
            json.writeStartObject();
            json.writeStringField("form", signature.form().name());
            json.writeStringField("manifest", signature.manifest().toString());
            json.writeBooleanField("attestation", signature.attestation());
            json.writeBooleanField("accepted", signature.isAccepted());
            writeIfPresent("signer", signature.signer(), json);
            writeIfPresent("predicateType", signature.predicateType(), json);
            writeList("refusals", signature.refusals(), json);
            writeList("warnings", signature.warnings(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeIfPresent(String name, Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static void writeList(String name, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
