package dev.berth.registry.account.api;

import static dev.berth.registry.account.api.Cell.Who.ADMINISTRATOR;
import static dev.berth.registry.account.api.Cell.Who.ADMINISTRATOR_BY_TOKEN;
import static dev.berth.registry.account.api.Cell.Who.ALICE;
import static dev.berth.registry.account.api.Cell.Who.ORGANISATION_ADMINISTRATOR;
import static dev.berth.registry.account.api.Cell.Who.STRANGER;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may make which request to the API. */
final class RightsTable {
    private static final Set<Cell.Who> ADMINISTRATORS = EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN);
    private static final Set<Cell.Who> OF_ACME =
            EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN, ORGANISATION_ADMINISTRATOR);
    private static final Set<Cell.Who> OR_ALICE = EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN, ALICE);
    private static final Set<Cell.Who> EVERYBODY_WITH_A_PASSWORD =
            EnumSet.of(ADMINISTRATOR, ADMINISTRATOR_BY_TOKEN, ORGANISATION_ADMINISTRATOR, ALICE, STRANGER);

    private final List<Cell> cells = new ArrayList<>();

    private RightsTable() {}

    private void row(String route, String query, String body, Set<Cell.Who> allowed) {
        String path = route.substring(route.indexOf(' ') + 1);
        cells.add(new Cell(route, query.isEmpty() ? path : path + "?" + query, body, allowed));
    }

    static List<Cell> rows() {
        RightsTable table = new RightsTable();
        table.aboutPeople();
        table.aboutOrganisations();
        table.aboutTeams();
        table.aboutGrants();
        table.aboutCredentials();
        table.aboutKeys();
        table.aboutRights();
        return table.cells;
    }

    private void aboutPeople() {
        row("GET people", "", "", ADMINISTRATORS);
        row("GET person", "name=bob", "", ADMINISTRATORS);
        row("POST people", "", "{'name':'dave','password':'long enough'}", ADMINISTRATORS);
        row("DELETE people", "name=bob", "", ADMINISTRATORS);
        row("PUT people", "", "{'name':'bob','disabled':true}", ADMINISTRATORS);
        row("PUT password", "", "{'name':'alice','password':'new','oldPassword':'alicealice'}", OR_ALICE);
    }

    private void aboutOrganisations() {
        row("GET organisations", "", "", EVERYBODY_WITH_A_PASSWORD);
        row("GET organisation", "name=acme", "", OF_ACME);
        row("GET organisation", "name=other", "", ADMINISTRATORS);
        row("POST organisations", "", "{'name':'fresh'}", ADMINISTRATORS);
        row("DELETE organisations", "name=acme", "", ADMINISTRATORS);
        row("PUT members", "", "{'organisation':'acme','member':'bob','role':'admin'}", OF_ACME);
        row("PUT members", "", "{'organisation':'other','member':'carol','role':'reader'}", ADMINISTRATORS);
        row("DELETE members", "organisation=acme&member=alice", "", OF_ACME);
    }

    private void aboutTeams() {
        row("GET teams", "", "", EVERYBODY_WITH_A_PASSWORD);
        row("GET team", "name=acme/dev", "", OF_ACME);
        row("GET team", "name=ops", "", ADMINISTRATORS);
        row("POST teams", "", "{'name':'acme/qa'}", OF_ACME);
        row("POST teams", "", "{'name':'qa'}", ADMINISTRATORS);
        row("POST teams", "", "{'name':'other/qa'}", ADMINISTRATORS);
        row("DELETE teams", "name=acme/dev", "", OF_ACME);
        row("DELETE teams", "name=ops", "", ADMINISTRATORS);
        row("POST team-members", "", "{'team':'acme/dev','member':'bob'}", OF_ACME);
        row("POST team-members", "", "{'team':'ops','member':'carol'}", ADMINISTRATORS);
        row("DELETE team-members", "team=acme/dev&member=alice", "", OF_ACME);
    }

    private void aboutGrants() {
        row("GET grants", "", "", EVERYBODY_WITH_A_PASSWORD);
        row("POST grants", "", "{'to':'everyone','repositories':'acme/app','role':'reader'}", OF_ACME);
        row("POST grants", "", "{'to':'bob','repositories':'acme/**','role':'admin'}", OF_ACME);
        row("POST grants", "", "{'to':'carol','repositories':'**','role':'reader'}", ADMINISTRATORS);
        row("POST grants", "", "{'to':'carol','repositories':'acme','role':'reader'}", ADMINISTRATORS);
        row("POST grants", "", "{'to':'carol','repositories':'acmeacme/x','role':'reader'}", ADMINISTRATORS);
        row("DELETE grants", "to=bob&repositories=acme/app&role=reader", "", OF_ACME);
        row("DELETE grants", "to=bob&repositories=other/app&role=reader", "", ADMINISTRATORS);
    }

    private void aboutCredentials() {
        String limits = "'repositories':['acme/**'],'role':'reader'}";
        row("GET robots", "owner=acme", "", OF_ACME);
        row("GET robots", "owner=alice", "", OR_ALICE);
        row("POST robots", "", "{'owner':'acme','name':'cd'," + limits, OF_ACME);
        row("POST robots", "", "{'owner':'alice','name':'cd'," + limits, OR_ALICE);
        row("DELETE robots", "name=acme+ci", "", OF_ACME);
        row("DELETE robots", "name=alice+cron", "", OR_ALICE);
        row("POST robots/rotate", "", "{'name':'acme+ci'}", OF_ACME);
        row("GET tokens", "owner=alice", "", OR_ALICE);
        row("POST tokens", "", "{'owner':'alice','description':'laptop'," + limits, OR_ALICE);
        row("DELETE tokens", "owner=alice&id={alice's}", "", OR_ALICE);
        row("GET sessions", "owner=alice", "", OR_ALICE);
        row("DELETE sessions", "owner=alice&others=true", "", OR_ALICE);
    }

    private void aboutKeys() {
        row("GET signing-keys", "", "", ADMINISTRATORS);
        row("POST signing-keys", "", "{}", ADMINISTRATORS);
        row("DELETE signing-keys", "id={key}", "", ADMINISTRATORS);
    }

    private void aboutRights() {
        row("GET whoami", "", "", EVERYBODY_WITH_A_PASSWORD);
        row("GET explain", "caller=everyone&repository=acme/app", "", EVERYBODY_WITH_A_PASSWORD);
        row("GET explain", "caller=alice&repository=secret/app", "", OR_ALICE);
        row("GET who-may", "repository=acme/app", "", OF_ACME);
        row("GET who-may", "repository=other/app", "", ADMINISTRATORS);
        row("GET explain", "caller=dave&repository=acme/app", "", OF_ACME);
    }
}
