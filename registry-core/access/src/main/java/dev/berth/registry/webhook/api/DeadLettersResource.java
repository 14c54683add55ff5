package dev.berth.registry.webhook.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.webhook.DeadLetter;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Messages that were given up. An endpoint may have had other repositories when one was: whoever does not administer those
 * neither sees it nor has it sent.
 */
final class DeadLettersResource {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int MOST_AT_ONCE = 1000;
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f-]{1,64}");

    private final Webhooks webhooks;
    private final ManagedEndpoints managed;
    private final ChangeAudit told;

    DeadLettersResource(Webhooks webhooks, ManagedEndpoints managed, ChangeAudit told) {
        this.webhooks = webhooks;
        this.managed = managed;
        this.told = told;
    }

    List<Route> routes() {
        return List.of(
                Route.get("dead-letters", this::list, "name", "after", "limit"),
                Route.get("dead-letter", this::get, "name", "id"),
                Route.delete("dead-letters", this::remove, "name", "id"),
                Route.post("dead-letters/resend", this::resend, "name", "id"),
                Route.post("dead-letters/resend-all", this::resendAll, "name"),
                Route.post("dead-letters/remove-all", this::removeAll, "name"));
    }

    private Answer list(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        int limit = call.limit("limit", PAGE, LARGEST_PAGE);
        Optional<String> after = call.find("after").map(id -> checked(id, endpoint));
        List<DeadLetter> page = page(call, endpoint, after, limit);
        ObjectNode content = Answer.object();
        ArrayNode letters = content.putArray("deadLetters");
        page.forEach(letter -> describe(letter, call.actor().isAdministrator(), letters.addObject()));
        if (page.size() == limit) {
            content.put("next", page.get(limit - 1).id());
        }
        return Answer.of(content);
    }

    /** Returns the next dead letters that the actor may see. */
    private List<DeadLetter> page(Call call, WebhookEndpoint endpoint, Optional<String> after, int limit) {
        NameSet own = NameSet.of(call.actor().administered());
        List<DeadLetter> seen = new ArrayList<>();
        Optional<String> last = after;
        while (seen.size() < limit) {
            int wanted = limit - seen.size();
            List<DeadLetter> some = webhooks.deadLetters().list(endpoint.name(), last, wanted);
            some.stream().filter(letter -> isOf(letter, own)).forEach(seen::add);
            if (some.size() < wanted) {
                break;
            }
            last = Optional.of(some.get(some.size() - 1).id());
        }
        return seen;
    }

    private static boolean isOf(DeadLetter letter, NameSet repositories) {
        return letter.message().events().stream().map(RegistryEvent::repository).allMatch(repositories::contains);
    }

    private static void describe(DeadLetter letter, boolean reasons, ObjectNode node) {
        node.put("id", letter.id());
        node.put("message", letter.message().id());
        node.put("since", letter.since().toString());
        node.put("givenUp", letter.givenUp().toString());
        node.put("attempts", letter.attempts());
        if (reasons) {
            node.put("reason", letter.reason());
        }
        ArrayNode events = node.putArray("events");
        for (RegistryEvent event : letter.message().events()) {
            ObjectNode described = events.addObject()
                    .put("type", event.type().value())
                    .put("repository", event.repository().value())
                    .put("when", event.when().toString());
            event.digest().ifPresent(digest -> described.put("digest", digest.toString()));
            if (!event.tags().isEmpty()) {
                ArrayNode tags = described.putArray("tags");
                event.tags().forEach(tag -> tags.add(tag.toString()));
            }
        }
    }

    /** Returns one with what is sent, in the format that the endpoint has now. */
    private Answer get(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        DeadLetter letter = letter(call);
        ObjectNode content = Answer.object();
        describe(letter, call.actor().isAdministrator(), content);
        ArrayNode bodies = content.putArray("bodies");
        letter.message().bodies(endpoint.format()).forEach(bodies::add);
        return Answer.of(content);
    }

    private Answer remove(Call call) {
        DeadLetter letter = letter(call);
        if (!webhooks.deadLetters().remove(letter.id())) {
            throw missing(letter.id());
        }
        told.tell(
                call,
                letter.endpoint(),
                "dead letter removed: " + letter.message().id());
        return Answer.done();
    }

    private Answer resend(Call call) {
        DeadLetter letter = letter(call);
        if (!webhooks.deadLetters().resend(letter.id())) {
            throw missing(letter.id());
        }
        told.tell(
                call,
                letter.endpoint(),
                "dead letter sent again: " + letter.message().id());
        return Answer.done();
    }

    /** Sends those again that there are, up to a number that a request has time for. */
    private Answer resendAll(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        return all(call, endpoint, "resent", "dead letters sent again: ", webhooks.deadLetters()::resend);
    }

    /** Removes those that there are, up to a number that a request has time for. */
    private Answer removeAll(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        return all(call, endpoint, "removed", "dead letters removed: ", webhooks.deadLetters()::remove);
    }

    private Answer all(Call call, WebhookEndpoint endpoint, String field, String what, Predicate<String> work) {
        List<DeadLetter> letters = page(call, endpoint, Optional.empty(), MOST_AT_ONCE);
        long done = letters.stream().map(DeadLetter::id).filter(work).count();
        if (done > 0) {
            told.tell(call, endpoint.name(), what + done);
        }
        return Answer.of(Answer.object().put(field, done).put("more", letters.size() == MOST_AT_ONCE));
    }

    /** Returns the dead letter that the call names, which is one of the endpoint that it names. */
    private DeadLetter letter(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        String id = checked(call.text("id"), endpoint);
        NameSet own = NameSet.of(call.actor().administered());
        return webhooks.deadLetters()
                .find(id)
                .filter(letter -> isOf(letter, own))
                .orElseThrow(() -> missing(id));
    }

    /** An id begins with the name of its endpoint: that of another one is no way to its dead letters. */
    private static String checked(String id, WebhookEndpoint endpoint) {
        String prefix = endpoint.name() + "/";
        if (!id.startsWith(prefix)
                || !NUMBER.matcher(id.substring(prefix.length())).matches()) {
            throw Fields.invalid("This is no id of a dead letter of the webhook '" + endpoint.name() + "'");
        }
        return id;
    }

    private static RuntimeException missing(String id) {
        return Call.missing("dead letter '" + id + "'");
    }
}
