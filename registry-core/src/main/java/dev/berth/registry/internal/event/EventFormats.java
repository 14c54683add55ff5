package dev.berth.registry.internal.event;

/** The forms that there are. */
public final class EventFormats {
    private EventFormats() {}

    /** Returns the envelope of Docker's registry. */
    public static EventFormat distribution() {
        return new DistributionEnvelope();
    }

    /** Returns CloudEvents 1.0. */
    public static EventFormat cloudEvents() {
        return new CloudEvents();
    }

    /** Returns what Docker Hub sends. */
    public static EventFormat dockerHub() {
        return new DockerHubPush();
    }
}
