package dev.berth.registry.quota;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.Locale;
import java.util.Map;

/** Why a push does not fit into a quota. */
record Refusal(RepositoryName repository, QuotaLimit limit, Amount use, Amount reserved, Amount wanted) {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    static Refusal of(RepositoryName repository, QuotaLimit limit, Counter counter, Amount wanted) {
        return new Refusal(repository, limit, counter.use(), counter.granted(), wanted);
    }

    RegistryException toException() {
        boolean bytes = limit.bytes().isPresent()
                && use.bytes() + reserved.bytes() + wanted.bytes()
                        > limit.bytes().getAsLong();
        String message = bytes ? ofBytes() : ofRepositories();
        return RegistryException.builder(new RegistryError(
                        ErrorCode.DENIED,
                        message,
                        Map.of(
                                "pattern", limit.repositories().toString(),
                                "repository", repository.value(),
                                "limit",
                                        Long.toString(
                                                bytes
                                                        ? limit.bytes().orElse(0)
                                                        : limit.count().orElse(0)),
                                "use", Long.toString(bytes ? use.bytes() : use.repositories()),
                                "reserved", Long.toString(bytes ? reserved.bytes() : reserved.repositories()),
                                "requested", Long.toString(bytes ? wanted.bytes() : wanted.repositories()))))
                .withoutStackTrace()
                .build();
    }

    private String ofBytes() {
        return "The quota of " + limit.repositories() + " is exceeded: it allows "
                + size(limit.bytes().orElse(0)) + ", " + size(use.bytes()) + " are used"
                + (reserved.bytes() > 0 ? ", " + size(reserved.bytes()) + " are reserved for other pushes" : "")
                + ", and this push to " + repository + " needs " + size(wanted.bytes())
                + "; delete images that are not needed, or ask an administrator for a larger quota";
    }

    private String ofRepositories() {
        return "The quota of " + limit.repositories() + " is exceeded: it allows "
                + limit.count().orElse(0) + " repositories, and " + use.repositories() + " exist"
                + (reserved.repositories() > 0 ? " and " + reserved.repositories() + " are about to" : "")
                + ", so that " + repository + " cannot be created; delete a repository that is not needed, or ask an"
                + " administrator for a larger quota";
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit < 0
                ? bytes + " bytes"
                : String.format(Locale.ROOT, "%.1f %s (%d bytes)", value, UNITS[unit], bytes);
    }
}
