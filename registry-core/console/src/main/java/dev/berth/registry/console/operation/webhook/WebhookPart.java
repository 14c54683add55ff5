package dev.berth.registry.console.operation.webhook;

import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Webhooks and dead letters, as far as the visitor manages them. */
public final class WebhookPart implements ConsolePart {
    private static final String WEBHOOKS = "operations/webhooks";

    /** Makes the part. */
    public WebhookPart() {
        // Nothing to set.
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Desk desk = new Desk(frame, WEBHOOKS);
        Map<String, Pages> pages = new HashMap<>();
        pages.putAll(new EndpointPages(desk).pages());
        pages.putAll(new EndpointFormPages(desk).pages());
        pages.putAll(new DeliveryPages(desk).pages());
        pages.putAll(new DeadLetterPages(desk).pages());
        return Map.copyOf(pages);
    }

    @Override
    public List<MenuEntry> operations() {
        return List.of(new MenuEntry(
                "Webhooks",
                WEBHOOKS,
                visit -> visit.management().has(Apis.WEBHOOKS)
                        && Manager.of(visit).managesSomething()));
    }
}
