#include "desktop/display_guard.h"

#include <QString>
#include <fmt/core.h>

#include <unistd.h>

#include <cstdio>

namespace desktop {

namespace {

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

// Qt reports what it tried, and ends by a fatal message.
void onMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtFatalMsg)
        return;
    if (hasDisplay())
        fmt::print(stderr,
                   "http-tunnel: the display cannot be used. Check DISPLAY or WAYLAND_DISPLAY, or use ttf, which needs "
                   "none.\n{}\n",
                   message.toStdString());
    else
        fmt::print(stderr, "http-tunnel: there is no display (DISPLAY and WAYLAND_DISPLAY are empty). Start it on a "
                           "desktop, or use ttf, which needs none: ttf http PORT\n");
    std::fflush(stderr);
    ::_exit(kNoDisplayExitCode); // Qt is half made: nothing of it may run any more
}

} // namespace

DisplayGuard::DisplayGuard() : m_former(qInstallMessageHandler(onMessage))
{
}

DisplayGuard::~DisplayGuard()
{
    qInstallMessageHandler(m_former);
}

} // namespace desktop
