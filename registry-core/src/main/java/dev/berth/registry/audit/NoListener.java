package dev.berth.registry.audit;

/** A listener that does nothing. */
enum NoListener implements AuditListener {
    INSTANCE;

    @Override
    public void on(AuditEvent event) {
        // Nobody wants to know.
    }
}
