package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.session.Session;
import dev.berth.registry.session.Sessions;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of browsers: everybody's own, and those of everybody for administrators. */
final class SessionsResource {
    private static final String PATH = "sessions";

    private final @Nullable Sessions sessions;
    private final ChangeAudit changes;

    SessionsResource(@Nullable Sessions sessions, AuditListener listener, InstantSource clock) {
        this.sessions = sessions;
        this.changes = new ChangeAudit(listener, clock, "");
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, this::list, "owner"), Route.delete(PATH, this::end, "owner", "id", "others"));
    }

    private Answer list(Call call) {
        String owner = manageable(call);
        String current = current(call);
        ObjectNode content = Answer.object();
        ArrayNode described = content.putArray("sessions");
        for (Session session : known().of(owner)) {
            described
                    .addObject()
                    .put("id", session.id())
                    .put("signedInBy", session.signedInBy())
                    .put("created", session.created().toString())
                    .put("lastUsed", session.lastUsed().toString())
                    .put("expires", session.expires().toString())
                    .put("client", session.client())
                    .put("browser", session.browser())
                    .put("current", session.id().equals(current));
        }
        return Answer.of(content);
    }

    private Answer end(Call call) {
        String owner = manageable(call);
        Sessions known = known();
        boolean others = call.flag("others", false);
        if (others == call.find("id").isPresent()) {
            throw Fields.invalid("Name the session to end in the field 'id', or set 'others' to true to end all but the"
                    + " one of this request");
        }
        if (others) {
            int ended = known.endOthers(owner, current(call));
            changes.tell(call, "sessions of " + owner, ended + " sessions ended");
            return Answer.done();
        }
        String id = call.text("id");
        if (!known.end(owner, id)) {
            throw Call.missing("session '" + id + "' of '" + owner + "'");
        }
        changes.tell(call, "session:" + id + " of " + owner, "session ended");
        return Answer.done();
    }

    private static String current(Call call) {
        return Sessions.idOf(call.actor().caller()).orElse("");
    }

    private static String manageable(Call call) {
        String owner = call.ownName("owner");
        call.require(
                call.actor().is(owner) || call.actor().isAdministrator(),
                Actor.neededIn("** for the sessions of somebody else"));
        return owner;
    }

    private Sessions known() {
        if (sessions == null) {
            throw Call.missing("session: nobody signs in to this registry with a browser");
        }
        return sessions;
    }
}
