package dev.berth.registry.scan.format.elf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.scan.format.source.BoundedJson;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.InflaterInputStream;

/**
 * The list of crates that cargo-auditable writes into a program: JSON, compressed by zlib. Those that only the build
 * needed, and those that come from nowhere but the program's own source, are left out.
 */
final class CargoAuditable {

    private CargoAuditable() {}

    static void read(byte[] section, String path, Findings findings) throws IOException {
        try (JsonParser json =
                BoundedJson.parser(findings.counted(new InflaterInputStream(new ByteArrayInputStream(section))))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("its list of crates is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean packages = json.currentName().equals("packages");
                if (json.nextToken() == JsonToken.START_ARRAY && packages) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        crate(json, path, findings);
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static void crate(JsonParser json, String path, Findings findings) throws IOException {
        String name = "";
        String version = "";
        boolean shipped = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getValueAsString("");
                case "version" -> version = json.getValueAsString("");
                case "kind" -> shipped &= !json.getValueAsString("").equals("build");
                case "source" -> shipped &= !json.getValueAsString("").equals("local");
                default -> json.skipChildren();
            }
        }
        if (shipped) {
            findings.add(PackageType.CARGO, name, version, path);
        }
    }
}
