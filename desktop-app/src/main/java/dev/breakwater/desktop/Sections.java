package dev.breakwater.desktop;

import dev.breakwater.desktop.dashboard.DashboardPage;
import dev.breakwater.desktop.events.EventsPage;
import dev.breakwater.desktop.failover.TestRunPage;
import dev.breakwater.desktop.infrastructure.InfrastructurePage;
import dev.breakwater.desktop.jobs.JobsPage;
import dev.breakwater.desktop.machine.MachinePage;
import dev.breakwater.desktop.machines.MachinesPage;
import dev.breakwater.desktop.policies.PoliciesPage;
import dev.breakwater.desktop.settings.SettingsPage;
import dev.breakwater.desktop.setup.SetupPage;
import dev.breakwater.desktop.setup.SetupPlace;
import dev.breakwater.desktop.shell.Section;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// All pages, in the order of the navigation. A page more is a class and a line here.
final class Sections {

    private Sections() {}

    static List<Section> all(SettingsPage.Effects effects, SetupPlace place) {
        return List.of(
                Section.listed("dashboard", Feather.HOME, DashboardPage::new),
                Section.listed("machines", Feather.SERVER, MachinesPage::new),
                Section.listed("jobs", Feather.ACTIVITY, JobsPage::new),
                Section.listed("events", Feather.CLOCK, EventsPage::new),
                Section.listed("infrastructure", Feather.HARD_DRIVE, InfrastructurePage::new),
                Section.listed("policies", Feather.FILE_TEXT, PoliciesPage::new),
                Section.listed("setup", Feather.COMPASS, context -> new SetupPage(context, place)),
                Section.inner("machine", "machines.title", Feather.SERVER, "machines", MachinePage::new),
                Section.inner("failover", "failover.title", Feather.PLAY_CIRCLE, "jobs", TestRunPage::new),
                Section.listed(
                        "settings",
                        Feather.SETTINGS,
                        context -> new SettingsPage(context, effects, place.engine(), place.server())));
    }
}
