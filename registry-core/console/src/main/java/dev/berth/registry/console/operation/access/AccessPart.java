package dev.berth.registry.console.operation.access;

import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Accounts and rights, as far as the visitor manages them. */
public final class AccessPart implements ConsolePart {
    private static final String PEOPLE = "operations/people";
    private static final String ORGANISATIONS = "operations/organisations";
    private static final String TEAMS = "operations/teams";
    private static final String ROBOTS = "operations/robots";
    private static final String GRANTS = "operations/grants";
    private static final String EXPLAIN = "operations/explain";
    private static final String KEYS = "operations/signing-keys";

    /** Makes the part. */
    public AccessPart() {
        // Nothing to set.
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Desk people = new Desk(frame, PEOPLE);
        Desk robots = new Desk(frame, ROBOTS);
        Desk grants = new Desk(frame, GRANTS);
        Map<String, Pages> pages = new HashMap<>();
        pages.putAll(new PeoplePages(people).pages());
        pages.putAll(new PersonPages(people, robots).pages());
        pages.putAll(new CredentialPages(people).pages());
        pages.putAll(new OrganisationPages(new Desk(frame, ORGANISATIONS), robots).pages());
        pages.putAll(new TeamPages(new Desk(frame, TEAMS)).pages());
        pages.putAll(new RobotPages(robots).pages());
        pages.putAll(new GrantPages(grants, new Desk(frame, ORGANISATIONS)).pages());
        pages.putAll(new ExplainPages(new Desk(frame, EXPLAIN)).pages());
        pages.putAll(new KeyPages(new Desk(frame, KEYS)).pages());
        pages.replaceAll((path, answering) -> ifThere(answering));
        return Map.copyOf(pages);
    }

    private static Pages ifThere(Pages pages) {
        return (visit, rest) -> visit.management().has(Apis.ACCESS) ? pages.answer(visit, rest) : Optional.empty();
    }

    @Override
    public List<MenuEntry> operations() {
        return List.of(
                entry("People", PEOPLE, Manager::administrator),
                entry("Organisations", ORGANISATIONS, Manager::managesOrganisations),
                entry("Teams", TEAMS, Manager::managesOrganisations),
                entry("Robots", ROBOTS, Manager::managesOrganisations),
                entry("Grants", GRANTS, Manager::managesSomething),
                entry("Who may", EXPLAIN, Manager::managesSomething),
                entry("Signing keys", KEYS, Manager::administrator));
    }

    private static MenuEntry entry(String title, String path, Predicate<Manager> shown) {
        Predicate<Visit> there = visit -> visit.management().has(Apis.ACCESS);
        return new MenuEntry(title, path, there.and(visit -> shown.test(Manager.of(visit))));
    }
}
