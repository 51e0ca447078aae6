// The main window with a workspace, a relay and a store of its own, for its tests.
#pragma once

#include "core/workspace/test_workspace.h"
#include "support/wire_server.h"
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

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

namespace support {

struct MainWindowStage {
    Home home;
    Run run{home};
    ui::Theme theme{*qApp, settings::Appearance::Light};
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
    QString add(const char *name, quint16 port = 3000, const QUrl &server = {})
    {
        return added(run, entryFor(port, QString::fromUtf8(name), server));
    }
    [[nodiscard]] ui::MainWindowParts &parts() const { return window->parts(); }
    [[nodiscard]] ui::ExchangeTable &table() const { return *parts().list->table(); }
    [[nodiscard]] bool says(const char *what) const
    {
        for (const auto *label : window->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(QString::fromUtf8(what)))
                return true;
        return false;
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        for (auto *button : window->findChildren<QPushButton *>())
            if (button->isVisible() && button->text() == QString::fromUtf8(name))
                return button;
        return nullptr;
    }
};

} // namespace support
