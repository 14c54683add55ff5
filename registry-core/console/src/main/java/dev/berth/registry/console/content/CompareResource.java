package dev.berth.registry.console.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.content.Comparison.Difference;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import java.util.List;
import java.util.Locale;

/** What differs between two images, as JSON. */
final class CompareResource implements ApiResource {
    private final ImageLookup images;

    CompareResource(ImageLookup images) {
        this.images = images;
    }

    @Override
    public String path() {
        return "compare/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        var name = call.repository();
        ComparedImages compared = ComparedImages.find(images, call.registry(), name, call.query()::text)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "The parameters 'from' and 'to' are tags or digests of images in the repository " + name
                                + "; one of them is not"));
        Comparison comparison = Comparison.of(compared.from(), compared.to());
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        put(document.putObject("from"), compared.from());
        put(document.putObject("to"), compared.to());
        if (!compared.platform().isEmpty()) {
            document.put("platform", compared.platform());
        }
        ArrayNode layers = document.putArray("layers");
        comparison.layers().forEach(layer -> {
            ObjectNode node = layers.addObject();
            node.put("change", layer.change().name().toLowerCase(Locale.ROOT));
            node.put("madeBy", layer.made());
            Documents.put(node, layer.layer());
        });
        put(document.putArray("configuration"), comparison.settings());
        put(document.putArray("environment"), comparison.environment());
        put(document.putArray("labels"), comparison.labels());
        put(document.putArray("annotations"), comparison.annotations());
        return document;
    }

    private static void put(ObjectNode node, ImageView image) {
        node.put("digest", image.digest().toString());
        node.put("size", image.size());
        image.config().ifPresent(config -> {
            node.put("platform", config.platform().toString());
            config.created().ifPresent(time -> node.put("created", time.toString()));
        });
        if (!image.problem().isEmpty()) {
            node.put("problem", image.problem());
        }
    }

    private static void put(ArrayNode array, List<Difference> differences) {
        differences.forEach(difference -> {
            ObjectNode node = array.addObject();
            node.put("name", difference.name());
            difference.from().ifPresent(value -> node.put("from", value));
            difference.to().ifPresent(value -> node.put("to", value));
        });
    }
}
