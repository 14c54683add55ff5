package dev.berth.registry.mirror.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import dev.berth.registry.mirror.MirrorStatus;
import dev.berth.registry.mirror.StaleAnswer;
import java.util.List;
import java.util.Locale;

/** How mirrors are. Whoever administers all repositories of one sees it. */
final class MirrorResource {
    private final List<ServedMirror> mirrors;

    MirrorResource(List<ServedMirror> mirrors) {
        this.mirrors = List.copyOf(mirrors);
    }

    List<Route> routes() {
        return List.of(Route.get("status", this::status));
    }

    private Answer status(Call call) {
        call.require(!call.actor().administered().isEmpty(), Actor.neededIn("the repositories of a mirror"));
        ObjectNode content = Answer.object();
        ArrayNode list = content.putArray("mirrors");
        mirrors.stream()
                .filter(mirror -> call.actor().administers(repositories(mirror)))
                .forEach(mirror -> describe(mirror, list.addObject()));
        return Answer.of(content);
    }

    private static NamePattern repositories(ServedMirror mirror) {
        return mirror.mirror()
                .prefix()
                .map(prefix -> NamePattern.parse(prefix + "/**"))
                .orElseGet(NamePattern::all);
    }

    private static void describe(ServedMirror served, ObjectNode node) {
        MirrorStatus status = served.mirror().status();
        MirrorActivity activity = served.activity();
        node.put("name", served.mirror().name());
        served.mirror().prefix().ifPresent(prefix -> node.put("prefix", prefix.value()));
        node.put("upstream", served.upstream());
        ArrayNode namespaces = node.putArray("namespaces");
        served.namespaces().forEach(namespaces::add);
        node.put("default", served.chosenByDefault());
        node.put("images", status.images());
        node.put("bytes", status.bytes());
        if (status.budget() != Long.MAX_VALUE) {
            node.put("budget", status.budget());
        }
        node.put("arriving", status.arriving());
        node.put("downloads", status.downloads());
        node.put("hits", activity.hits());
        node.put("misses", activity.misses());
        node.put("downloaded", activity.downloaded());
        node.put("stale", activity.stale());
        node.put("refused", activity.refused());
        node.put("failed", activity.failed());
        node.put("evicted", activity.evicted());
        activity.contact().ifPresent(contact -> describe(contact, node.putObject("contact")));
        activity.lastStale().ifPresent(stale -> describe(stale, node.putObject("lastStale")));
        activity.limit().ifPresent(limit -> describe(limit, node.putObject("rateLimit")));
    }

    private static void describe(UpstreamContact contact, ObjectNode node) {
        node.put("answers", contact.answers());
        node.put("since", contact.since().toString());
        node.put("last", contact.last().toString());
        contact.reason().ifPresent(reason -> node.put("reason", Words.of(reason)));
        contact.message().ifPresent(message -> node.put("message", message));
    }

    private static void describe(StaleAnswer stale, ObjectNode node) {
        node.put("repository", stale.repository().value());
        node.put("reference", stale.reference());
        node.put("reason", stale.reason().name().toLowerCase(Locale.ROOT));
        stale.checked().ifPresent(time -> node.put("checked", time.toString()));
        node.put("message", stale.message());
    }

    private static void describe(RateLimit limit, ObjectNode node) {
        limit.limit().ifPresent(number -> node.put("limit", number));
        node.put("remaining", limit.remaining());
        limit.window().ifPresent(window -> node.put("windowSeconds", window.toSeconds()));
        node.put("seen", limit.seen().toString());
    }
}
