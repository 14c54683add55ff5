package dev.berth.registry.console.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.catalog.SharedLayers;
import dev.berth.registry.console.catalog.SharedLayers.Sharing;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.LayerStep;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.PlatformRow;
import dev.berth.registry.console.view.ReferrerTree;
import dev.berth.registry.console.view.Setting;
import dev.berth.registry.manifest.ImageConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An image as JSON. */
final class ImageResource implements ApiResource {
    private final ImageLookup images;
    private final SharedLayers sharedLayers;

    ImageResource(ImageLookup images, SharedLayers sharedLayers) {
        this.images = images;
        this.sharedLayers = sharedLayers;
    }

    @Override
    public String path() {
        return "images/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        RepositoryName name = call.repository();
        ImageLookup.Found found = images.find(call.registry(), name, selector(call))
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_UNKNOWN, "There is no such image in the repository " + name));
        ImageView image = found.image();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("repository", name.value());
        document.put("digest", image.digest().toString());
        document.put("mediaType", image.manifest().mediaType());
        document.put("kind", kind(image));
        document.put("size", image.size());
        if (!image.problem().isEmpty()) {
            document.put("problem", image.problem());
        }
        image.artifactType().ifPresent(type -> document.put("artifactType", type));
        image.subject()
                .ifPresent(subject -> document.put("subject", subject.digest().toString()));
        Documents.put(document.putObject("annotations"), image.annotations());
        ArrayNode platforms = document.putArray("platforms");
        image.platforms().stream().filter(PlatformRow::isImage).forEach(row -> put(platforms.addObject(), row));
        image.config().ifPresent(config -> put(document.putObject("configuration"), config));
        Map<Digest, Sharing> sharing = sharedLayers.of(name, image.digest(), image.layers(), call::maySee);
        ArrayNode layers = document.putArray("layers");
        image.layers().forEach(layer -> {
            ObjectNode node = layers.addObject();
            Documents.put(node, layer);
            Optional.ofNullable(sharing.get(layer.digest())).ifPresent(shared -> put(node.putObject("shared"), shared));
        });
        ArrayNode history = document.putArray("history");
        image.steps().forEach(step -> put(history.addObject(), step));
        ReferrerTree tree = ReferrerTree.of(found.repository(), image);
        put(document.putArray("referrers"), tree.roots());
        if (tree.more()) {
            document.put("moreReferrers", true);
        }
        return document;
    }

    private static ManifestSelector selector(ApiCall call) {
        Optional<ManifestSelector> digest =
                call.query().text("digest").flatMap(Names::digest).map(found -> found);
        return digest.or(() -> call.query().text("tag").flatMap(Names::tag))
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.REQUEST_INVALID, "Give the parameter 'tag' or 'digest' of the image"));
    }

    private static String kind(ImageView image) {
        if (image.document().isEmpty()) {
            return "broken";
        }
        return image.isIndex() ? "index" : image.artifactType().isPresent() || image.image().isEmpty() ? "artifact" : "image";
    }

    private static void put(ObjectNode node, PlatformRow row) {
        node.put("platform", row.platform());
        node.put("digest", row.entry().digest().toString());
        if (row.problem().isEmpty()) {
            node.put("size", row.size());
            node.put("layers", row.layers());
        } else {
            node.put("problem", row.problem());
        }
    }

    private static void put(ObjectNode node, ImageConfig config) {
        node.put("platform", config.platform().toString());
        config.created().ifPresent(time -> node.put("created", time.toString()));
        config.author().ifPresent(author -> node.put("author", author));
        for (Setting setting : Setting.values()) {
            List<String> lines = setting.of(config);
            if (!lines.isEmpty()) {
                ArrayNode array = node.putArray(setting.member());
                lines.forEach(array::add);
            }
        }
        Documents.put(node.putObject("labels"), config.labels());
    }

    private static void put(ObjectNode node, Sharing sharing) {
        node.put("images", sharing.images());
        ArrayNode repositories = node.putArray("repositories");
        sharing.repositories().forEach(name -> repositories.add(name.value()));
        if (sharing.more()) {
            node.put("more", true);
        }
    }

    private static void put(ObjectNode node, LayerStep step) {
        node.put("madeBy", step.made());
        step.layer().ifPresent(layer -> node.put("layer", layer.digest().toString()));
    }

    private static void put(ArrayNode array, List<ReferrerTree.Node> nodes) {
        nodes.forEach(one -> {
            ObjectNode node = array.addObject();
            node.put("digest", one.manifest().digest().toString());
            node.put("what", one.what());
            node.put("by", one.how().name().toLowerCase(Locale.ROOT));
            node.put(
                    "type",
                    one.manifest()
                            .artifactType()
                            .filter(type -> !type.startsWith("cosign:"))
                            .orElse(one.manifest().mediaType()));
            put(node.putArray("referrers"), one.children());
        });
    }
}
