package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.texts.Texts;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What the console is made of: versions of the programs, and the libraries with their licences.
final class AboutCard extends VBox {

    AboutCard(Texts texts) {
        String version = AboutCard.class.getPackage().getImplementationVersion();
        FactRows programs = new FactRows(texts)
                .add(texts.get("settings.version"), version == null ? texts.get("settings.version.source") : version)
                .add(texts.get("settings.licence"), texts.get("settings.licence.ours"))
                .add(texts.get("settings.java"), Runtime.version().toString());
        Label title = new Label(texts.get("settings.libraries"));
        title.getStyleClass().add("strong");
        FactRows libraries = new FactRows(texts);
        LibrariesModel.of(System.getProperty("java.class.path", ""))
                .libraries()
                .forEach(library -> libraries.add(
                        library.name(),
                        library.version() == null
                                ? library.licence()
                                : texts.get("settings.library", library.version(), library.licence())));
        libraries.getStyleClass().add("dense");
        getChildren().add(new Card(texts.get("settings.about"), programs, title, libraries));
    }
}
