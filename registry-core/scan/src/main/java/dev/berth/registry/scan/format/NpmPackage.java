package dev.berth.registry.scan.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.scan.format.source.BoundedJson;
import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;

/** The file package.json of a package that npm has installed. */
final class NpmPackage implements PackageReader {

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        String name = "";
        String version = "";
        try (JsonParser json = BoundedJson.parser(file.stream())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && field.equals("name")) {
                    name = json.getText();
                } else if (value == JsonToken.VALUE_STRING && field.equals("version")) {
                    version = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }
        // Packages have such files in their own folders too, to say how modules are loaded.
        if (!name.isEmpty() && !version.isEmpty()) {
            findings.add(PackageType.NPM, name, version, file.path());
        }
    }
}
