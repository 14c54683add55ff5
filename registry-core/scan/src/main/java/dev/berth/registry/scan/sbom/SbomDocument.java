package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.scan.internal.json.JsonReader;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads one SBOM in any form that is known, as a stream: CycloneDX from 1.2 on, SPDX 2.2, 2.3 and 3.0, or a statement of in-toto
 * with one of these. What it is, its fields say, which may stand in any order. Links in it are not followed.
 */
final class SbomDocument {
    private static final Pattern CYCLONEDX_VERSION = Pattern.compile("1\\.([2-9]|[1-9][0-9])");
    private static final Pattern SPDX_VERSION = Pattern.compile("SPDX-2\\.[2-9]");
    private static final String SPDX_3 = "https://spdx.org/rdf/3.";

    private final Optional<Digest> image;
    private final CycloneDxReader cycloneDx;
    private final SpdxReader spdx;
    private final SbomContent content;
    private Optional<String> problem = Optional.of("it is neither CycloneDX nor SPDX");
    private boolean statement;
    private boolean ofImage;

    private SbomDocument(SbomLimits limits, Optional<Digest> image) {
        this.image = image;
        this.content = new SbomContent(limits);
        this.cycloneDx = new CycloneDxReader(content);
        this.spdx = new SpdxReader(content);
    }

    /**
     * Reads a document, and closes the stream.
     *
     * @param image if it must be a statement of in-toto: what that has to be about
     * @throws MalformedDocumentException if it is none, or exceeds a limit
     * @throws IOException if the stream fails
     */
    static ImageInventory read(InputStream in, SbomLimits limits, Optional<Digest> image) throws IOException {
        SbomDocument document = new SbomDocument(limits, image);
        JsonReader.read(in, limits.values(), document::root);
        if (document.problem.isPresent()) {
            throw new MalformedDocumentException(document.problem.get());
        }
        if (image.isPresent() && !(document.statement && document.ofImage)) {
            throw new MalformedDocumentException("it is no statement about " + image.get());
        }
        return document.content.inventory();
    }

    private void root(JsonReader json) throws IOException {
        if (image.isEmpty()) {
            json.object(name -> document(name, json));
            return;
        }
        json.object(name -> {
            switch (name) {
                case "_type" ->
                    statement = json.textIfAny()
                            .filter(type -> type.startsWith("https://in-toto.io/Statement/"))
                            .isPresent();
                case "subject" -> json.list(subject -> subject.object(field -> subject(field, subject)));
                case "predicate" -> json.object(field -> document(field, json));
                default -> json.skip();
            }
        });
    }

    private void subject(String field, JsonReader json) throws IOException {
        if (!field.equals("digest")) {
            json.skip();
            return;
        }
        Digest wanted = image.orElseThrow();
        json.object(algorithm -> {
            Optional<String> hex = json.textIfAny();
            ofImage |= algorithm.equals(wanted.algorithm().toString())
                    && hex.filter(wanted.hex()::equals).isPresent();
        });
    }

    private void document(String name, JsonReader json) throws IOException {
        switch (name) {
            case "bomFormat" -> require(json.textIfAny(), "CycloneDX"::equals, "bomFormat");
            case "specVersion" -> known(json.textIfAny(), CYCLONEDX_VERSION, "CycloneDX ");
            case "metadata", "components", "compositions" -> cycloneDx.field(name, json);
            case "spdxVersion" -> known(json.textIfAny(), SPDX_VERSION, "");
            case "packages" -> spdx.packages(json);
            case "@context" -> context(json);
            case "@graph" -> spdx.graph(json);
            default -> json.skip();
        }
    }

    private static void require(Optional<String> text, Predicate<String> expected, String field) throws IOException {
        if (text.filter(expected).isEmpty()) {
            throw new MalformedDocumentException("its " + field + " is none that is known here");
        }
    }

    private void known(Optional<String> version, Pattern versions, String format) throws IOException {
        if (version.filter(text -> versions.matcher(text).matches()).isEmpty()) {
            throw new MalformedDocumentException(
                    "it is of " + format + JsonObject.printable(version.orElse("?"), 20) + ", which is not known here");
        }
        problem = Optional.empty();
    }

    private void context(JsonReader json) throws IOException {
        if (json.isList()) {
            json.list(this::context);
        } else if (json.textIfAny().filter(text -> text.startsWith(SPDX_3)).isPresent()) {
            problem = Optional.empty();
        }
    }
}
