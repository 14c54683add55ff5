package dev.berth.registry.scan.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes a JSON document as a stream, in UTF-8. The same calls give the same bytes. Text of strangers may be anything: what
 * is no Unicode becomes U+FFFD. For one thread.
 */
public final class JsonWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonGenerator json;

    private JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes a value. */
    @FunctionalInterface
    public interface Body {
        /** Writes what is in an object or a list. */
        void write() throws IOException;
    }

    /** Writes a whole document. */
    @FunctionalInterface
    public interface Document {
        /** Writes one value. */
        void write(JsonWriter json) throws IOException;
    }

    /** Writes a document to a stream, which stays open. */
    public static void write(OutputStream out, Document document) throws IOException {
        try (JsonGenerator generator = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            document.write(new JsonWriter(generator));
        }
    }

    /** Writes an object as the document or as an element of a list. */
    public void object(Body fields) throws IOException {
        json.writeStartObject();
        fields.write();
        json.writeEndObject();
    }

    /** Writes a field that is an object. */
    public void object(String name, Body fields) throws IOException {
        json.writeFieldName(name);
        object(fields);
    }

    /** Writes a field that is a list. */
    public void list(String name, Body elements) throws IOException {
        json.writeArrayFieldStart(name);
        elements.write();
        json.writeEndArray();
    }

    /** Writes a field that is a list of texts. */
    public void texts(String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(unicode(text));
        }
        json.writeEndArray();
    }

    /** Writes a field that is a text. */
    public void text(String name, String text) throws IOException {
        json.writeStringField(name, unicode(text));
    }

    /** Writes a field that is a text, if there is one. */
    public void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            text(name, text.get());
        }
    }

    /** Writes a field that is a whole number. */
    public void number(String name, long number) throws IOException {
        json.writeNumberField(name, number);
    }

    /** Writes a field that is true or false. */
    public void flag(String name, boolean flag) throws IOException {
        json.writeBooleanField(name, flag);
    }

    /** Writes a field that is a document which was written before, in UTF-8. It is not checked. */
    public void document(String name, byte[] document) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(new String(document, StandardCharsets.UTF_8));
    }

    /** A half of a pair cannot be written in UTF-8. */
    private static String unicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return whole(text);
            }
        }
        return text;
    }

    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> whole.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c));
        return whole.toString();
    }
}
