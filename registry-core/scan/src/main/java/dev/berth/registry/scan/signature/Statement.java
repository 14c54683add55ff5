package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A statement of in-toto: what an attestation says about its subjects.
 *
 * @param predicateType what kind of statement it is
 * @param text the whole statement
 */
record Statement(String predicateType, String text) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final Set<String> TYPES = Set.of(TYPE, "https://in-toto.io/Statement/v0.1");
    private static final int MOST_SUBJECTS = 1000;

    /**
     * Reads a statement, which must be about a manifest.
     *
     * @throws RefusedException if it is about another one, or for another name
     */
    static Statement parse(byte[] payload, Digest image, SignedName name, RepositoryName repository) {
        JsonObject root = JsonObject.root(StrictJson.parse(payload));
        root.requireExactNames(List.of("_type", "subject", "predicateType", "predicate"));
        if (!TYPES.contains(root.requireString("_type"))) {
            throw new RefusedException("it is no statement of in-toto");
        }
        List<JsonObject> subjects = root.objects("subject");
        if (subjects.size() > MOST_SUBJECTS) {
            throw new RefusedException("its statement has " + subjects.size() + " subjects");
        }
        Optional<RefusedException> otherName = Optional.empty();
        boolean about = false;
        for (JsonObject subject : subjects) {
            if (subject.requireObject("digest")
                    .string(image.algorithm().toString())
                    .filter(image.hex()::equals)
                    .isPresent()) {
                try {
                    name.require(subject.string("name").filter(text -> !text.isEmpty()), repository);
                    about = true;
                } catch (RefusedException e) {
                    otherName = Optional.of(e);
                }
            }
        }
        if (!about) {
            throw otherName.orElseGet(() -> new RefusedException("it is for another digest than " + image));
        }
        return new Statement(root.requireString("predicateType"), new String(payload, StandardCharsets.UTF_8));
    }

    /**
     * Returns a new statement.
     *
     * @param name the name of the subject; none if it is empty
     */
    static byte[] write(
            Digest image, String name, Map<String, String> annotations, String predicateType, JsonNode predicate) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("_type", TYPE);
        ObjectNode subject = root.putArray("subject").addObject();
        if (!name.isEmpty()) {
            subject.put("name", name);
        }
        subject.putObject("digest").put(image.algorithm().toString(), image.hex());
        if (!annotations.isEmpty()) {
            ObjectNode more = subject.putObject("annotations");
            annotations.forEach(more::put);
        }
        root.put("predicateType", predicateType);
        root.set("predicate", predicate);
        return StrictJson.write(root);
    }
}
