package dev.breakwater.desktop.parts;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;

/// A page as wide as the window that can be scrolled up and down; not a stop of the Tab key, as what it holds is.
///
/// It draws what changes. The skin of a scroll pane keeps a picture of all that is seen, so a change of one figure
/// draws
/// the whole page again: with the software pipeline, half of what a machine's page costs while its machine is written
/// to.
public final class PageScroll extends ScrollPane {

    /// A page that can be scrolled.
    public PageScroll(Node page) {
        super(page);
        setFitToWidth(true);
        setFocusTraversable(false);
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        Skin<?> skin = super.createDefaultSkin();
        getChildrenUnmodifiable().stream()
                .filter(child -> child.getStyleClass().contains("viewport"))
                .forEach(viewport -> viewport.setCache(false));
        return skin;
    }
}
