package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.webhook.Webhooks;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers events to webhooks, and shows how that goes. The webhooks are closed by their owner. */
final class WebhookWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookWork.class);
    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Webhooks webhooks;
    private final Background background;
    private final Repetition showing;

    WebhookWork(Webhooks webhooks, Background background) {
        this.webhooks = webhooks;
        this.background = background;
        this.showing = background.repetition(LOG, "How deliveries go could not be shown in metrics");
    }

    @Override
    public void start() {
        webhooks.start();
        if (background.metrics().shown()) {
            showing.start(background.threads().of("notifications"), Duration.ZERO, SHOWN_INTERVAL, this::show);
        }
    }

    private void show() {
        try {
            background.metrics().delivering(webhooks.status());
        } catch (RegistryException e) {
            LOG.debug("How deliveries go could not be read", e);
        }
    }

    @Override
    public void close() {
        boolean unused = showing.interrupt(CLOSING);
    }
}
