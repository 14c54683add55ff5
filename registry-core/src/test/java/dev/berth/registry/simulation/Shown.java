package dev.berth.registry.simulation;

import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import java.io.InputStream;
import java.util.Optional;

/** Results of a store, as a trace shows them. */
final class Shown {
    private Shown() {}

    static String of(Object result) {
        if (result instanceof Optional<?> optional) {
            return optional.map(Shown::of).orElse("none");
        }
        if (result instanceof ObjectStat stat) {
            return stat.size() + " bytes";
        }
        if (result instanceof ObjectContent content) {
            return content.stat().size() + " bytes";
        }
        if (result instanceof ObjectVersion || result instanceof ObjectUpload || result instanceof InputStream) {
            return "done";
        }
        if (result instanceof ListPage page) {
            return page.names().size() + " names";
        }
        return result.equals(true) ? "done" : result.equals(false) ? "refused" : result.toString();
    }
}
