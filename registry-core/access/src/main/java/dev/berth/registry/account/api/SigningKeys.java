package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.account.store.KeyState;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Route;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that sign tokens, for administrators of the registry. Only their identifiers are shown. */
final class SigningKeys {
    private static final String PATH = "signing-keys";

    private final @Nullable StoredKeys keys;
    private final ChangeAudit changes;

    SigningKeys(@Nullable StoredKeys keys, AuditListener listener, InstantSource clock) {
        this.keys = keys;
        this.changes = new ChangeAudit(listener, clock, "signing-key:");
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, this::list), Route.post(PATH, this::rotate), Route.delete(PATH, this::remove, "id"));
    }

    private Answer list(Call call) {
        StoredKeys stored = manageable(call);
        ObjectNode content = Answer.object();
        ArrayNode described = content.putArray("keys");
        for (KeyState key : stored.states()) {
            ObjectNode node = described
                    .addObject()
                    .put("id", key.id())
                    .put("signs", key.signs())
                    .put("signsFrom", key.signsFrom().toString());
            key.until().ifPresent(end -> node.put("until", end.toString()));
        }
        return Answer.of(content);
    }

    private Answer rotate(Call call) {
        String id = manageable(call).rotate();
        changes.tell(call, id, "key added; it signs tokens when everybody can know it");
        return Answer.created(Answer.object().put("id", id));
    }

    private Answer remove(Call call) {
        StoredKeys stored = manageable(call);
        String id = call.text("id");
        if (!stored.remove(id)) {
            throw Call.missing("key '" + id + "' that signs tokens");
        }
        changes.tell(call, id, "key removed; what it has signed is worth nothing");
        return Answer.done();
    }

    private StoredKeys manageable(Call call) {
        call.requireAdministrator();
        if (keys == null) {
            throw Call.missing("key in the storage that signs tokens");
        }
        return keys;
    }
}
