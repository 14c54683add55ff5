package dev.berth.registry.console.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.content.FilesView.AtEntry;
import dev.berth.registry.console.content.FilesView.InDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files of a layer, as JSON. */
final class FilesResource implements ApiResource {
    private static final int ROWS = 1_000;

    private final FilesLookup files;

    FilesResource(FilesLookup files) {
        this.files = files;
    }

    @Override
    public String path() {
        return "files/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        var name = call.repository();
        FilesView view = files.find(call.registry(), name, call.query()::text)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.NOT_FOUND,
                        "There is nothing there: 'digest' is that of an image in the repository " + name
                                + ", 'layer' that of one of its layers, and 'path' is in the layer"));
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("image", view.image().digest().toString());
        document.put("layer", view.layer().digest().toString());
        document.put("path", view.path());
        if (view.state() instanceof InDirectory in) {
            totals(document, in.totals());
            directory(document, in.directory(), call);
        } else if (view.state() instanceof AtEntry at) {
            totals(document, at.totals());
            entry(document, at);
        } else {
            document.put("state", "reading");
        }
        return document;
    }

    private static void totals(ObjectNode document, LayerIndex.Totals totals) {
        ObjectNode node = document.putObject("totals");
        node.put("entries", totals.entries());
        node.put("bytes", totals.bytes());
        if (!totals.problem().isEmpty()) {
            node.put("problem", totals.problem());
        }
    }

    private static void directory(ObjectNode document, LayerIndex.Directory directory, ApiCall call) {
        document.put("state", "directory");
        document.put("opaque", directory.opaque());
        int most = call.query().number("limit", ROWS, ROWS);
        List<LayerEntry> page =
                DirectoryTable.page(directory, call.query().text("after").orElse(""), most + 1);
        ArrayNode entries = document.putArray("entries");
        page.stream().limit(most).forEach(entry -> put(entries.addObject(), entry));
        if (page.size() > most) {
            document.put("next", page.get(most - 1).name());
        }
    }

    private static void entry(ObjectNode document, AtEntry at) {
        document.put("state", "entry");
        put(document.putObject("entry"), at.entry());
        at.head().ifPresent(head -> {
            Optional<String> text = head.text();
            text.ifPresent(content -> document.put("text", content));
            if (text.isEmpty()) {
                document.put("bytes", head.bytes());
            }
            document.put("cut", head.isCut());
        });
    }

    private static void put(ObjectNode node, LayerEntry entry) {
        node.put("name", entry.name());
        node.put("kind", entry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (entry.isImplied() || entry.kind() == LayerEntry.Kind.REMOVED) {
            return;
        }
        if (entry.kind() == LayerEntry.Kind.FILE) {
            node.put("size", entry.size());
        }
        node.put("mode", String.format(Locale.ROOT, "%04o", entry.mode()));
        node.put("user", entry.userId());
        node.put("group", entry.groupId());
        node.put("modified", entry.modified().toString());
        if (!entry.target().isEmpty()) {
            node.put("target", entry.target());
        }
    }
}
