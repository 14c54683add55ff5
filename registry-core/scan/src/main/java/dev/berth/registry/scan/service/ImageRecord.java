package dev.berth.registry.scan.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store knows of an image: how the last scan ended, and the next one if somebody has asked for it. It is changed by
 * conditional puts only, so that of several nodes one decides.
 *
 * @param state how the last scan ended
 * @param since when it ended
 * @param begun when it began; empty before the first one
 * @param reported whether there is a report, of that scan or of an earlier one
 * @param found which list of names says what it found, see {@link FoundNames}; empty if there is none
 * @param reason why it failed, or cannot be
 * @param children the images of an index
 * @param last the ticket of the request that was answered last
 * @param request the scan that somebody has asked for
 */
record ImageRecord(
        State state,
        Instant since,
        Optional<Instant> begun,
        boolean reported,
        String found,
        String reason,
        List<Digest> children,
        String last,
        Optional<Request> request) {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);
    private static final int FORMAT = 1;

    /** How a scan ended. */
    enum State {
        NONE,
        SCANNED,
        UNSCANNABLE,
        FAILED,
        /** It is an index, whose images have records of their own. */
        INDEX
    }

    /**
     * A scan that somebody has asked for.
     *
     * @param ticket its place in the queue
     * @param asked since when it waits
     * @param tries how many were begun
     * @param notBefore when the next one may begin
     * @param claim who is at work on it
     */
    record Request(Ticket ticket, Instant asked, int tries, Instant notBefore, Optional<Claim> claim) {}

    /**
     * A node is at work.
     *
     * @param id another one for each try, so that a node whose work was given to another one does not end that
     */
    record Claim(String node, String id, Instant since) {}

    ImageRecord {
        children = List.copyOf(children);
    }

    /** Nothing is known. */
    static ImageRecord fresh(Instant now) {
        return new ImageRecord(State.NONE, now, Optional.empty(), false, "", "", List.of(), "", Optional.empty());
    }

    /** Returns whether a scan has said for good what is to be said. */
    boolean isSettled() {
        return state == State.SCANNED || state == State.UNSCANNABLE || state == State.INDEX;
    }

    /** Returns this with a request, which replaces one that there may be. */
    ImageRecord asked(Ticket ticket, Instant now) {
        return with(Optional.of(new Request(ticket, now, 0, Instant.EPOCH, Optional.empty())));
    }

    /** Returns this without a request that has been answered. */
    ImageRecord ended(State newState, Instant newSince, Instant newBegun, String newReason) {
        return new ImageRecord(
                newState,
                newSince,
                Optional.of(newBegun),
                reported,
                found,
                newReason,
                children,
                request.map(open -> open.ticket().name()).orElse(last),
                Optional.empty());
    }

    ImageRecord withReport(String newFound) {
        return new ImageRecord(state, since, begun, true, newFound, reason, children, last, request);
    }

    ImageRecord withChildren(List<Digest> newChildren) {
        return new ImageRecord(state, since, begun, reported, found, reason, newChildren, last, request);
    }

    ImageRecord with(Optional<Request> newRequest) {
        return new ImageRecord(state, since, begun, reported, found, reason, children, last, newRequest);
    }

    byte[] toBytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("state", state.name());
        json.put("since", since.toString());
        begun.ifPresent(time -> json.put("begun", time.toString()));
        json.put("reported", reported);
        json.put("found", found);
        json.put("reason", reason);
        ArrayNode list = json.putArray("children");
        children.forEach(child -> list.add(child.toString()));
        json.put("last", last);
        request.ifPresent(open -> {
            ObjectNode node = json.putObject("request");
            node.put("ticket", open.ticket().name());
            node.put("asked", open.asked().toString());
            node.put("tries", open.tries());
            node.put("notBefore", open.notBefore().toString());
            open.claim().ifPresent(claim -> {
                ObjectNode by = node.putObject("claim");
                by.put("node", claim.node());
                by.put("id", claim.id());
                by.put("since", claim.since().toString());
            });
        });
        return StrictJson.write(json);
    }

    /** Reads a record; one that is damaged or of a later version counts as none: then the image is scanned again. */
    static Optional<ImageRecord> parse(byte[] content) {
        if (content.length == 0) {
            // Some stores leave this where something was deleted.
            return Optional.empty();
        }
        try {
            JsonObject json = JsonObject.root(StrictJson.parse(content));
            if (json.requireInteger("format") != FORMAT) {
                return Optional.empty();
            }
            return Optional.of(new ImageRecord(
                    State.valueOf(json.requireString("state")),
                    Instant.parse(json.requireString("since")),
                    json.string("begun").map(Instant::parse),
                    json.flag("reported"),
                    json.string("found").orElse(""),
                    json.string("reason").orElse(""),
                    json.strings("children").stream().map(Digest::parse).toList(),
                    json.string("last").orElse(""),
                    json.object("request").map(ImageRecord::request)));
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeParseException e) {
            LOG.warn("What is known of a scanned image cannot be read; it counts as not scanned", e);
            return Optional.empty();
        }
    }

    private static Request request(JsonObject json) {
        return new Request(
                Ticket.parse(json.requireString("ticket")),
                Instant.parse(json.requireString("asked")),
                Math.toIntExact(json.requireInteger("tries")),
                Instant.parse(json.requireString("notBefore")),
                json.object("claim")
                        .map(by -> new Claim(
                                by.requireString("node"),
                                by.requireString("id"),
                                Instant.parse(by.requireString("since")))));
    }
}
