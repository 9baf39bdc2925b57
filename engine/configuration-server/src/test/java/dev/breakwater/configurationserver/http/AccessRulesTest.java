package dev.breakwater.configurationserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.configurationserver.access.Access;
import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.configurationserver.access.AccessRules.Rule;
import dev.breakwater.platform.tls.PeerRole;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final Services NONE = new Services(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private static Javalin server() {
        return Javalin.create(AccessRulesTest::resources);
    }

    private static void resources(JavalinConfig config) {
        HttpsPort.resources(config, new Gate(null, null, null, System::nanoTime), NONE);
    }

    @Test
    @DisplayName("Every resource that the server answers has exactly one rule, and every rule a resource")
    void everyRouteHasARule() {
        Set<String> answered = server().unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> !endpoint.method.equals(HandlerType.BEFORE_MATCHED))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toSet());
        List<String> ruled = AccessRules.all().stream()
                .map(rule -> rule.method() + " " + rule.path())
                .toList();
        assertThat(answered).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(ruled);
        assertThat(ruled).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("A resource without a rule cannot be added")
    void noRuleNoResource() {
        assertThatThrownBy(() -> Javalin.create(
                        config -> new Routes(config.routes, new Gate(null, null, null, System::nanoTime), null)
                                .get("/api/v1/admin/forgotten", exchange -> "x")))
                .hasMessageContaining("No rule says who may ask GET /api/v1/admin/forgotten");
    }

    @Test
    @DisplayName("A person's role includes the ones below it; a machine or process server has none of them")
    void roles() {
        assertThat(admitted(Access.VIEWER)).containsExactly(PeerRole.ADMINISTRATOR, PeerRole.OPERATOR, PeerRole.VIEWER);
        assertThat(admitted(Access.OPERATOR)).containsExactly(PeerRole.ADMINISTRATOR, PeerRole.OPERATOR);
        assertThat(admitted(Access.ADMINISTRATOR)).containsExactly(PeerRole.ADMINISTRATOR);
        assertThat(admitted(Access.MACHINE)).containsExactly(PeerRole.MACHINE);
        assertThat(admitted(Access.PROCESS_SERVER)).containsExactly(PeerRole.PROCESS_SERVER);
    }

    @Test
    @DisplayName("Whatever a person can change is recorded, and so is the showing of the passphrase")
    void ordersAreRecorded() {
        assertThat(AccessRules.all())
                .filteredOn(rule -> rule.path().startsWith("/api/v1/admin")
                        && (!rule.method().equals("GET") || rule.path().endsWith("/passphrase")))
                .isNotEmpty()
                .allMatch(Rule::recorded);
    }

    private static Set<PeerRole> admitted(Access access) {
        Set<PeerRole> roles = EnumSet.noneOf(PeerRole.class);
        Arrays.stream(PeerRole.values()).filter(access::admits).forEach(roles::add);
        return roles;
    }
}
