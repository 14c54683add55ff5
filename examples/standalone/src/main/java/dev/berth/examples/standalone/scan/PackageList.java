package dev.berth.examples.standalone.scan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.inventory.ImagePackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Prints what is in images. */
final class PackageList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PackageList() {}

    /** Prints the packages of an image for people. */
    static void print(ScannedImage image, PrintWriter out) {
        if (image.inventory().packages().isEmpty()) {
            return;
        }
        Table table = new Table("PACKAGE", "VERSION", "KIND", "SOURCE", "IN");
        for (ImagePackage one : image.inventory().packages()) {
            FoundPackage found = one.found();
            table.row(
                    found.name(),
                    found.version(),
                    found.type().id(),
                    found.source().orElse(""),
                    found.type().isSystem() ? "" : found.path());
        }
        table.print(out);
    }

    /** Returns the packages of images as JSON: an array of images. */
    static String json(List<ScannedImage> images) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (ScannedImage image : images) {
                write(image, json);
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void write(ScannedImage image, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", image.name());
        json.writeStringField("image", image.digest().toString());
        if (image.platform().isPresent()) {
            json.writeStringField("platform", image.platform().get().toString());
        }
        if (image.inventory().distribution().isPresent()) {
            json.writeStringField(
                    "distribution", image.inventory().distribution().get().name());
        }
        json.writeArrayFieldStart("packages");
        for (ImagePackage one : image.inventory().packages()) {
            FoundPackage found = one.found();
            json.writeStartObject();
            json.writeStringField("name", found.name());
            json.writeStringField("version", found.version());
            json.writeStringField("type", found.type().id());
            json.writeStringField("packageUrl", one.packageUrl());
            json.writeStringField("path", found.path());
            if (one.layer().isPresent()) {
                json.writeStringField("layer", one.layer().get().toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gaps");
        for (String reason : image.inventory().reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
