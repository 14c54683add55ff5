package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A robot as it is stored.
 *
 * @param name the name after that of the owner
 * @param id another one for a later robot of the same name
 * @param owner whose it is
 * @param created when it was added
 * @param purpose what it is good for
 * @param secrets its secrets, the newest one first: at most two
 */
record RobotRecord(String name, String id, Owner owner, Instant created, Purpose purpose, List<KeptSecret> secrets) {
    static final Format<RobotRecord> FORMAT = new RobotFormat();

    RobotRecord {
        secrets = List.copyOf(secrets);
    }

    /**
     * What is kept of a secret.
     *
     * @param hash its hash
     * @param until when it stops working because there is a newer one
     */
    record KeptSecret(String hash, Optional<Instant> until) {
        String id() {
            return Secret.id(hash);
        }

        boolean isGoodAt(Instant now) {
            return until.filter(end -> !now.isBefore(end)).isEmpty();
        }

        /** Does not contain the hash. */
        @Override
        public String toString() {
            return "secret " + id();
        }
    }

    RobotName fullName() {
        return new RobotName(owner.name(), name);
    }

    /** Returns the robot with a newer secret. The one before stays good until then, any older one is gone. */
    RobotRecord rotated(Secret newest, Instant until) {
        List<KeptSecret> kept = new ArrayList<>();
        kept.add(new KeptSecret(newest.hash(), Optional.empty()));
        secrets.stream()
                .limit(1)
                .map(before -> new KeptSecret(before.hash(), Optional.of(until)))
                .forEach(kept::add);
        return new RobotRecord(name, id, owner, created, purpose, kept);
    }

    private static final class RobotFormat implements Format<RobotRecord> {
        @Override
        public RobotRecord read(JsonObject json) {
            return new RobotRecord(
                    json.requireString("name"),
                    json.requireString("id"),
                    Owner.read(json.requireObject("owner")),
                    Instant.parse(json.requireString("created")),
                    Purpose.read(json),
                    json.objects("secrets").stream()
                            .map(secret -> new KeptSecret(
                                    Secret.requireHash(secret, "sha256"),
                                    secret.string("until").map(Instant::parse)))
                            .toList());
        }

        @Override
        public void write(RobotRecord robot, ObjectNode json) {
            json.put("name", robot.name).put("id", robot.id);
            robot.owner.write(json.putObject("owner"));
            json.put("created", robot.created.toString());
            robot.purpose.write(json);
            ArrayNode secrets = json.putArray("secrets");
            for (KeptSecret secret : robot.secrets) {
                ObjectNode kept = secrets.addObject().put("sha256", secret.hash);
                secret.until.ifPresent(end -> kept.put("until", end.toString()));
            }
        }
    }
}
