// What widgets of tunnels need around them: a workspace with a relay of its own, and the light theme. Main thread.
#pragma once

#include "core/workspace/test_workspace.h"
#include "ui/text.h"
#include "ui/theme/theme.h"

#include <QApplication>

namespace support {

struct WorkspaceStage {
    Home home;
    Run run{home};
    ui::Theme theme{*qApp, settings::Appearance::Light};

    // The id.
    QString add(const char *name, quint16 port = 3000, const QUrl &server = {})
    {
        return added(run, entryFor(port, samples::text(name), server));
    }
};

} // namespace support
