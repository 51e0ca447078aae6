#include "desktop/log_line.h"

#include "ui/text/status_text.h"

namespace desktop {

QString logLine(const workspace::Workspace &workspace, const QString &line)
{
    const auto colon = line.indexOf(u':');
    const auto *tunnel = colon < 0 ? nullptr : workspace.find(line.left(colon));
    return tunnel ? ui::titleOf(*tunnel) + line.mid(colon) : line;
}

} // namespace desktop
