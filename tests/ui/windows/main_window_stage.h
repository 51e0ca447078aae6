// The main window with a workspace, a relay and a store of its own, for its tests.
#pragma once

#include "support/wire_server.h"
#include "ui/seen.h"
#include "ui/traffic_samples.h"
#include "ui/views/details_pane.h"
#include "ui/views/exchange_table.h"
#include "ui/views/requests_pane.h"
#include "ui/views/tunnel_list.h"
#include "ui/views/tunnel_notice.h"
#include "ui/views/tunnel_strip.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"
#include "ui/windows/expose_editor.h"
#include "ui/windows/expose_fields.h"
#include "ui/windows/expose_form.h"
#include "ui/windows/main_window.h"
#include "ui/windows/main_window_parts.h"
#include "ui/windows/shortcuts_sheet.h"
#include "ui/workspace_stage.h"

#include <QStackedWidget>
#include <QTest>

namespace support {

struct MainWindowStage : WorkspaceStage {
    settings::WindowState state{home.folder.path()};
    traffic::ExchangeStore store;
    std::unique_ptr<ui::MainWindow> window;

    // What is in the workspace before is there when the window opens.
    void open(QSize size = {1280, 800})
    {
        window = std::make_unique<ui::MainWindow>(run.workspace, store, theme, state);
        window->resize(size);
        window->show();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("no active window");
    }
    [[nodiscard]] ui::MainWindowParts &parts() const { return window->parts(); }
    [[nodiscard]] ui::ExchangeTable &table() const { return *parts().list->table(); }
    [[nodiscard]] bool says(const char *what) const { return support::says(*window, samples::text(what)); }
    [[nodiscard]] QPushButton *button(const char *name) const { return buttonOf(*window, samples::text(name)); }
};

} // namespace support
